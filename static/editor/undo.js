// What the person has done, to be taken back and done again: texts and selections, one for each pause in typing, for
// some seconds of it without one, and for what is pasted. What comes from elsewhere ends it, as in a plain field, for to
// take back one's own words must not take a colleague's.
import { Plugin, TextSelection } from "prosemirror-state";

const PAUSE = 600; // milliseconds
const LONGEST = 5000;
const MOST = 200;
const none = { done: [], undone: [], at: 0, since: 0 };
const held = ({ doc, selection }) => ({ doc, selection });
const plugin = new Plugin({
  state: {
    init: () => none,
    apply(change, past, before) {
      const meta = change.getMeta(plugin);
      if (meta) return meta;
      if (!change.docChanged) return past;
      const { time } = change;
      const isWhole = Boolean(change.getMeta("uiEvent")); // pasted or cut: a step by itself
      const goesOn = !isWhole && time - past.at < PAUSE && time - past.since < LONGEST && past.done.length && !past.undone.length;
      if (goesOn) return { ...past, at: time };
      return { done: [...past.done, held(before)].slice(-MOST), undone: [], at: isWhole ? 0 : time, since: time };
    },
  },
});

const stepped = (from, to) => (state, dispatch) => {
  const past = plugin.getState(state);
  const { doc, selection } = past[from].at(-1) ?? {};
  if (!doc) return false;
  dispatch?.(replaced(state, doc, selection).setMeta(plugin, { ...past, [from]: past[from].slice(0, -1), [to]: [...past[to], held(state)], at: 0 }).scrollIntoView());
  return true;
};

// The change that makes `doc` of what stands there, touching no more than where they differ.
export function replaced(state, doc, selection) {
  const start = state.doc.content.findDiffStart(doc.content);
  if (start === null) return state.tr;
  let { a, b } = state.doc.content.findDiffEnd(doc.content);
  const overlap = start - Math.min(a, b);
  if (overlap > 0) [a, b] = [a + overlap, b + overlap];
  let change = state.tr.replace(start, a, doc.slice(start, b));
  if (!change.doc.eq(doc)) change = state.tr.replaceWith(0, state.doc.content.size, doc.content);
  return selection ? change.setSelection(TextSelection.between(change.doc.resolve(selection.anchor), change.doc.resolve(selection.head))) : change;
}

export const undo = stepped("done", "undone");
export const redo = stepped("undone", "done");
export const history = () => plugin;
// Of a change that comes from elsewhere.
export const forgotten = (change) => change.setMeta(plugin, none);
