// Single keys, where nobody is typing; the page that lists them (portal/search/keys.py) turns them off for this browser.
const SWITCH = "shortcuts";
const QUESTIONS = ".app-question[id]:not([hidden]), .app-desk__row--article[id]";

const isOff = () => {
  try {
    return localStorage.getItem(SWITCH) === "off";
  } catch {
    return false;
  }
};

const isTyping = (target) =>
  target.isContentEditable ||
  target.closest("textarea, select, dialog, [role=textbox], input:not([type=radio]):not([type=checkbox]):not([type=button]):not([type=submit])");

const shown = () => [...document.querySelectorAll(QUESTIONS)].filter((question) => question.offsetParent);

const lies = (question, below) => {
  const { top } = question.getBoundingClientRect();
  const line = document.querySelector(".app-bar")?.getBoundingClientRect().bottom ?? 0;
  return below ? top > line + 80 : top < line + 20;
};

// From the question in which the focus is, or else from what is in sight.
const go = (step, wanted = () => true) => {
  const questions = shown();
  const here = questions.indexOf(document.activeElement.closest(QUESTIONS));
  const order = step > 0 ? questions : [...questions].reverse();
  const after = here < 0 ? order.filter((question) => lies(question, step > 0)) : order.slice(order.indexOf(questions[here]) + 1);
  const found = after.find(wanted);
  found?.scrollIntoView({ block: "start" });
  found?.focus({ preventScroll: true });
  return found;
};

const isMissing = (question) => {
  if (question.querySelector(".app-answer__none")) return true;
  if (question.querySelector("input[type=radio], input[type=checkbox]")) return !question.querySelector("input:checked");
  return question.querySelector("textarea")?.value.trim() === "";
};

const follow = (selector) => document.querySelector(selector)?.click();

const sayState = () => {
  const state = document.querySelector("[data-overall]");
  if (!state) return;
  state.tabIndex = -1;
  state.focus();
};

const find = () => {
  const box = document.querySelector(".app-find input, .app-search-page input[type=search]");
  if (box) box.focus();
  else follow("a[data-find]");
};

// At the review desk: the form of this kind beside the answer in which one is, or that is in sight. It is opened, and the
// keys of the page rest while one types in it.
const write = (kind) => {
  const rows = [...document.querySelectorAll("[data-item]")];
  const row = document.activeElement.closest("[data-item]") ?? rows.find((each) => each.getBoundingClientRect().bottom > 160);
  const form = row?.querySelector(`[data-tool="${kind}"]`);
  if (!form) return;
  form.open = true;
  (form.querySelector("[contenteditable=true]") ?? form.querySelector("textarea"))?.focus();
};

const ACTS = {
  "?": () => follow("a[data-shortcuts]"),
  n: () => go(1),
  p: () => go(-1),
  m: () => go(1, isMissing),
  "]": () => follow("a[rel=next]"),
  "[": () => follow("a[rel=prev]"),
  o: () => follow("a[data-overview]"),
  f: find,
  s: sayState,
  e: () => write("draft"),
  a: () => write("ask"),
  b: () => write("observe"),
};

// On a keyboard of another script the key says by its place what it is.
const keyOf = (event) => {
  if (event.key in ACTS) return event.key;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase();
  return event.key.length === 1 && !event.shiftKey && letter in ACTS ? letter : "";
};

// Whoever was writing when the page was locked (lock-out.js) types on: a key must not lead away from the words handed out.
let isLocked = false;
document.addEventListener("app:locked", () => (isLocked = true));

document.addEventListener("keydown", (event) => {
  if (isLocked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const act = ACTS[keyOf(event)];
  if (!act || isTyping(event.target) || isOff()) return;
  event.preventDefault();
  act();
});

const box = document.querySelector("[data-shortcuts-switch] input");
if (box) {
  box.checked = !isOff();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(SWITCH);
      else localStorage.setItem(SWITCH, "off");
    } catch {
      box.checked = true; // this browser keeps nothing
    }
  });
}
