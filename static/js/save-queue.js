// Sends what was changed, one thing after the other, so that a follow-up is never there before the answer it hangs on.
// A state machine without page and network, so that it can be proven against any schedule of faults (tests/scripts).
//
//   idle ─ something waits ─► sending ─ decided ─► idle
//                               │ no decision ─► pausing ─ time, line, or person is back ─► idle
//                               └ not open to the person any more ─► locked
import { lockOf, maySignOut } from "./closed.js";

export const PAUSES = [2000, 5000, 10000, 30000, 60000]; // milliseconds
export const DEADLINE = 30000; // milliseconds after which a request without a whole reply counts as lost
export const SLOW = 10000; // milliseconds after which the person is told that it takes long
const LONGEST_PAUSE = 300000; // milliseconds, whatever a server asks for
const locked = (lock, words) => ({ kind: "locked", lock, words, reason: lock === "signedOut" ? "signedOut" : "gone" });
// { field: message }, as our server says it
function isWords(errors) {
  return errors && !Array.isArray(errors) && Object.values(errors).every((words) => typeof words === "string");
}
const DECISIONS = ["saved", "unchanged", "merged", "conflict"];

// What a reply means. reply: null where none came whole, else { type, status, facts, lock, retryAfter }; facts: what it
// holds in JSON, null for anything else; lock: by the mark that our server alone sets (closed.js); isElsewhere: the text
// is not there to be written any more, and the page is. What is not our server's word (the page of a proxy, of a hotel's network) decides nothing: again.
export function outcomeOf(reply) {
  if (!reply) return { kind: "again", reason: "offline" };
  const { status, facts, lock, isElsewhere, retryAfter } = reply;
  if (lock) return locked(lock, lock === "refused" ? facts?.reason : "");
  if (maySignOut(reply)) return { kind: "doubt" };
  if (isElsewhere) return { kind: "stopped", reason: "elsewhere" };
  if (status === 413) return { kind: "stopped", reason: "tooLarge" };
  if (status === 200 && DECISIONS.includes(facts?.status)) return { kind: "saved", facts };
  if (status === 422 && isWords(facts?.errors)) return { kind: "refused", facts };
  return { kind: "again", reason: "busy", pause: Math.min((retryAfter || 0) * 1000, LONGEST_PAUSE) };
}

export class SaveQueue {
  // transport(attempt, signal): sends what an item's begin() gave, resolves to a reply for outcomeOf, or rejects.
  // onLocked(lock, words): the page is not open to the person any more. isSignedOut(): asks our server whether a reply
  // that may mean so does. timers: for the proof.
  constructor({ transport, ...rest }) {
    const nothing = { onLocked: () => {}, isLocked: () => false, isSignedOut: async () => false, timers: globalThis };
    Object.assign(this, nothing, rest, { transport });
    this.state = "idle";
    this.waiting = [];
    this.failures = 0;
  }

  add(item) {
    if (!this.waiting.includes(item)) this.waiting.push(item);
    this.pump();
  }

  // The line is back, the person is, or asks for it.
  retry() {
    if (this.state === "pausing") {
      this.timers.clearTimeout(this.pause);
      this.state = "idle";
    }
    this.pump();
  }

  // Resolves when nothing is being sent and nothing can be sent right now.
  async settled() {
    while (this.state === "sending") await this.turn;
  }

  pump() {
    if (this.isLocked()) this.state = "locked";
    if (this.state === "idle") this.waiting = this.waiting.filter((item) => !item.isStopped);
    if (this.state !== "idle" || !this.waiting.length) return;
    this.state = "sending";
    const [item] = this.waiting;
    this.turn = this.exchange(item).then((outcome) => this.follow(item, outcome));
  }

  // One request, with an end in any case.
  async exchange(item) {
    const gaveUp = new AbortController();
    const slow = this.timers.setTimeout(() => item.slow(), SLOW);
    let deadline;
    const ended = new Promise((resolve) => {
      deadline = this.timers.setTimeout(() => resolve(null), DEADLINE);
    });
    try {
      const outcome = outcomeOf(await Promise.race([this.transport(item.begin(), gaveUp.signal), ended]));
      if (outcome.kind !== "doubt") return outcome;
      return (await Promise.race([this.isSignedOut(), ended])) ? locked("signedOut") : outcomeOf({});
    } catch {
      return outcomeOf(null);
    } finally {
      gaveUp.abort();
      this.timers.clearTimeout(slow);
      this.timers.clearTimeout(deadline);
    }
  }

  follow(item, outcome) {
    this.state = "idle";
    try {
      this.tell(item, outcome);
    } catch {
      this.again(item, outcomeOf({})); // what came was not what our server says
    }
    this.pump();
  }

  tell(item, outcome) {
    const { kind, reason, lock, words, facts } = outcome;
    if (kind === "again") return this.again(item, outcome);
    this.failures = 0;
    if (kind === "saved") item.saved(facts);
    if (kind === "refused") item.refused(facts.errors);
    if (kind === "stopped" || kind === "locked") item.stop(reason, words);
    if (kind === "locked") {
      this.state = "locked";
      this.onLocked(lock, words);
    }
    if (!item.isDirty || item.isStopped) this.waiting = this.waiting.filter((other) => other !== item);
  }

  again(item, { reason, pause }) {
    item.lost(reason);
    const own = PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
    this.state = "pausing";
    this.pause = this.timers.setTimeout(() => this.retry(), Math.max(own, pause || 0));
  }
}

// A reply as outcomeOf takes it. The body is a part of it: one that is cut is no reply.
export async function replyOf(response) {
  const isJson = /^application\/(problem\+)?json/.test(response.headers.get("Content-Type") ?? "");
  const retryAfter = Number(response.headers.get("Retry-After"));
  const { type, status } = response;
  return { type, status, facts: isJson ? await response.json() : null, lock: lockOf(response), retryAfter };
}
