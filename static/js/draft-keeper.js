// The journal of this browser: every text that is being written and that the server does not have yet, one entry for
// each page that is open and each place in it. "Kept" is said only once the browser has written it to disk.
import { openDB } from "../vendor/idb.js";

const NAME = "drafts";
const TEXTS = "texts";
const STRICT = { durability: "strict" };
const LIVES = "draft-page:"; // the name of a lock that a page holds as long as it lives
// The practice portal has cookies of its own, for a browser keeps those of all ports of one host together.
export const COOKIES_OF = "practice" in document.documentElement.dataset ? "practice_" : "";
const COOKIE = new RegExp(`(?:^|; )((?:__Host-)?${COOKIES_OF}drafts_done_([\\w-]+))=`, "g"); // core/web/drafts.py
const LONGEST_WAIT = 1000; // milliseconds that a person waits for the browser's store

const person = document.body.dataset.person ?? "";
const page = newKey();
const channel = globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;
let isClosed = false; // the person has signed out, in whichever page: nothing is kept any more

// A random name that nobody else gives.
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // a page without TLS
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

// An address in any language, with what it says of the page and without where the reader came from.
export function addressOf(url) {
  const { pathname, searchParams } = new URL(url, location.href);
  for (const name of ["kept", "next"]) searchParams.delete(name);
  const query = searchParams.toString();
  return pathname.replace(/^\/[a-z]{2}(?=\/)/, "") + (query ? `?${query}` : "");
}

let opening = null;
function database() {
  const forget = () => (opening = null);
  opening ??= openDB(NAME, 1, {
    upgrade: (fresh) => fresh.createObjectStore(TEXTS, { keyPath: "id" }),
    terminated: forget,
  });
  opening.catch(forget);
  return opening;
}

// Others see by this whether an entry's page is still open (then it is that page's own affair).
navigator.locks?.request(LIVES + page, () => new Promise(() => {}));

async function openPages() {
  const { held = [] } = (await navigator.locks?.query().catch(() => ({}))) ?? {};
  return new Set(held.map(({ name }) => name).filter((name) => name.startsWith(LIVES)).map((name) => name.slice(LIVES.length)));
}

// place -> { key, wanted: draft or null, written: the draft on disk, replaced: ids of entries that go with the next
// writing, isWriting, hasFailed }
const places = new Map();
const listeners = new Set();

function facts(place) {
  if (!places.has(place)) anew(place);
  return places.get(place);
}

const idOf = (place, key) => `${page} ${key} ${place}`;

// The key of what is written at a place. It goes along when it is sent, and the server confirms it (core/web/drafts.py).
export const keyOf = (place) => facts(place).key;

// What is written from now on at a place is another text: the one before was sent, and may be confirmed. With a key:
// the text of that key goes on here.
export function anew(place, key = newKey()) {
  places.set(place, { key, wanted: null, written: null, replaced: [], isWriting: false, hasFailed: false });
}

// Keep what is being written at a place. draft: { content, words: [[label, text]] } and what else can be cloned.
// replaced: the ids of entries that hold the same text. They go in the same transaction, so that it is on disk in one or
// the other whatever happens (a full disk, a browser that is killed).
export function keep(place, draft, replaced = []) {
  if (draft) askToLast();
  facts(place).replaced.push(...replaced);
  facts(place).wanted = draft;
  return write(place);
}

// The server has it, or the person threw it away.
export function drop(place, replaced = []) {
  return keep(place, null, replaced);
}

// Whether what was last given for the place is on disk: "kept", "writing", or "failed".
export function stateOf(place) {
  const { wanted, written, hasFailed } = facts(place);
  if (wanted !== null && wanted === written && !isClosed) return "kept";
  return hasFailed || isClosed ? "failed" : "writing";
}

// Whether all that was given in this page and that the server does not have is on disk now.
export async function isAllKept() {
  try {
    const there = new Set(await (await database()).getAllKeys(TEXTS));
    const wanted = [...places].filter(([, entry]) => entry.wanted !== null);
    return wanted.length > 0 && wanted.every(([place, entry]) => entry.wanted === entry.written && there.has(idOf(place, entry.key)));
  } catch {
    return false;
  }
}

// told(place): after each writing, and when one failed.
export const onKept = (told) => listeners.add(told);

async function write(place) {
  const entry = facts(place);
  if (entry.isWriting) return; // its end looks again
  Object.assign(entry, { isWriting: true, hasFailed: false });
  try {
    while ((entry.wanted !== entry.written || entry.replaced.length) && !isClosed) {
      const draft = entry.wanted;
      const replaced = [...entry.replaced];
      const id = idOf(place, entry.key);
      const { store, done } = (await database()).transaction(TEXTS, "readwrite", STRICT);
      const about = { id, key: entry.key, page, place, person, at: Date.now(), ...whereabouts() };
      const written = draft ? store.put({ ...draft, ...about }) : store.delete(id);
      await Promise.all([written, ...replaced.map((old) => store.delete(old)), done]);
      entry.written = draft;
      entry.replaced.splice(0, replaced.length);
    }
  } catch {
    entry.hasFailed = true; // no store for us, or it is full: the text is on the page, which says so and warns
  }
  entry.isWriting = false;
  for (const told of listeners) told(place);
}

