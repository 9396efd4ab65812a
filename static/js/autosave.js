// The page of a section: saves each answer as it changes and shows how it stands. Without this the form is sent whole.
import { askedCodes } from "./answer-conditions.js";
import { Drafts } from "./answer-drafts.js";
import { AnswerItem } from "./answer-item.js";
import { SaveQueue } from "./answer-queue.js";
import { isTaken } from "./lock-out.js";

const form = document.querySelector("form[data-autosave]");
if (form) start(form);

// The words that the page has in store for us: data-says-signed-out -> signedOut.
function wordsOf({ dataset }) {
  const entries = Object.entries(dataset).filter(([name]) => name.startsWith("says"));
  return Object.fromEntries(entries.map(([name, words]) => [name[4].toLowerCase() + name.slice(5), words]));
}

function start(form) {
  const page = {
    says: wordsOf(form),
    drafts: new Drafts(form.dataset.owner),
    queue: new SaveQueue(form.dataset.answersUrl),
    maximum: Number(form.dataset.maximum),
    changed: (news = {}) => refresh(news),
  };
  const items = new Map();
  for (const element of form.querySelectorAll("[data-question]")) {
    items.set(element.dataset.question, new AnswerItem(element, page));
  }
  const unsaved = () => [...items.values()].filter((item) => item.isDirty);

  function refresh({ progress } = {}) {
    const asked = askedCodes(items);
    for (const [code, item] of items) item.showAsked(asked.has(code));
    const count = unsaved().length;
    const overall = form.querySelector("[data-overall]");
    const words = count ? page.says.someUnsaved.replace("%count%", count) : page.says.allSaved;
    if (overall.textContent !== words) overall.textContent = words;
    overall.classList.toggle("app-savebar__state--unsaved", count > 0);
    if (progress) showProgress(form, progress);
  }

  restore(items, page, form);
  refresh();
  form.addEventListener("submit", (event) => leave(event, form, page, unsaved));
  // What is on its way arrives even when the page is left; what waits for the line does not.
  window.addEventListener("beforeunload", (event) => {
    if (!isTaken() && unsaved().some((item) => !item.isSaving)) event.preventDefault();
  });
}

function showProgress(form, { answered, expected, missing, words }) {
  const bar = form.querySelector("[data-progress]");
  bar.max = expected || 1;
  bar.value = answered;
  form.querySelector("[data-progress-words]").textContent = words;
  const mark = document.querySelector("[data-mark]");
  if (mark) mark.textContent = missing ? `${answered}/${expected}` : "✓";
}

// Puts what this browser kept back into the fields and sends it; where a colleague saved meanwhile, the server says so.
function restore(items, page, form) {
  const elsewhere = new Set();
  for (const [code, draft] of page.drafts.all()) {
    const item = items.get(code);
    if (!item) elsewhere.add(draft.page);
    else if (JSON.stringify(draft.content) === item.stored) page.drafts.drop(code);
    else {
      item.write(draft.content);
      item.baseInput.value = draft.base;
      item.isDirty = true;
      item.say(page.says.restored);
      item.enqueue();
    }
  }
  if (!elsewhere.size) return;
  const places = form.querySelector("[data-elsewhere-links]");
  for (const [place, path] of [...elsewhere].entries()) {
    const link = Object.assign(document.createElement("a"), { className: "govuk-link", href: path });
    link.textContent = place + 1;
    places.append(link, " ");
  }
  form.querySelector("[data-elsewhere]").hidden = false;
}

// "Save" and "Save and continue": send what is left, then go on, or to the first answer that could not be saved.
async function leave(event, form, page, unsaved) {
  if (["keep", "use"].includes(event.submitter?.name)) return;
  event.preventDefault();
  for (const item of unsaved()) item.enqueue();
  page.queue.retry();
  await page.queue.settled();
  const [first] = unsaved();
  if (first) {
    first.element.scrollIntoView({ block: "center" });
    first.element.focus();
  } else if (event.submitter?.name === "continue") {
    location.assign(form.dataset.continueUrl);
  }
}
