// The journal of this browser: every text that is being written and that the server does not have yet, one entry for
// each page that is open and each place in it. "Kept" is said only once the browser has written it to disk.
import { openDB } from "../vendor/idb.js";

const NAME = "drafts";
const TEXTS = "texts";
const STRICT = { durability: "strict" };
const LIVES = "draft-page:"; // the name of a lock that a page holds as long as it lives
const SENT = "drafts-sent"; // in the memory of the tab: the keys of what its last page sent

const person = document.body.dataset.person ?? "";
const page = newKey();
const pathInAnyLanguage = location.pathname.replace(/^\/[a-z]{2}(?=\/)/, "");

// A random name that nobody else gives.
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // a page without TLS
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

let opening = null;
function database() {
  opening ??= openDB(NAME, 1, { upgrade: (fresh) => fresh.createObjectStore(TEXTS, { keyPath: "id" }) });
  return opening;
}

// Others see by this whether an entry's page is still open (then it is that page's own affair).
navigator.locks?.request(LIVES + page, () => new Promise(() => {}));

async function openPages() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map(({ name }) => name).filter((name) => name.startsWith(LIVES)).map((name) => name.slice(LIVES.length)));
}

const places = new Map(); // place -> { wanted: draft or null, written: the draft on disk, isWriting }
const listeners = new Set();

function facts(place) {
  if (!places.has(place)) places.set(place, { key: newKey(), wanted: null, written: null, isWriting: false, hasFailed: false });
  return places.get(place);
}

const idOf = (place) => `${page} ${place}`;

// The key of what is written at a place. It goes along when it is sent, and the server confirms it (core/drafts.py).
export const keyOf = (place) => facts(place).key;

// Keep what is being written at a place. draft: { content, words: [[label, text]] } and what else can be cloned.
export function keep(place, draft) {
  facts(place).wanted = draft;
  write(place);
}

// The server has it, or the person threw it away.
export function drop(place) {
  facts(place).wanted = null;
  write(place);
}

// Whether what was last given for the place is on disk: "kept", "writing", or "failed".
export function stateOf(place) {
  const { wanted, written, hasFailed } = facts(place);
  if (wanted !== null && wanted === written) return "kept";
  return hasFailed ? "failed" : "writing";
}

// Whether all that was given is on disk; true also where nothing was.
export const isAllKept = () => [...places.values()].every(({ wanted, written }) => wanted === written);

// told(place): after each writing, and when one failed.
export const onKept = (told) => listeners.add(told);

async function write(place) {
  const entry = facts(place);
  if (entry.isWriting) return; // its end looks again
  Object.assign(entry, { isWriting: true, hasFailed: false });
  try {
    while (entry.wanted !== entry.written) {
      const draft = entry.wanted;
      const transaction = (await database()).transaction(TEXTS, "readwrite", STRICT);
      if (draft) transaction.store.put({ ...draft, id: idOf(place), key: entry.key, page, place, person, at: Date.now(), ...whereabouts() });
      else transaction.store.delete(idOf(place));
      await transaction.done;
      entry.written = draft;
    }
  } catch {
    entry.hasFailed = true; // no store for us, or it is full: the text is on the page, which says so and warns
  }
  entry.isWriting = false;
  for (const told of listeners) told(place);
}

// The title of the page without the name of the portal.
const whereabouts = () => ({ path: pathInAnyLanguage, title: document.title.split(" – ").slice(0, -1).join(" – ").trim() });

// The page is about to send the text of this place by itself, and the next page of the tab will say what came of it.
export function sending(place) {
  sessionStorage.setItem(SENT, JSON.stringify([keyOf(place)]));
}

const sent = new Set(JSON.parse(sessionStorage.getItem(SENT) ?? "[]"));
sessionStorage.removeItem(SENT);
export const wasSent = ({ key }) => sent.has(key);

// What pages of this person that are not open any more have left, the oldest first.
export async function leftBehind() {
  try {
    const [all, open] = await Promise.all([(await database()).getAll(TEXTS), openPages()]);
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

// How many texts of this person are not on the server, whichever page they belong to.
export async function countOwn() {
  try {
    return (await (await database()).getAll(TEXTS)).filter((entry) => entry.person === person).length;
  } catch {
    return 0;
  }
}

// The server has confirmed (core/drafts.py) that it has the text of this key, or that a person has signed out.
async function heed() {
  const [, name, value] = document.cookie.match(/(?:^|; )((?:__Host-)?drafts_done)=([^;]*)/) ?? [];
  if (!name) return;
  const done = decodeURIComponent(value);
  const all = await (await database()).getAll(TEXTS);
  await remove(all.filter((entry) => [entry.key, `person:${entry.person}`].includes(done)).map(({ id }) => id));
  document.cookie = `${name}=; Path=/; Max-Age=0; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
}

export const heeded = heed().catch(() => {});
