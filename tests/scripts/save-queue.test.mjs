// The send queue and what it knows of an answer, against a server and a line that do anything. Run by
// tests/architecture/test_scripts.py; FC_RUNS says how many schedules.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { AnswerEdit } from "../../static/js/answer-edit.js";
import { lockOf } from "../../static/js/closed.js";
import { outcomeOf, SaveQueue, SLOW } from "../../static/js/save-queue.js";
import { applied, both } from "../../static/js/text-edits.js";

const numRuns = Number(process.env.FC_RUNS ?? 2000);
const flush = () => new Promise((resolve) => setImmediate(resolve));

// Time that passes when the test says so.
class Timers {
  now = 0;
  waiting = new Map();
  last = 0;
  setTimeout = (act, delay) => {
    this.waiting.set(++this.last, { at: this.now + delay, act });
    return this.last;
  };
  clearTimeout = (id) => this.waiting.delete(id);
  async pass(milliseconds) {
    await flush();
    const end = this.now + milliseconds;
    for (;;) {
      const due = [...this.waiting].filter(([, { at }]) => at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!due) break;
      this.waiting.delete(due[0]);
      this.now = due[1].at;
      due[1].act();
      await flush();
    }
    this.now = end;
    await flush();
  }
}

// One answer on the server: what questionnaires/answers/services.py does with a save, without the other person.
class Server {
  revisions = [];
  take({ content, base, key, unsure }) {
    const { length } = this.revisions;
    const own = new Set([key, ...unsure]);
    if (base !== length && JSON.stringify(this.revisions.at(-1)?.content) === JSON.stringify(content)) {
      return { status: "unchanged", revision: length };
    }
    if (this.revisions.slice(base).every((revision) => own.has(revision.key))) {
      this.revisions.push({ content, key });
      return { status: "saved", revision: length + 1 };
    }
    return { status: "conflict", revision: length, conflict: { html: "" } };
  }
}

const FAULTS = ["none", "cut head", "cut body", "lost", "late", "hang", "html", "500", "503", "page of a hotel", "413 by a proxy"];

class Item {
  constructor(server, faults, timers) {
    Object.assign(this, { server, faults, timers, text: "", conflicts: 0, isStopped: false, keys: 0 });
    this.edit = new AnswerEdit({ content: () => this.content(), base: 0, newKey: () => `key ${++this.keys}` });
  }
  content() {
    return { choices: [], text: this.text, citations: [] };
  }
  get isDirty() {
    return this.edit.isDirty;
  }
  type(words) {
    this.text += words;
    this.edit.isTouched = true;
    this.isStopped = false;
  }
  begin() {
    return { ...this.edit.begin(), item: this };
  }
  slow() {}
  lost() {
    this.edit.lost();
  }
  saved(facts) {
    if (facts.status === "conflict") {
      this.conflicts += 1;
      this.edit.notSaved();
      this.isStopped = true;
    } else this.edit.saved(facts);
  }
  stop() {
    this.edit.notSaved();
    this.isStopped = true;
  }
  refused() {
    this.stop();
  }
}

function transport({ item, ...attempt }) {
  const json = (facts) => ({ type: "basic", status: 200, facts, retryAfter: 0 });
  const fault = item.faults.shift() ?? "none";
  const { server, timers } = item;
  if (fault === "lost") return Promise.reject(new TypeError("Failed to fetch"));
  if (fault === "hang") return new Promise(() => {});
  if (fault === "html" || fault === "page of a hotel") return Promise.resolve({ type: "basic", status: fault === "html" ? 502 : 200, facts: null });
  if (fault === "500") return Promise.resolve({ type: "basic", status: 500, facts: null });
  if (fault === "503") return Promise.resolve({ type: "basic", status: 503, facts: null, retryAfter: 7 });
  if (fault === "413 by a proxy") return Promise.resolve({ type: "basic", status: 413, facts: null });
  if (fault === "late") {
    // It arrives when the page has long given up.
    timers.setTimeout(() => server.take(attempt), 45000);
    return new Promise(() => {});
  }
  const facts = server.take(attempt);
  if (fault === "cut head" || fault === "cut body") return Promise.reject(new TypeError("network error"));
  return new Promise((resolve) => timers.setTimeout(() => resolve(json(facts)), 50));
}

