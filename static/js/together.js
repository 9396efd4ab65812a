// Who else has the section open, and what colleagues save meanwhile (docs/autosave.md). A page that nobody looks at asks
// nothing; without this all works as before.
import { arrive } from "./answer-arrivals.js";
import { isSignedOut, lockOf, maySignOut } from "./closed.js";
import { isLocked, lockOut } from "./lock-out.js";

const PAUSE = 12000; // milliseconds between two questions
const LONGEST = 120000; // the same where no answer comes

// items: Map of code -> AnswerItem; page: as an AnswerItem has it.
export function together(form, items, page) {
  const place = form.querySelector("[data-together]");
  if (place) new Together(place, items, page).start();
}

class Together {
  constructor(place, items, page) {
    Object.assign(this, { place, items, page, url: place.dataset.together, failures: 0, tag: "" });
  }

  start() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.look()));
    window.addEventListener("online", () => this.look());
    window.addEventListener("pagehide", () => this.leave());
    this.look();
  }

  async look() {
    clearTimeout(this.timer);
    if (document.hidden || this.isLooking || this.isMoved || isLocked()) return;
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
    const { facts, tag } = reply;
    this.isMoved = Boolean(facts.is_moved);
    if (this.isMoved) return;
    this.showPeople(facts);
    const isNewer = ([code, revision]) => revision > (this.items.get(code)?.edit.base ?? Infinity);
    const newer = Object.entries(facts.revisions).filter(isNewer).map(([code]) => code);
    if (newer.length) await this.bring(newer);
    this.tag = tag;
  }

  async bring(codes) {
    const { facts } = await this.get("", codes);
    for (const [code, answer] of Object.entries(facts.answers)) arrive(this.items.get(code), answer);
    this.page.changed(facts);
  }

  // Gives { facts, tag }, or null where nothing is new. Rejects where the answer is not our server's.
  async get(tag, codes = []) {
    const query = new URLSearchParams({ version: this.page.version, in: this.current() });
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
    if (!isLocked()) fetch(`${this.url}?gone=1&version=${this.page.version}`, { headers: this.headers(""), keepalive: true, redirect: "manual" }).catch(() => {});
  }

  current() {
    return document.activeElement?.closest("[data-question]")?.dataset.question ?? "";
  }

  // --- what is seen

  showPeople({ here, at }) {
    if (here !== this.shown) {
      this.place.replaceChildren(document.createRange().createContextualFragment(here));
      this.place.hidden = !here;
      this.shown = here;
    }
    const names = new Map();
    for (const [code, name] of at) names.set(code, [...(names.get(code) ?? []), name]);
    for (const [code, item] of this.items) this.mark(item, names.get(code) ?? []);
  }

  // In the line under a question, which is there anyway, so that nothing moves.
  mark(item, names) {
    const foot = item.element.querySelector(".app-question__foot");
    let mark = foot?.querySelector("[data-here]");
    if (!names.length || !foot) return mark?.remove();
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "app-question__here";
      mark.dataset.here = "";
      foot.append(mark);
    }
    const words = names.map((name) => this.place.dataset.saysHere.replace("%person%", `\u2068${name}\u2069`)).join(" · ");
    if (mark.textContent !== words) mark.textContent = words;
  }
}
