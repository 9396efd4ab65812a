// Who else has the page open (docs/autosave.md). A page that nobody looks at asks nothing; without this all works as
// before, with who was there when it was loaded.
import { isSignedOut, lockOf, maySignOut } from "./closed.js";
import { isLocked, lockOut } from "./lock-out.js";

const PAUSE = 12000; // milliseconds between two questions
const LONGEST = 120000; // the same where no answer comes

export class Here {
  constructor(place) {
    Object.assign(this, { place, url: place.dataset.together, failures: 0, tag: "", isOver: false });
  }

  // What goes with each question beside the one with the cursor.
  get query() {
    return {};
  }

  start() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.look()));
    window.addEventListener("online", () => this.look());
    window.addEventListener("pagehide", () => this.leave());
    this.look();
  }

  async look() {
    clearTimeout(this.timer);
    if (document.hidden || this.isLooking || this.isOver || isLocked()) return;
    this.isLooking = true;
    try {
      await this.ask();
      this.failures = 0;
    } catch {
      this.failures += 1;
    }
    this.isLooking = false;
    if (!isLocked()) this.timer = setTimeout(() => this.look(), Math.min(PAUSE * 2 ** this.failures, LONGEST));
  }

  // What came is only known to have come (its tag) once all that follows from it is on the page.
  async ask() {
    const reply = await this.get(this.tag);
    if (!reply) return;
    await this.heard(reply.facts);
    this.tag = reply.tag;
  }

  heard(facts) {
    this.showPeople(facts);
  }

  // Gives { facts, tag }, or null where nothing is new. Rejects where the answer is not our server's.
  async get(tag, codes = []) {
    const query = new URLSearchParams({ ...this.query, in: this.current() });
    for (const code of codes) query.append("of", code);
    const response = await fetch(`${this.url}?${query}`, { headers: this.headers(tag), redirect: "manual", cache: "no-store" });
    if (response.status === 304) return null;
    const lock = lockOf(response) ?? (maySignOut(response) && (await isSignedOut()) ? "signedOut" : undefined);
    if (lock) lockOut(lock);
    if (!response.ok) throw new Error("no answer of ours");
    return { facts: await response.json(), tag: response.headers.get("ETag") ?? "" };
  }

  headers(tag) {
    const headers = { Accept: "application/json", "X-Background": "1", "X-Person": document.body.dataset.person };
    return tag ? { ...headers, "If-None-Match": tag } : headers;
  }

  leave() {
    clearTimeout(this.timer);
    this.tag = ""; // whoever comes back is told anew who is there
    const query = new URLSearchParams({ ...this.query, gone: "1" });
    if (!isLocked()) fetch(`${this.url}?${query}`, { headers: this.headers(""), keepalive: true, redirect: "manual" }).catch(() => {});
  }

  current() {
    const { question, at } = document.activeElement?.closest("[data-question], [data-at]")?.dataset ?? {};
    return question ?? at ?? "";
  }

  showPeople({ here }) {
    if (here === this.shown) return;
    this.place.replaceChildren(document.createRange().createContextualFragment(here));
    this.place.hidden = !here;
    this.shown = here;
  }
}