const steps = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant("type"), item: fc.nat(1), wait: fc.constantFrom(1, 40, 800, 5000) }),
    fc.record({ act: fc.constantFrom("focus", "wait"), item: fc.constant(0), wait: fc.constantFrom(1, 900, 31000, 61000) }),
  ),
  { minLength: 1, maxLength: 25 },
);

test("nothing that was typed is missing on the server, and nobody is told of a colleague who is not there", async () => {
  let typed = 0;
  let injected = 0;
  await fc.assert(
    fc.asyncProperty(steps, fc.array(fc.constantFrom(...FAULTS), { maxLength: 30 }), async (schedule, faults) => {
      const timers = new Timers();
      const items = [0, 1].map((place) => new Item(new Server(), faults.filter((_, index) => index % 2 === place), timers));
      const queue = new SaveQueue({ transport, timers });
      let count = 0;
      for (const { act, item, wait } of schedule) {
        if (act === "type") {
          items[item].type(`w${++count} `);
          queue.add(items[item]);
          assert.ok(items[item].isDirty, "leaving must warn");
        }
        if (act === "focus") queue.retry();
        await timers.pass(wait);
        for (const each of items) {
          const stored = each.server.revisions.at(-1)?.content.text ?? "";
          if (stored !== each.text) assert.ok(each.isDirty, "said to be saved, and is not on the server");
        }
      }
      injected += faults.length;
      for (const item of items) item.faults.length = 0;
      for (let round = 0; round < 3; round += 1) {
        for (const item of items) {
          item.isStopped = false;
          if (item.isDirty) queue.add(item);
        }
        queue.retry();
        await timers.pass(400000);
      }
      for (const item of items) {
        typed += item.text.length;
        assert.equal(item.conflicts, 0, "told of a colleague who is not there");
        assert.equal(item.server.revisions.at(-1)?.content.text ?? "", item.text);
        assert.equal(item.isDirty, false);
      }
      assert.equal(queue.state, "idle");
    }),
    { numRuns },
  );
  console.log(`send queue: ${numRuns} schedules, ${typed} characters typed, 0 lost, up to ${injected} faults`);
});

test("a page that is not open to the person any more sends nothing", async () => {
  for (const [reply, lock] of [
    [{ type: "opaqueredirect", status: 0, facts: null }, "signedOut"],
    [{ type: "basic", status: 401, facts: null }, "signedOut"],
    [{ type: "basic", status: 403, facts: { is_stale: true }, lock: "signedOut" }, "signedOut"],
    [{ type: "basic", status: 403, facts: { reason: "Sent." }, lock: "refused" }, "refused"],
    [{ type: "basic", status: 404, facts: {}, lock: "ended" }, "ended"],
  ]) {
    const timers = new Timers();
    const locks = [];
    let asked = 0;
    const isSignedOut = async () => true;
    const item = new Item(new Server(), [], timers);
    const queue = new SaveQueue({ transport: async () => (asked++, reply), timers, isSignedOut, onLocked: (...told) => locks.push(told[0]) });
    item.type("words");
    queue.add(item);
    await timers.pass(100000);
    queue.add(item);
    queue.retry();
    await timers.pass(100000);
    assert.deepEqual([locks, asked, queue.state, item.isDirty], [[lock], 1, "locked", true]);
  }
});

test("a text that is not there any more stops its own box and locks no page", async () => {
  const gone = { type: "basic", status: 404, facts: null, lock: undefined, isElsewhere: true };
  const timers = new Timers();
  const locks = [];
  const stopped = [];
  const [item, other] = [new Item(new Server(), [], timers), new Item(new Server(), [], timers)];
  item.stop = (reason) => (stopped.push(reason), (item.isStopped = true));
  const transport = async (attempt) => (attempt.item === item ? gone : { type: "basic", status: 200, facts: other.server.take(attempt) });
  const queue = new SaveQueue({ transport, timers, onLocked: (lock) => locks.push(lock) });
  for (const each of [item, other]) {
    each.type("words");
    queue.add(each);
  }
  await timers.pass(100000);
  assert.deepEqual([locks, stopped, queue.state, other.isDirty], [[], ["elsewhere"], "idle", false]);
});

