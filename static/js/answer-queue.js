// Sends changed answers one after the other, so that a follow-up is never there before the answer it hangs on.
// What cannot be sent now is tried again: after a growing pause, when the line is back, and when the person returns
// to the page. Where the server says that the person may not write here any more, the page locks (lock-out.js).
import { isLocked, lockOut, reasonOf } from "./lock-out.js";

const PAUSES = [2000, 5000, 10000, 30000, 60000]; // milliseconds
const MOST_AFTER_LEAVING = 60000; // bytes that browsers still send for a page that is being left

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";

export class SaveQueue {
  constructor(answersUrl) {
    this.answersUrl = answersUrl;
    this.waiting = [];
    this.busy = null;
    this.failures = 0;
    for (const event of ["online", "focus"]) window.addEventListener(event, () => this.retry());
  }

  add(item) {
    if (isLocked()) return;
    if (!this.waiting.includes(item)) this.waiting.push(item);
    this.pump();
  }

  retry() {
    clearTimeout(this.timer);
    this.timer = null;
    this.pump();
  }

  // Resolves when nothing is being sent and nothing can be sent right now.
  async settled() {
    while (this.busy) await this.busy;
  }

  pump() {
    if (this.busy || this.timer || !this.waiting.length || isLocked()) return;
    const item = this.waiting[0];
    this.busy = this.send(item).then((isDelivered) => {
      this.busy = null;
      if (isDelivered) {
        this.failures = 0;
        if (!item.isDirty || item.isStopped) this.waiting = this.waiting.filter((other) => other !== item);
      } else {
        const pause = PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
        this.timer = setTimeout(() => this.retry(), pause);
      }
      this.pump();
    });
  }

  // Gives whether the server took a decision on the answer; false: try again later.
  async send(item) {
    const body = item.beginSaving();
    let response;
    try {
      response = await fetch(`${this.answersUrl}${encodeURIComponent(item.code)}/`, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": cookie("__Host-csrftoken") || cookie("csrftoken") },
        redirect: "manual",
        keepalive: body.toString().length < MOST_AFTER_LEAVING,
      });
    } catch {
      item.wait("offline");
      return false;
    }
    if (response.type === "opaqueredirect" || response.status === 401) {
      item.stop("signedOut");
      lockOut("signedOut");
      return true;
    }
    if (response.status >= 500 || response.status === 429) {
      item.wait("busy");
      return false;
    }
    await this.settle(item, response);
    return true;
  }

  async settle(item, response) {
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    const facts = isJson ? await response.json() : {};
    if (response.ok) item.saved(facts);
    else if (response.status === 422) item.refused(facts.errors);
    else if (response.status === 413) item.stop("tooLarge");
    else if (isJson) item.stop("gone", facts.reason);
    else item.stop("stale");
    // A refusal that is not ours is that of a form's token: somebody has signed out, or in as another person.
    const reason = reasonOf(response);
    if (reason) lockOut(isJson || reason === "ended" ? reason : "signedOut", isJson && reason === "refused" ? facts.reason : "");
  }
}
