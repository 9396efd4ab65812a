// What the wording in a box changes in the text that stands, compared anew in each pause of typing: by the server, with the
// code that shows every suggestion (observations/suggestions/comparing.py), under the permission of the form itself. The
// box is never touched. Without scripts the page shows it when it is opened, previewed and sent.
import { lockOf } from "./closed.js";
import { isLocked } from "./lock-out.js";

const PAUSE = 600; // milliseconds without a key, until it is compared
const SAID_AFTER = 2000; // and until a screen reader is told how much is changed: once, and not with each word
const AGAIN = 10_000; // where the server did not answer

class LiveDifference {
  constructor(section) {
    Object.assign(this, { section, box: document.getElementById(section.dataset.compares), asked: null, timers: {} });
    this.compared = this.box.value;
    this.box.addEventListener("input", () => this.soon(PAUSE));
    this.box.form.addEventListener("app:restored", () => this.soon(0));
    if (this.box.value !== this.box.defaultValue) this.soon(0); // of a page that one comes back to
  }

  soon(wait) {
    this.asked?.abort();
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.timers.compare = setTimeout(() => this.compare(), wait);
  }

  async compare() {
    const { form, value } = this.box;
    if (isLocked()) return;
    this.asked = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.append("compare", "1");
    try {
      const response = await fetch(location.href, { method: "POST", body, signal: this.asked.signal, headers: { "HX-Request": "true" }, redirect: "manual" });
      this.wait = Number(response.headers.get("Retry-After")) * 1000;
      this.isOver = lockOf(response) || response.type === "opaqueredirect"; // closed to the person, or signed out
      const came = response.ok && document.createRange().createContextualFragment(await response.text()).querySelector("[data-compared]");
      if (!came) throw new Error("not our server's word");
      this.show(came, value);
    } catch (error) {
      if (error.name !== "AbortError") this.failed();
    }
  }

  show(came, value) {
    this.section.querySelector("[data-compared]").replaceWith(came);
    this.isBehind(false);
    if (value === this.compared) return;
    this.compared = value;
    this.timers.say = setTimeout(() => this.say(came.querySelector("[data-summary]").textContent.trim()), SAID_AFTER - PAUSE);
  }

  // What stands there is of other words: it says so, and asks once more.
  failed() {
    this.isBehind(true);
    if (!this.isOver) this.timers.compare = setTimeout(() => this.compare(), Math.max(this.wait || 0, AGAIN));
  }

  isBehind(isSo) {
    const line = this.section.querySelector("[data-behind]");
    line.hidden = !isSo;
    line.textContent = isSo ? this.section.dataset.saysBehind : "";
  }

  say(words) {
    const line = this.section.querySelector("[data-said]");
    if (line.textContent !== words) line.textContent = words;
  }
}

for (const section of document.querySelectorAll("[data-compares]")) new LiveDifference(section);
