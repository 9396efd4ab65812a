// The page of a section: saves each answer as it changes and shows how it stands. Without this the form is sent whole.
import { askedCodes } from "./answer-conditions.js";
import { AnswerItem } from "./answer-item.js";
import { isSignedOut } from "./closed.js";
import { COOKIES_OF, onKept, onLeft, remove } from "./draft-keeper.js";
import { offer } from "./draft-offers.js";
import { isLocked, isTaken, lockOut } from "./lock-out.js";
import { replyOf, SaveQueue } from "./save-queue.js";
import { together } from "./together.js";

const MOST_AFTER_LEAVING = 60000; // bytes that browsers still send for a page that is being left

const form = document.querySelector("form[data-autosave]");
if (form) start(form);

// The words that the page has in store for us: data-says-signed-out -> signedOut.
function wordsOf({ dataset }) {
  const entries = Object.entries(dataset).filter(([name]) => name.startsWith("says"));
  return Object.fromEntries(entries.map(([name, words]) => [name[4].toLowerCase() + name.slice(5), words]));
}

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";

function queueTo(answersUrl) {
  const transport = async ({ code, body }, signal) =>
    replyOf(
      await fetch(`${answersUrl}${encodeURIComponent(code)}/`, {
        method: "POST",
        body,
        signal,
        headers: { Accept: "application/json", "X-Person": document.body.dataset.person, "X-CSRFToken": cookie(`__Host-${COOKIES_OF}csrftoken`) || cookie(`${COOKIES_OF}csrftoken`) },
        redirect: "manual",
        keepalive: body.toString().length < MOST_AFTER_LEAVING,
      }),
    );
  const queue = new SaveQueue({ transport, isLocked, isSignedOut, onLocked: lockOut });
  for (const event of ["online", "focus"]) window.addEventListener(event, () => queue.retry());
  return queue;
}

function start(form) {
  const page = {
    says: wordsOf(form),
    owner: form.dataset.owner,
    version: form.elements.version.value,
    queue: queueTo(form.dataset.answersUrl),
    maximum: Number(form.dataset.maximum),
    changed: (news = {}) => refresh(news),
  };
  const items = new Map();
  for (const element of form.querySelectorAll("[data-question]")) {
    items.set(element.dataset.question, new AnswerItem(element, page));
  }
  const byPlace = new Map([...items.values()].map((item) => [item.place, item]));
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

  onKept((place) => byPlace.get(place)?.keptOrNot());
  onLeft((entries) => restore(byPlace, entries));
  refresh();
  together(form, items, page);
  form.addEventListener("submit", (event) => leave(event, form, page, unsaved));
  // What waits for the server, or is on its way to it, may not arrive: the person is asked.
  window.addEventListener("beforeunload", (event) => {
    if (!isTaken() && unsaved().length) event.preventDefault();
  });
}

function showProgress(form, { answered, asked, missing, words }) {
  const bar = form.querySelector("[data-progress]");
  bar.max = asked || 1;
  bar.value = answered;
  form.querySelector("[data-progress-words]").textContent = words;
  const mark = document.querySelector("[data-mark]");
  if (mark) mark.textContent = missing ? `${answered}/${asked}` : "✓";
}

// Offers what pages that are gone have left; two pages' texts of one question are two offers. What was written on
// another version of the questionnaire is offered whatever stands here: the same code may be another question by now.
function restore(byPlace, entries) {
  for (const entry of entries) {
    const item = byPlace.get(entry.place);
    if (!item) continue;
    const drop = () => remove([entry.id]);
    const isEarlier = entry.version !== item.page.version;
    if (isEarlier || !item.holds(entry.content)) {
      item.showOffer(offer(entry, { use: () => item.resume(entry), drop, isEarlier }));
    } else if (item.isDirty) {
      item.keep([entry.id]); // it came back with the page, which the server did not take
    } else {
      drop();
    }
  }
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
