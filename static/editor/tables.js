// Tables as Markdown has them: a first row of headings, then rows of as many cells, each with words alone.
import { TextSelection } from "prosemirror-state";
import { schema } from "./schema.js";

const { table, table_head, table_row, table_header, table_cell } = schema.nodes;
const COLUMNS = 3;
const row = (type, kind, width) => type.create(null, Array.from({ length: width }, () => kind.create()));

// Where the cursor is in a table: { node, at: before the table, row, column }, or null.
export function tableAt({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type !== table) continue;
    return { node: $from.node(depth), at: $from.before(depth), row: $from.index(depth), column: $from.index(depth + 1) };
  }
  return null;
}

export function insertTable(state, dispatch) {
  const { $from } = state.selection;
  if (tableAt(state) || $from.depth === 0) return false;
  const at = $from.after(1);
  const fresh = table.create(null, [row(table_head, table_header, COLUMNS), row(table_row, table_cell, COLUMNS), row(table_row, table_cell, COLUMNS)]);
  const isEmpty = $from.depth === 1 && !$from.parent.childCount;
  const change = isEmpty ? state.tr.replaceWith($from.before(1), at, fresh) : state.tr.insert(at, fresh);
  const start = isEmpty ? $from.before(1) : at;
  if (start + fresh.nodeSize === change.doc.content.size) change.insert(change.doc.content.size, schema.nodes.paragraph.create());
  dispatch?.(change.setSelection(TextSelection.create(change.doc, start + 3)).scrollIntoView());
  return true;
}

// Each changes the rows of the table, and says where the cursor stands then.
function changing(change) {
  return (state, dispatch) => {
    const place = tableAt(state);
    const next = place && change(place);
    if (!next) return false;
    if (dispatch) {
      const tr = state.tr;
      const end = place.at + place.node.nodeSize;
      if (!next.rows.length) tr.replaceWith(place.at, end, schema.nodes.paragraph.create());
      else tr.replaceWith(place.at, end, table.create(null, next.rows));
      const cursor = next.rows.length ? cellAt(tr.doc.nodeAt(place.at), place.at, next.row, next.column) : place.at + 1;
      dispatch(tr.setSelection(TextSelection.create(tr.doc, cursor)).scrollIntoView());
    }
    return true;
  };
}

const rowsOf = ({ node }) => Array.from({ length: node.childCount }, (_, place) => node.child(place));
const widthOf = (rows) => Math.max(...rows.map((each) => each.childCount));

function cellAt(node, at, toRow, toColumn) {
  let place = at + 1;
  for (let each = 0; each < toRow; each += 1) place += node.child(each).nodeSize;
  place += 1;
  for (let each = 0; each < toColumn; each += 1) place += node.child(toRow).child(each).nodeSize;
  return place + 1;
}

export const addRow = changing((place) => {
  const rows = rowsOf(place);
  rows.splice(place.row + 1, 0, row(table_row, table_cell, widthOf(rows)));
  return { rows, row: place.row + 1, column: 0 };
});

export const removeRow = changing((place) => {
  const rows = rowsOf(place);
  if (place.row === 0) return null; // the headings
  rows.splice(place.row, 1);
  return { rows, row: Math.min(place.row, rows.length - 1), column: Math.min(place.column, rows.at(-1).childCount - 1) };
});

export const addColumn = changing((place) => ({
  rows: rowsOf(place).map((each) => {
    const cells = cellsOf(each);
    cells.splice(place.column + 1, 0, kindOf(each).create());
    return each.copy(each.content.constructor.from(cells));
  }),
  row: place.row,
  column: place.column + 1,
}));

export const removeColumn = changing((place) => {
  const rows = rowsOf(place);
  if (widthOf(rows) === 1) return null;
  const left = rows.map((each) => {
    const cells = cellsOf(each);
    cells.splice(place.column, 1);
    return each.copy(each.content.constructor.from(cells.length ? cells : [kindOf(each).create()]));
  });
  return { rows: left, row: place.row, column: Math.min(place.column, left[place.row].childCount - 1) };
});

export const removeTable = changing(() => ({ rows: [] }));

const kindOf = (each) => (each.type === table_head ? table_header : table_cell);
const cellsOf = (each) => Array.from({ length: each.childCount }, (_, place) => each.child(place));

// To the next cell or the one before; from the last and the first no further.
export function toCell(step) {
  return (state, dispatch) => {
    const place = tableAt(state);
    if (!place) return false;
    const width = place.node.child(place.row).childCount;
    let [to, column] = [place.row, place.column + step];
    if (column < 0) [to, column] = [to - 1, (place.node.maybeChild(to - 1)?.childCount ?? 0) - 1];
    if (column >= width) [to, column] = [to + 1, 0];
    if (to < 0 || to >= place.node.childCount) return false;
    dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, cellAt(place.node, place.at, to, column))).scrollIntoView());
    return true;
  };
}