test("what is not the word of our server decides nothing", () => {
  const facts = [null, {}, { message: "no Route matched" }, { reason: "Forbidden" }, { is_stale: true }, { errors: [{ title: "No" }] }];
  const others = facts.flatMap((each) => [200, 403, 404, 422].map((status) => ({ status, facts: each })));
  for (const reply of [null, ...others, ...[408, 429, 500, 502, 503, 504].map((status) => ({ status, facts: null }))]) {
    assert.equal(outcomeOf(reply).kind, "again", JSON.stringify(reply));
  }
});

test("a redirect or a 401 that does not come from our own sign-in is tried again", async () => {
  const answers = { no: async () => false, lost: () => Promise.reject(new TypeError("Failed to fetch")), never: () => new Promise(() => {}) };
  for (const isSignedOut of Object.values(answers)) {
    for (const foreign of [{ type: "opaqueredirect", status: 0, facts: null }, { type: "basic", status: 401, facts: null }]) {
      const timers = new Timers();
      const item = new Item(new Server(), [], timers);
      const locks = [];
      let asked = 0;
      const queue = new SaveQueue({
        transport: async (attempt) => (asked++ ? transport(attempt) : foreign),
        timers,
        isSignedOut,
        onLocked: (lock) => locks.push(lock),
      });
      item.type("words");
      queue.add(item);
      await timers.pass(100000);
      assert.deepEqual([locks, item.isDirty, item.server.revisions.at(-1)?.content.text], [[], false, "words"]);
    }
  }
});

test("only our own mark says that a page is closed", () => {
  const reply = (mark) => ({ type: "basic", status: 404, headers: new Headers(mark) });
  const marks = [{ "X-Closed": "ended" }, { "X-Closed": "refused" }, { "X-Closed": "stale" }, { "X-Closed": "signed-out" }, { "X-Closed": "?" }, {}];
  assert.deepEqual(marks.map((mark) => lockOf(reply(mark))), ["ended", "refused", "signedOut", "signedOut", undefined, undefined]);
});

test("a pause is as long as the server asks", async () => {
  const timers = new Timers();
  let asked = 0;
  const queue = new SaveQueue({ transport: async () => (asked++, { status: 503, facts: null, retryAfter: 120 }), timers });
  const item = new Item(new Server(), [], timers);
  item.type("words");
  queue.add(item);
  await timers.pass(119000);
  assert.equal(asked, 1);
  await timers.pass(2000);
  assert.equal(asked, 2);
});

test("a colleague's words come into the box beside what is being typed", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c", " ", "é", "ش"), { maxLength: 12 }).map((signs) => signs.join(""));
  const runs = fc.array(fc.tuple(fc.constantFrom("same", "added", "removed"), words.filter(Boolean)), { maxLength: 6 });
  fc.assert(
    fc.property(runs, fc.nat(40), words, (given, place, typed) => {
      const sent = given.filter(([change]) => change !== "added").map(([, each]) => each).join("");
      const stored = given.filter(([change]) => change !== "removed").map(([, each]) => each).join("");
      assert.equal(applied(given, sent, sent), stored);
      const at = Math.min(place, sent.length);
      const now = sent.slice(0, at) + typed + sent.slice(at);
      const joined = applied(given, sent, now);
      if (joined === null || now === sent) return;
      assert.equal(joined.length, stored.length + typed.length);
      const starts = [...joined].map((_, start) => start);
      assert.ok([...starts, joined.length].some((start) => joined.slice(0, start) + joined.slice(start + typed.length) === stored));
    }),
    { numRuns },
  );
  assert.equal(applied([["added", "New. "], ["same", "Old text."]], "Old text.", "Old text. More"), "New. Old text. More");
  assert.equal(applied([["same", "Old "], ["removed", "text"], ["added", "words"]], "Old text", "Old texts"), null);
});

test("two texts of one person in one box are both there", () => {
  assert.equal(both("", "kept"), "kept");
  assert.equal(both("kept and more", "kept"), "kept and more");
  assert.equal(both("here", "kept"), "here\n\nkept");
});

test("who waits for a save longer than ten seconds is told so, and nobody else", async () => {
  for (const [faults, times] of [[["hang"], 1], [["none"], 0]]) {
    const timers = new Timers();
    const item = new Item(new Server(), faults, timers);
    const told = [];
    item.slow = () => told.push(timers.now);
    const queue = new SaveQueue({ transport, timers });
    item.type("words");
    queue.add(item);
    await timers.pass(SLOW - 1);
    assert.deepEqual(told, []);
    await timers.pass(2000);
    assert.equal(told.length, times);
  }
});
