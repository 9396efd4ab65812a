// The boxes on the review desk: each is saved a moment after the last key. This says how it stands, and never that
// something is saved which is not. What was typed is left alone, whatever comes back. Without scripts the button saves.
import { isPageClosed, isSignedOut, lockOf } from "./closed.js";
import { drop, onKept, stateOf } from "./draft-keeper.js";
import { addAlong, keepOn, placeOf, rest } from "./form-drafts.js";
import { isLocked, isTaken, lockOut } from "./lock-out.js";
import { SaveQueue } from "./save-queue.js";

const PAUSE_IN_TYPING = 1500; // milliseconds
const MOST_UNSURE = 50; // texts of one's own that may have arrived, of which the server is told
const words = document.querySelector("[data-comment-words]")?.dataset ?? {};

class CommentItem {
  constructor(form, queue) {
    Object.assign(this, { form, queue, place: placeOf(form), isTouched: false, isSaving: false, isStopped: false, unsure: [] });
    this.box = form.elements.namedItem("text");
    addAlong(form, () => ({ lost: this.mayHaveArrived() }));
    form.addEventListener("input", () => this.touched());
    form.addEventListener("change", ({ target }) => target !== this.box && this.touched());
    form.addEventListener("app:restored", ({ detail }) => this.restored(detail));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submitter = event.submitter;
      this.isTouched = true;
      this.enqueue();
      queue.retry();
    });
  }

  get isDirty() {
    return this.isTouched || this.isSaving;
  }

  touched() {
    this.isTouched = true;
    this.waitsFor = null;
    this.say(words.saysUnsaved);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.enqueue(), PAUSE_IN_TYPING);
  }

  // A kept text was put into the box: it waits for a key or for the button. entry: the one on whose revision it goes
  // on, whose text may have been sent as well.
  restored(entry) {
    this.isTouched = true;
    if (entry) this.unsure = [...(entry.lost ?? []), ...(entry.content.text ?? [])];
    this.say(words.saysUnsaved);
  }

  // Texts of one's own that the server may have without our knowing; the newest of them.
  mayHaveArrived() {
    return [...this.unsure, ...(this.isSaving ? [this.sent] : [])].slice(-MOST_UNSURE);
  }

  enqueue() {
    clearTimeout(this.timer);
    this.isStopped = false;
    this.queue.add(this);
  }

  begin() {
    const body = new URLSearchParams(new FormData(this.form, this.submitter?.isConnected ? this.submitter : undefined));
    for (const text of this.mayHaveArrived()) body.append("lost", text);
    Object.assign(this, { submitter: null, sent: this.box.value, isSaving: true, isTouched: false, waitsFor: null });
    this.say(words.saysSaving);
    return { url: this.form.action, body };
  }

  slow() {
    this.wait("slow");
  }

  lost(reason) {
    if (this.unsure.at(-1) !== this.sent) this.unsure.push(this.sent); // the same once more changes nothing there
    this.notSaved();
    this.wait(reason);
  }

  wait(reason) {
    this.waitsFor = reason;
    const kept = { kept: words.saysKept, failed: words.saysNotKept }[stateOf(this.place)];
    this.say([{ slow: words.saysSlow, offline: words.saysOffline, busy: words.saysBusy }[reason], kept].filter(Boolean).join(" "));
  }

  keptOrNot() {
    if (this.waitsFor) this.wait(this.waitsFor);
  }

  saved({ html }) {
    this.isSaving = false;
    this.unsure = [];
    this.isTouched ||= this.box.value !== this.sent;
    this.box.defaultValue = this.sent; // no longer unsaved (lock-out.js)
    rest(this.form, this.sent);
    this.swap(html);
    if (!this.isTouched) return drop(this.place);
    keepOn(this.form); // on the revision that has come
    this.say(words.saysUnsaved);
  }

  refused({ html }) {
    this.notSaved();
    this.isStopped = true;
    this.swap(html);
  }

  stop(reason) {
    this.notSaved();
    this.isStopped = true;
    this.say({ elsewhere: words.saysElsewhere, signedOut: words.saysSignedOut, tooLarge: words.saysTooLarge }[reason] ?? words.saysRefused);
  }

  notSaved() {
    Object.assign(this, { isSaving: false, isTouched: true });
  }

  say(text) {
    this.form.querySelector("[data-status]").textContent = text;
  }

  // What stands under the box, and how long the feedback is now.
  swap(html) {
    const came = document.createRange().createContextualFragment(html);
    const counted = came.querySelector("#feedback-words");
    if (counted) document.getElementById("feedback-words")?.replaceChildren(...counted.childNodes);
    this.form.querySelector(".app-comment__state").replaceWith(came.querySelector(".app-comment__state"));
  }
}

// A reply as the queue takes it. A part of ours is known by its class; any other page decides nothing. One box that is
// closed, as when a colleague sent or discarded what it holds, closes no other: the page is asked for.
async function transport({ url, body }, signal) {
  const response = await fetch(url, { method: "POST", body, signal, headers: { "HX-Request": "true" }, redirect: "manual" });
  const html = await response.text();
  const leadsAway = response.type === "opaqueredirect" || response.headers.has("HX-Redirect");
  const isPart = html.includes("app-comment__state");
  const facts = response.ok ? { status: "saved", html } : { errors: { html } };
  const lock = lockOf(response);
  const isElsewhere = ["refused", "ended"].includes(lock) && !(await isPageClosed(signal));
  return {
    type: leadsAway ? "opaqueredirect" : response.type,
    status: response.status,
    facts: isPart ? facts : null,
    lock: isElsewhere ? undefined : lock,
    isElsewhere,
    retryAfter: Number(response.headers.get("Retry-After")),
  };
}

const queue = new SaveQueue({ transport, isLocked, isSignedOut, onLocked: lockOut });
const items = [...document.querySelectorAll("form[data-comment]")].map((form) => new CommentItem(form, queue));
const byPlace = new Map(items.map((item) => [item.place, item]));
for (const event of ["online", "focus"]) window.addEventListener(event, () => queue.retry());
onKept((place) => byPlace.get(place)?.keptOrNot());

window.addEventListener("beforeunload", (event) => {
  if (!isTaken() && items.some((item) => item.isDirty)) event.preventDefault();
});