// The title of the page without the name of the portal.
const whereabouts = () => ({ path: addressOf(location.href), title: document.title.split(" – ").slice(0, -1).join(" – ").trim() });

// The page is about to send the text of this place by itself, and the next page of the tab will say what came of it.
export function sending(place) {
  inTab((memory) => memory.setItem(SENT, JSON.stringify([keyOf(place)])));
}

// A browser that runs out of room clears what pages keep, but for those to which it has promised not to. It is asked
// once in a tab, for some ask the person in turn. Where it refuses, or knows no such thing, all is kept as before.
let hasAsked = false;
async function askToLast() {
  if (hasAsked || inTab((memory) => memory.getItem(ASKED))) return;
  hasAsked = true;
  inTab((memory) => memory.setItem(ASKED, "1"));
  try {
    await navigator.storage?.persist?.();
  } catch {
    // It is not said to anybody: "kept" is true all the same (docs/autosave.md).
  }
}

const ASKED = "drafts-asked"; // in the memory of the tab: whether the browser was asked to let them last
const SENT = "drafts-sent"; // in the memory of the tab: the keys of what its last page sent
function inTab(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // a browser without a memory for us
  }
}
const sent = new Set(JSON.parse(inTab((memory) => memory.getItem(SENT)) ?? "[]"));
// The keys of texts that the server has confirmed to this tab, the newest of them.
const DONE = "drafts-done";
const MOST_DONE = 50;
const confirmed = [...JSON.parse(inTab((memory) => memory.getItem(DONE)) ?? "[]"), ...namesDone()].slice(-MOST_DONE);
inTab((memory) => memory.setItem(DONE, JSON.stringify(confirmed)));
export const isConfirmed = (key) => confirmed.includes(key);

// A page between, such as one that asks for the sign-in once more, leaves it to the next.
if (document.querySelector("main textarea:not([readonly])")) inTab((memory) => memory.removeItem(SENT));

// told(entries): what pages of this person have left that are not open any more, the oldest first; once now, and once
// more for each page that is still open and ends (the lock of the page before may be held a moment longer than the page).
export async function onLeft(told) {
  const seen = new Set();
  const look = async (open) => {
    const entries = (await leftBehind(open)).filter(({ id }) => !seen.has(id));
    for (const { id } of entries) seen.add(id);
    if (entries.length) told(entries);
  };
  await heeded;
  const open = await openPages();
  await look(open);
  for (const other of open) {
    if (other === page) continue;
    navigator.locks.request(LIVES + other, { mode: "shared" }, async () => {
      open.delete(other);
      await heed().catch(() => {}); // what it sent at its end may have arrived meanwhile
      await look(open);
    });
  }
}

async function leftBehind(open) {
  try {
    const all = await (await database()).getAll(TEXTS);
    const ended = (entry) => entry.page !== page && (!open.has(entry.page) || sent.has(entry.key));
    return all.filter((entry) => entry.person === person && ended(entry)).sort((one, other) => one.at - other.at);
  } catch {
    return [];
  }
}

export async function remove(ids) {
  const transaction = (await database()).transaction(TEXTS, "readwrite", STRICT);
  await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
}

// How many texts of this person are not on the server, whichever page they belong to; null where the store does not
// answer in time, which says nothing of what is in it.
export function countOwn() {
  const counting = database()
    .then((store) => store.getAll(TEXTS))
    .then((all) => all.filter((entry) => entry.person === person).length);
  const late = new Promise((resolve) => setTimeout(() => resolve(null), LONGEST_WAIT));
  return Promise.race([counting.catch(() => 0), late]);
}

function namesDone() {
  return [...document.cookie.matchAll(COOKIE)].map(([, , done]) => done);
}

// The server has confirmed (core/web/drafts.py) that it has the text of this key, or that a person has signed out.
async function heed() {
  for (const [, name, done] of document.cookie.matchAll(COOKIE)) {
    const all = await (await database()).getAll(TEXTS);
    await remove(all.filter((entry) => [entry.key, `person-${entry.person}`].includes(done)).map(({ id }) => id));
    document.cookie = `${name}=; Path=/; Max-Age=0; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
    if (done.startsWith("person-")) channel?.postMessage(done);
  }
}

channel?.addEventListener("message", ({ data }) => {
  if (data === `person-${person}`) isClosed = true;
});

const heeded = heed().catch(() => {});
