// What the buttons and keys do, and which marks and forms stand where the cursor is.
import { chainCommands, deleteSelection, joinBackward, joinForward, lift, liftEmptyBlock, newlineInCode, selectAll, selectNodeBackward, selectNodeForward, setBlockType, splitBlock, toggleMark, wrapIn } from "prosemirror-commands";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { schema } from "./schema.js";
import { addColumn, addRow, insertTable, removeColumn, removeRow, removeTable, tableAt, toCell } from "./tables.js";
import { redo, undo } from "./undo.js";

const { bullet_list, ordered_list, list_item, heading, paragraph, blockquote, hard_break, source } = schema.nodes;
const { strong, em, link } = schema.marks;

function around(state, ...types) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if (types.includes($from.node(depth).type)) return { node: $from.node(depth), at: $from.before(depth) };
  return null;
}

// A list of this kind; one of the other kind becomes it; one of this kind is none again.
const list = (type) => (state, dispatch) => {
  const here = around(state, bullet_list, ordered_list);
  if (!here) return wrapInList(type)(state, dispatch);
  if (here.node.type === type) return liftListItem(list_item)(state, dispatch);
  dispatch?.(state.tr.setNodeMarkup(here.at, type));
  return true;
};

const quote = (state, dispatch) => (around(state, blockquote) ? lift(state, dispatch) : wrapIn(blockquote)(state, dispatch));
const title = (state, dispatch) => (around(state, heading) ? setBlockType(paragraph)(state, dispatch) : setBlockType(heading, { level: 1 })(state, dispatch));

function breakLine(state, dispatch) {
  if (!state.selection.$from.parent.type.spec.content.startsWith("inline") || around(state, heading)) return false;
  dispatch?.(state.tr.replaceSelectionWith(hard_break.create()).scrollIntoView());
  return true;
}

const inTable = (command) => (state, dispatch) => Boolean(tableAt(state)) && command(state, dispatch);

export const acts = {
  strong: toggleMark(strong),
  em: toggleMark(em),
  bullet_list: list(bullet_list),
  ordered_list: list(ordered_list),
  blockquote: quote,
  heading: title,
  table: insertTable,
  addRow: inTable(addRow),
  removeRow: inTable(removeRow),
  addColumn: inTable(addColumn),
  removeColumn: inTable(removeColumn),
  removeTable: inTable(removeTable),
};

// Which acts are "on" where the cursor is.
export function isOn(state, act) {
  if (act === "link") return Boolean(linkAt(state));
  const mark = schema.marks[act];
  if (mark) {
    const { from, to, empty, $from } = state.selection;
    return empty ? Boolean(mark.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, mark);
  }
  if (act.endsWith("_list")) return around(state, bullet_list, ordered_list)?.node.type.name === act;
  return Boolean(schema.nodes[act] && around(state, schema.nodes[act]));
}

// The link at the cursor, or the first in what is chosen: { from, to, href }.
export function linkAt(state) {
  const { $from, $to, from, to, empty } = state.selection;
  const { parent } = $from;
  const start = $from.start();
  let found = null;
  if (!$from.sameParent($to) || !parent.inlineContent) {
    state.doc.nodesBetween(from, to, ({ marks }) => {
      const mark = link.isInSet(marks);
      if (mark) found ??= { from, to, href: mark.attrs.href };
    });
    return found;
  }
  parent.forEach((node, offset) => {
    const mark = link.isInSet(node.marks);
    const [begins, ends] = [start + offset, start + offset + node.nodeSize];
    if (!mark) return;
    if (found && found.to === begins && found.href === mark.attrs.href) found.to = ends;
    else if (empty ? begins <= from && ends >= to : begins < to && ends > from) found ??= { from: begins, to: ends, href: mark.attrs.href };
  });
  return found;
}

export function mayLink({ selection: { $from, empty } }) {
  return $from.parent.inlineContent ? $from.parent.type.allowsMarkType(link) : !empty;
}

export function setLink(state, dispatch, { from, to }, href) {
  const tr = state.tr.removeMark(from, to, link);
  if (href && from === to) tr.insertText(href, from);
  if (href) tr.addMark(from, from === to ? from + href.length : to, link.create({ href }));
  dispatch(tr.removeStoredMark(link));
}

// --- keys: by the letter on the key, or by its place where the letter is of another script

const back = chainCommands(deleteSelection, joinBackward, selectNodeBackward);
const mod = { a: selectAll, b: acts.strong, i: acts.em, z: undo, y: redo };
const plain = {
  Enter: chainCommands(toCell(1), acts.addRow, splitListItem(list_item), newlineInCode, liftEmptyBlock, splitBlock),
  Tab: chainCommands(toCell(1), sinkListItem(list_item)),
  Backspace: back,
  Delete: chainCommands(deleteSelection, joinForward, selectNodeForward),
};
const shifted = { Tab: chainCommands(toCell(-1), liftListItem(list_item)), Enter: chainCommands(breakLine, inTable(() => true)), Backspace: back };

export function commandOf(event) {
  const isMod = event.ctrlKey || event.metaKey;
  if (event.altKey) return null;
  if (!isMod) return (event.shiftKey ? shifted : plain)[event.key] ?? null;
  const letter = letterOf(event);
  if (event.shiftKey) return { z: redo, 7: acts.ordered_list, 8: acts.bullet_list }[letter] ?? null;
  if (event.key === "Enter") return breakLine;
  return mod[letter] ?? null;
}

export function letterOf({ key, code }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1].toLowerCase() ?? "";
}

// "- " and "1. " begin a list, "> " a quotation, "# " a heading, as they do in the plain field.
const typed = [
  [/^[-*+•]$/, acts.bullet_list],
  [/^1[.)]$/, acts.ordered_list],
  [/^>$/, wrapIn(blockquote)],
  [/^#$/, setBlockType(heading, { level: 1 })],
];

export function afterSpace(view, from) {
  const { state } = view;
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 1 || $from.parent.type !== paragraph) return false;
  const before = $from.parent.textContent.slice(0, $from.parentOffset);
  const [, command] = typed.find(([sign]) => sign.test(before)) ?? [];
  if (!command?.(state)) return false;
  view.dispatch(state.tr.delete(from - before.length, from));
  command(view.state, view.dispatch);
  return true;
}

// "**words**" are bold as the last star is typed, as they are in the plain field.
export function afterStar({ state, dispatch }, from) {
  const { $from, empty } = state.selection;
  const [found] = /\*\*(?! )[^*\n]+(?<! )\*$/.exec(state.doc.textBetween($from.start(), from, "\n", "\n")) ?? [];
  if (!empty || !found || isSource(state)) return false;
  const start = from - found.length;
  dispatch(state.tr.delete(from - 1, from).addMark(start + 2, from - 1, strong.create()).delete(start, start + 2).removeStoredMark(strong));
  return true;
}

export const isSource = (state) => state.selection.$from.parent.type === source;
