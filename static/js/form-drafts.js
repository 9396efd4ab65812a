// Every form with a box for text, but for the answers to a questionnaire (autosave.js): what is typed is kept in this
// browser until the server has it, and is offered where a page was closed, killed or signed out before.
import { drop, heeded, keep, keyOf, leftBehind, onKept, remove, sending, stateOf, wasSent } from "./draft-keeper.js";
import { offer, showElsewhere } from "./draft-offers.js";
import { both } from "./text-edits.js";

const FIELDS = "textarea, select, input:not([type=hidden]):not([type=file]):not([type=password]):not([type=submit])";
const { saysKept, saysNotKept } = document.body.dataset;
const watched = new Map(); // place -> { form, shown }

const isWritten = (form) => form.method === "post" && !form.matches("[data-autosave], [data-not-kept]") && form.querySelector("textarea:not([readonly])");
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches(FIELDS) && !field.readOnly);

// The same place of the same page, in whatever language it is shown.
export function placeOf(form) {
  const path = new URL(form.action).pathname.replace(/^\/[a-z]{2}(?=\/)/, "");
  const alike = [...document.forms].filter((other) => isWritten(other) && other.action === form.action);
  return `form ${path} ${alike.indexOf(form)}`;
}

function contentOf(form) {
  const content = {};
  for (const field of fieldsOf(form)) {
    const values = (content[field.name] ??= []);
    if (field.type === "checkbox" || field.type === "radio") field.checked && values.push(field.value);
    else if (field.multiple) values.push(...[...field.selectedOptions].map(({ value }) => value));
    else values.push(field.value);
  }
  return content;
}

// What was typed here since the page was shown stays: a text in front of the one that was kept, a choice in its place.
function fill(form, content, shown) {
  const left = structuredClone(content);
  const now = contentOf(form);
  for (const [name, values] of Object.entries(now)) {
    if (!shown || same(values, shown[name])) continue;
    const isText = form.elements.namedItem(name) instanceof HTMLTextAreaElement;
    left[name] = isText ? [both(values[0], left[name]?.[0] ?? "")] : values;
  }
  for (const field of fieldsOf(form)) {
    const values = left[field.name] ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else if (values.length) field.value = values.shift();
  }
}

function wordsOf(form) {
  const boxes = fieldsOf(form).filter((field) => field.matches("textarea, input[type=text]") && field.value.trim());
  return boxes.map((field) => [field.labels?.[0]?.textContent.replace(/\s+/g, " ").trim() ?? "", field.value]);
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function keepForm(form, shown) {
  const content = contentOf(form);
  if (same(content, shown)) drop(placeOf(form));
  else keep(placeOf(form), { content, words: wordsOf(form) });
}

function say(form, words) {
  if (form.matches("[data-comment]")) return; // says how it stands by itself
  let line = form.querySelector("[data-kept-words]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "govuk-hint app-draft__status" });
    line.dataset.keptWords = "";
    line.setAttribute("role", "status");
    const button = form.querySelector("button[type=submit], button:not([type])");
    (button?.closest(".govuk-button-group") ?? button)?.before(line);
  }
  if (line.textContent !== words) line.textContent = words;
}

function watch(form) {
  const place = placeOf(form);
  const watching = { form, shown: contentOf(form), isSent: false };
  watched.set(place, watching);
  form.addEventListener("input", () => keepForm(form, watching.shown));
  form.addEventListener("change", () => keepForm(form, watching.shown));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || form.matches("[data-comment]")) return;
    watching.isSent = true;
    const key = form.elements.namedItem("draft_key") ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "draft_key" }));
    key.value = keyOf(place);
    sending(place);
  });
}

// Texts of pages that are gone. What this tab has just sent and got back with an error is in the form already.
function restore(entries) {
  const elsewhere = [];
  for (const entry of entries) {
    const watching = watched.get(entry.place);
    if (!watching) {
      elsewhere.push(entry);
    } else if (same(contentOf(watching.form), entry.content)) {
      if (wasSent(entry)) watching.shown = null;
      if (wasSent(entry)) keepForm(watching.form, null);
      remove([entry.id]);
    } else {
      offerTo(watching, entry);
    }
  }
  showElsewhere(elsewhere.filter(({ place }) => place.startsWith("form ") || !document.querySelector("form[data-autosave]")));
}

function offerTo(watching, entry) {
  const { form } = watching;
  const panel = offer(entry, {
    drop: () => remove([entry.id]),
    use: () => {
      fill(form, entry.content, watching.shown);
      keepForm(form, watching.shown);
      remove([entry.id]);
      form.querySelector("textarea").focus();
      if (form.matches("[data-comment]")) form.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  form.before(panel);
  for (let around = panel.parentElement; around; around = around.parentElement) if (around.matches("details")) around.open = true;
}

for (const form of document.querySelectorAll("main form")) if (isWritten(form)) watch(form);
if (watched.size) {
  onKept((place) => {
    const watching = watched.get(place);
    if (!watching) return;
    const isChanged = !same(contentOf(watching.form), watching.shown);
    const words = { kept: saysKept, failed: saysNotKept }[stateOf(place)];
    if (!isChanged || words) say(watching.form, isChanged ? words : "");
  });
  window.addEventListener("beforeunload", (event) => {
    const isLost = ([place, { form, shown, isSent }]) => !isSent && !same(contentOf(form), shown) && stateOf(place) !== "kept";
    if ([...watched].some(isLost)) event.preventDefault();
  });
}
if (watched.size || document.querySelector("[data-elsewhere]")) heeded.then(leftBehind).then(restore);
