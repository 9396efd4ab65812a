// What is typed into every form with a box for text, or marked data-keeps, but for the answers to a questionnaire
// (autosave.js), is kept in this browser until the server has it, and is offered where a page was closed, killed or
// signed out before.
import { addressOf, anew, drop, isConfirmed, keep, keyOf } from "./draft-keeper.js";
import { onKept, onLeft, remove, sending, stateOf } from "./draft-keeper.js";
import { offer, showElsewhere } from "./draft-offers.js";
import { isLocked, isTaken } from "./lock-out.js";
import { both } from "./text-edits.js";

const FIELDS = "textarea, select, input:not([type=hidden]):not([type=file]):not([type=password]):not([type=submit]):not([name=remove_unseen])";
// Hidden: the revision, the fingerprint or the version of the questionnaire that a text was written on, and who was to
// read it then: it stays with the text.
const RESTS_ON = ["base", "copied", "shown", "seen", "version"];
const QUIET = 600; // milliseconds without a key, after which it is said that the text is kept
const { saysKept, saysNotKept } = document.body.dataset;
const watched = new Map(); // place -> { form, shown, isSent }
// What stands in the forms was typed and came back: an error, two texts, a preview. The server does not have it.
const cameBack = Boolean(document.querySelector("main .govuk-error-summary, main .app-conflict, main .app-preview"));

const isWritten = (form) => form.method === "post" && !form.matches("[data-autosave], [data-not-kept]") && (form.matches("[data-keeps]") || form.querySelector("textarea:not([readonly])"));
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches(FIELDS));

// The same place of the same page, in whatever language it is shown.
export function placeOf(form) {
  const alike = [...document.forms].filter((other) => isWritten(other) && other.action === form.action);
  return `form ${addressOf(form.action)} ${alike.indexOf(form)}`;
}

// isServed: as the server sent the page, whatever the browser has put into the fields since.
function contentOf(form, { isServed = false } = {}) {
  const content = {};
  for (const field of fieldsOf(form)) {
    const values = (content[field.name] ??= []);
    if (field.type === "checkbox" || field.type === "radio") {
      if (isServed ? field.defaultChecked : field.checked) values.push(field.value);
    } else if (field.matches("select")) {
      const chosen = [...field.options].filter((option) => (isServed ? option.defaultSelected : option.selected));
      values.push(...(chosen.length || field.multiple ? chosen : [...field.options].slice(0, 1)).map(({ value }) => value));
    } else {
      values.push(isServed ? asShown(field) : field.value);
    }
  }
  return content;
}

// What the server sent, as the browser writes it ("10:00" for "10:00:00").
function asShown({ type, defaultValue, tagName }) {
  return tagName === "INPUT" ? Object.assign(document.createElement("input"), { type, value: defaultValue }).value : defaultValue;
}

// What was typed here since the page was shown stays: a text in front of the one that was kept, a choice in its place.
function fill(form, content, shown) {
  const left = structuredClone(content);
  for (const [name, values] of Object.entries(contentOf(form))) {
    if (shown && same(values, shown[name])) continue;
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

function restsOn(form) {
  const fields = RESTS_ON.map((name) => form.elements.namedItem(name)).filter((field) => field?.type === "hidden");
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

// shown: what stood in the form. A long form has a box for each piece of a text: only those that were touched are named.
function wordsOf(form, shown = null) {
  const boxes = fieldsOf(form).filter((field) => field.matches("textarea, input[type=text]") && field.value.trim());
  const touched = shown ? boxes.filter((field) => !same([field.value], shown[field.name])) : [];
  return (touched.length ? touched : boxes).map((field) => [field.labels?.[0]?.textContent.replace(/\s+/g, " ").trim() ?? "", field.value]);
}

// Whether every word of a text that was kept stands in the form already, in the same box.
const holdsAll = (form, words) => words.length > 0 && words.every((each) => wordsOf(form).some((there) => same(each, there)));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isChanged = ({ form, shown }) => !same(contentOf(form), shown);

// replaced: entries that go once the text is on disk in its new one, or stands in the form as the server sent it.
function keepForm(place, replaced) {
  const watching = watched.get(place);
  if (!isChanged(watching)) drop(place, replaced);
  else keep(place, draftOf(watching), replaced);
}

// What goes along with the text of a form that is saved by its own script (comments.js), asked for at each writing.
export function addAlong(form, along) {
  const watching = watched.get(placeOf(form));
  if (watching) watching.along = along;
}

// The same text goes on, and something else that goes along with it.
export const keepOn = (form) => watched.has(placeOf(form)) && keepForm(placeOf(form));

// The server has this text of a box that is saved by its script.
export function rest(form, text) {
  const watching = watched.get(placeOf(form));
  if (watching) watching.shown = { ...contentOf(form), text: [text] };
}

function say(form, words) {
  if (form.matches("[data-comment]")) return; // says how it stands by itself
  let line = form.querySelector("[data-kept-words]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "govuk-hint app-draft__status" });
    line.dataset.keptWords = "";
    line.setAttribute("role", "status");
    // Never before the button: it would move from under a pointer that is about to press it.
    const button = form.querySelector("button[type=submit], button:not([type])");
    const group = button?.closest(".govuk-button-group");
    if (group) group.append(line);
    else button?.after(line);
  }
  if (words && line.textContent !== words) line.textContent = words;
  // While it is not so, its place stays: whoever presses the button leaves the box first, and a page that became shorter
  // at its end would move the button from under the pointer.
  line.toggleAttribute("data-stale", !words);
}

function typed(place) {
  const watching = watched.get(place);
  if (watching.isSent) {
    anew(place); // what was sent may arrive; this is another text
    remember(place, undefined);
  }
  watching.isSent = false;
  say(watching.form, "");
  keepForm(place);
}

function watch(form) {
  const place = placeOf(form);
  const watching = { form, shown: cameBack ? null : contentOf(form, { isServed: true }), isSent: false };
  watched.set(place, watching);
  const earlier = history.state?.sentForms?.[place];
  if (earlier) anew(place, earlier);
  if (earlier && isConfirmed(earlier)) watching.isSent = true;
  else if (isChanged(watching) && (!cameBack || wordsOf(form).length)) keepForm(place);
  form.addEventListener("input", () => typed(place));
  form.addEventListener("change", () => typed(place));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || form.matches("[data-comment]")) return;
    watching.isSent = true;
    const key = form.elements.namedItem("draft_key") ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "draft_key" }));
    key.value = keyOf(place);
    sending(place);
    remember(place, keyOf(place));
  });
}

