// When the access of the person who is writing has ended, or the session has: the page locks, says so, and hands out
// what was typed and not saved. Nothing more is sent from it.
import { isSignedOut, lockOf, maySignOut } from "./closed.js";
import { isAllKept } from "./draft-keeper.js";

const TEXT = 'textarea, input:not([type]), input[type="text"], input[type="url"], input[type="email"], input[type="tel"]';
const PAUSE = 5000; // milliseconds between two questions whether the page is still open to the person

const state = { isLocked: false, isTaken: false, askedAt: 0 };

export const isLocked = () => state.isLocked;
// Whether the text was downloaded or copied, so that the page may be left without a warning.
export const isTaken = () => state.isTaken;

const forms = () => [...document.querySelectorAll("main form")].filter((form) => form.method === "post");
const squeezed = (words) => (words ?? "").replace(/\s+/g, " ").trim();

// reason: "ended", "signedOut" or "refused"; words: what the server said, for a refusal.
export function lockOut(reason, words = "") {
  if (state.isLocked) return;
  state.isLocked = true;
  const text = unsavedText();
  lockFields();
  showPanel(reason, words, text);
  document.dispatchEvent(new CustomEvent("app:locked"));
}

// --- what was typed

function unsavedText() {
  const wasRefused = Boolean(document.querySelector("main .govuk-error-summary")); // the page came back with its errors
  const entries = [];
  for (const form of forms()) {
    for (const field of form.querySelectorAll(TEXT)) {
      const isChanged = field.value !== field.defaultValue || (wasRefused && !field.readOnly);
      if (isChanged && field.value.trim()) entries.push(`${headingOf(field)}\n${field.value}`);
    }
    for (const field of form.querySelectorAll('input[type="radio"], input[type="checkbox"]')) {
      if (field.checked && !field.defaultChecked && field.value) entries.push(`${headingOf(field)} ✓`);
    }
  }
  return entries.length ? [document.title.trim(), location.href, "", entries.join("\n\n"), ""].join("\n") : "";
}

function headingOf(field) {
  const code = field.closest("[data-question]")?.dataset.question;
  const label = squeezed(field.labels?.[0]?.textContent) || field.ariaLabel || field.name;
  return `=== ${[code, label].filter(Boolean).join(" · ")} ===`;
}

// --- what is seen

function lockFields() {
  for (const form of forms()) {
    for (const field of form.elements) {
      if (field.matches(TEXT)) field.readOnly = true;
      else if (field.type !== "hidden") field.disabled = true;
    }
  }
}

function showPanel(reason, words, text) {
  const panel = document.querySelector("template[data-lock-out]").content.firstElementChild.cloneNode(true);
  for (const part of panel.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== reason;
  panel.querySelector("[data-reason]").textContent = words;
  panel.querySelector("[data-unsaved]").hidden = !text;
  if (reason === "signedOut") sayIfKept(panel);
  panel.querySelector("[data-nothing]").hidden = Boolean(text);
  panel.querySelector("textarea").value = text;
  const again = panel.querySelector("[data-sign-in]");
  again.href += `?next=${encodeURIComponent(location.pathname)}`;
  panel.querySelector("[data-copy]").addEventListener("click", () => copy(panel, text));
  prepareDownload(panel.querySelector("[data-download]"), text);
  document.querySelector("main").prepend(panel);
  panel.focus();
}

// What is on the disk of this browser is not lost; the store is asked before that is said.
async function sayIfKept(panel) {
  const isOffered = await isAllKept();
  panel.querySelector("[data-kept-here]").hidden = !isOffered;
  panel.querySelector("[data-not-kept]").hidden = isOffered;
}

function prepareDownload(link, text) {
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const place = location.pathname.split("/").filter(Boolean).slice(1).join("-");
  link.download = `${place}.txt`;
  link.addEventListener("click", () => (state.isTaken = true));
}

async function copy(panel, text) {
  const box = panel.querySelector("textarea");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    panel.querySelector("details").open = true;
    box.select();
    if (!document.execCommand("copy")) return;
  }
  state.isTaken = true;
  panel.querySelector("[data-copied]").hidden = false;
}

// --- whoever comes back to a page in which something can be written learns at once that it is not open any more

async function ask() {
  const isWritten = forms().some((form) => form.querySelector("textarea:not([readonly])"));
  if (state.isLocked || document.hidden || !isWritten || Date.now() - state.askedAt < PAUSE) return;
  state.askedAt = Date.now();
  try {
    const reply = await fetch(location.pathname + location.search, { method: "HEAD", redirect: "manual" });
    const lock = lockOf(reply) ?? (maySignOut(reply) && (await isSignedOut()) && "signedOut");
    if (lock) lockOut(lock);
  } catch {
    // No connection: what is typed will say so itself.
  }
}

export function watch() {
  window.addEventListener("focus", ask);
  document.addEventListener("visibilitychange", ask);
  // A locked page sends nothing, whoever asks it to.
  const refuse = (event) => state.isLocked && event.target.closest?.("main") && event.preventDefault();
  document.addEventListener("submit", refuse, true);
  document.addEventListener("htmx:beforeRequest", refuse);
}
