// The editor over fields for long text (static/editor): fetched once the first of them comes near or is gone to. Until
// then, without scripts, and where it cannot be fetched, the field itself is there.
import { tell, withoutUnseen } from "./unseen.js";

const NEAR = "300px";
const PLAIN = "editor-plain"; // static/editor/tools.js
const template = document.querySelector("template[data-editor-tools]");
const boxes = template ? [...document.querySelectorAll("textarea[data-editor]:not([readonly])")] : [];

function isPlain() {
  try {
    return localStorage.getItem(PLAIN) === "1";
  } catch {
    return false;
  }
}

// The editor, or nothing where it cannot be fetched: without a connection, or on a page that is being left.
const fetched = () => import("../vendor/editor.js").catch(() => null);

// Until no button of the pointer is down: an editor is taller than its field, and what is pressed must not move away.
let isPressed = false;
for (const name of ["pointerdown", "pointerup", "pointercancel"])
  document.addEventListener(name, () => (isPressed = name === "pointerdown"), { capture: true });

async function released() {
  while (isPressed) await new Promise((done) => setTimeout(done, 50));
}

async function put(box) {
  if (waiting.has(box)) return;
  waiting.add(box);
  near.unobserve(box);
  const editing = await fetched();
  if (!editing) {
    waiting.delete(box); // the field goes on as it is; some browsers ask again when it is gone to
    return;
  }
  // Who has begun to type goes on in the field, and finds the editor when coming back.
  if (document.activeElement === box && typedIn.has(box)) await new Promise((done) => box.addEventListener("blur", done, { once: true }));
  await released();
  if (box.readOnly) return; // the page was locked meanwhile (lock-out.js)
  const hadFocus = document.activeElement === box;
  const isAtEnd = box.selectionStart === box.value.length;
  const editor = editing.mount(box, template.content.firstElementChild.cloneNode(true), { withoutUnseen, tell });
  editor.setPlain(isPlain());
  if (hadFocus && isAtEnd) box.setSelectionRange(box.value.length, box.value.length);
  if (hadFocus) box.focus();
}

const waiting = new Set();
const typedIn = new WeakSet(); // by the person: what a script puts there (a kept draft) is shown in the editor at once
const near = boxes.length ? new IntersectionObserver((seen) => seen.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => put(target)), { rootMargin: NEAR }) : null;
for (const box of boxes) {
  near.observe(box);
  box.addEventListener("focus", () => put(box));
  for (const name of ["input", "compositionstart"]) box.addEventListener(name, ({ isTrusted }) => isTrusted && typedIn.add(box));
}