// Whoever goes back to a form finds it filled as it was sent. Sent once more it is the same form, though the page was
// made anew: its key stays with the place in the browser's history (core/web/submissions.py).
function remember(place, key) {
  history.replaceState({ ...history.state, sentForms: { ...history.state?.sentForms, [place]: key } }, "");
}

// Texts of pages that are gone. What came back with the page is in the form, and kept anew.
function restore(entries) {
  const elsewhere = [];
  for (const entry of entries) {
    const watching = watched.get(entry.place);
    if (!watching) elsewhere.push(entry);
    else if (same(contentOf(watching.form), entry.content) || (cameBack && holdsAll(watching.form, entry.words))) keepForm(entry.place, [entry.id]);
    else offerTo(watching, entry);
  }
  const isHere = ({ place }) => place.startsWith("answer ") && document.querySelector(`[data-question="${CSS.escape(place.split(" ").at(-1))}"]`);
  showElsewhere(elsewhere.filter((entry) => !isHere(entry)), remove);
}

function draftOf({ form, along, shown }) {
  return { content: contentOf(form), restsOn: restsOn(form), words: wordsOf(form, shown), ...along?.() };
}

function offerTo(watching, entry) {
  const { form } = watching;
  const { place } = entry;
  const panel = offer(entry, {
    drop: () => remove([entry.id]),
    use: () => {
      const isAlone = !isChanged(watching);
      fill(form, entry.content, watching.shown);
      for (const [name, value] of Object.entries(entry.restsOn ?? {})) {
        const field = form.elements.namedItem(name);
        if (isAlone && field?.type === "hidden") field.value = value;
      }
      if (isAlone) anew(place, entry.key); // the same text goes on: sent twice, it makes one thing
      form.dispatchEvent(new CustomEvent("app:restored", { detail: isAlone ? entry : null }));
      keepForm(place, [entry.id]);
      (form.querySelector("textarea") ?? fieldsOf(form)[0])?.focus();
    },
  });
  form.before(panel);
  for (let around = panel.parentElement; around; around = around.parentElement) if (around.matches("details")) around.open = true;
}

for (const form of document.querySelectorAll("main form")) if (isWritten(form)) watch(form);
if (watched.size) {
  const quiet = new Map();
  onKept((place) => {
    const watching = watched.get(place);
    if (!watching) return;
    clearTimeout(quiet.get(place));
    const tell = () => say(watching.form, isChanged(watching) ? { kept: saysKept, failed: saysNotKept }[stateOf(place)] ?? "" : "");
    quiet.set(place, setTimeout(tell, QUIET));
  });
  window.addEventListener("beforeunload", (event) => {
    if (isLocked() || isTaken()) return;
    const isLost = ([place, watching]) => !watching.form.matches("[data-comment]") && !watching.isSent && isChanged(watching) && stateOf(place) !== "kept";
    if ([...watched].some(isLost)) event.preventDefault();
  });
}
if (watched.size || document.querySelector("[data-elsewhere]")) onLeft(restore);
