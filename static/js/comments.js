// The boxes on the review desk: htmx saves each a moment after the last key; this says how it stands, and never that
// something is saved which is not. What was typed is left alone, whatever comes back.
import { isTaken, lockOut, reasonOf } from "./lock-out.js";

const words = document.querySelector("[data-comment-words]")?.dataset ?? {};
const saved = new WeakMap(); // box -> the text that the server has

for (const form of document.querySelectorAll("form[data-comment]")) saved.set(form, boxOf(form).value);

function boxOf(form) {
  return form.elements.namedItem("text");
}

function isDirty(form) {
  return boxOf(form).value !== saved.get(form);
}

function say(form, text) {
  form.querySelector("[data-status]").textContent = text;
}

function whyFailed({ status }) {
  if (!status) return words.saysOffline;
  return status >= 500 ? words.saysOffline : words.saysRefused;
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.matches("[data-comment]")) say(target.form, words.saysUnsaved);
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!detail.elt.matches("[data-comment]")) return;
  detail.xhr.sentText = detail.requestConfig.formData.get("text");
  say(detail.elt, words.saysSaving);
});

// A session that has ended leads to the sign-in page, which has no business here.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig.elt;
  if (!form.matches("[data-comment]") || !detail.shouldSwap) return;
  if (new URL(detail.xhr.responseURL).pathname !== new URL(form.action).pathname) {
    detail.shouldSwap = false;
    detail.xhr.isSignedOut = true;
  } else if (detail.xhr.status === 200) {
    saved.set(form, detail.xhr.sentText);
    boxOf(form).defaultValue = detail.xhr.sentText; // no longer unsaved (lock-out.js)
  }
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt;
  if (!form.matches("[data-comment]")) return;
  if (detail.xhr.isSignedOut) say(form, words.saysSignedOut);
  else if (detail.xhr.status !== 200 && detail.xhr.status !== 422) say(form, whyFailed(detail.xhr));
  else if (detail.xhr.status === 200 && isDirty(form)) say(form, words.saysUnsaved);
  const reason = detail.xhr.isSignedOut ? "signedOut" : reasonOf(detail.xhr);
  if (reason) lockOut(reason);
});

window.addEventListener("beforeunload", (event) => {
  if (!isTaken() && [...document.querySelectorAll("form[data-comment]")].some(isDirty)) event.preventDefault();
});
