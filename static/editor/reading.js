// A text in Markdown as the editor shows it: a list of blocks, each with the characters it was made of. What the server
// would show in a way that the editor has no form for (programs, lines, tables within lists) stays as it was typed, in a
// block "source". Nothing is guessed: tests/core/language/test_editor.py compares both readings of the same texts.
import { asMarkdown, FENCE, indentOf, isTableLine, QUOTE, UNDERLINE } from "./lines.js";
import { readWords, Unsure } from "./words.js";

// It is not even known where the block ends: all that follows stays as it was typed.
class UnsureOfAll extends Error {}

const MOST_MARKS = 2000; // the server reads no more of them than twice as many as marks
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+|$)(.*)$/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const ITEM = /^( *)([-*+]|(\d{1,9})([.)])) (?=\S)/;
const LIKE_ITEM = /^ *(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const CODE = 4;

// Whether a line begins something that a paragraph or a table does not go on with.
const isOther = (line) => [FENCE, QUOTE, HEADING, LIKE_ITEM, UNDERLINE, RULE].some((begins) => begins.test(line));
const isBlank = (line) => !/[^ \t]/.test(line ?? "");

// -> [{ node, before, source }]: before: what stands between it and the block before it. The characters of all of them,
// and `after`, are the text.
export function readText(text) {
  const { lines, from, tables } = asMarkdown(text);
  const reading = new Reading(lines, tables);
  const parts = hasTooMany(text) ? [{ from: 0, to: lines.length, node: null }] : reading.tops();
  const typed = text.split("\n");
  const blocks = [];
  let past = 0;
  for (const part of parts) {
    const [start, end] = linesOf(part, from, lines, typed);
    const source = typed.slice(start, end).join("\n");
    const before = typed.slice(past, start).join("\n") + (start > past ? "\n" : "");
    blocks.push({ node: part.node ?? sourceNode(source), before: blocks.length ? `\n${before}` : before, source });
    past = end;
  }
  const rest = typed.slice(past).join("\n");
  return { blocks, after: blocks.length && past < typed.length ? `\n${rest}` : rest };
}

export const sourceNode = (text) => ({ type: "source", ...(text && { content: [{ type: "text", text }] }) });

function hasTooMany(text) {
  return (text.match(/\[/g)?.length ?? 0) > MOST_MARKS / 2 || (text.match(/[*_]+/g)?.length ?? 0) > MOST_MARKS;
}

// The lines as typed, of lines as read; without blank ones at the ends.
function linesOf(part, from, lines, typed) {
  let [start, end] = [part.from, part.to];
  while (start < end && isBlank(lines[start])) start += 1;
  while (end > start && isBlank(lines[end - 1])) end -= 1;
  const first = from[start];
  let last = from[Math.max(start, end - 1)] + 1;
  while (last > first + 1 && isBlank(typed[last - 1])) last -= 1;
  return [first, last];
}

class Reading {
  constructor(lines, tables, isQuoted) {
    Object.assign(this, { lines, tables, isQuoted });
  }

  tops() {
    const parts = [];
    let at = 0;
    while (at < this.lines.length) {
      if (isBlank(this.lines[at])) {
        at += 1;
        continue;
      }
      const block = this.block(at);
      parts.push({ from: at, to: block.to, node: block.node });
      at = block.to;
    }
    return parts;
  }

  // -> { node, to }; node is null where the editor has no form for it.
  block(at) {
    try {
      return this.known(at);
    } catch (error) {
      if (error instanceof UnsureOfAll) return { node: null, to: this.lines.length };
      throw error;
    }
  }

  known(at) {
    const line = this.lines[at];
    const top = this.tables.has(at) ? this.table(at) : null;
    if (top) return top;
    if (FENCE.test(line)) return this.fence(at);
    if (indentOf(line) >= CODE) return this.program(at);
    if (QUOTE.test(line)) return this.quote(at);
    const heading = HEADING.exec(line);
    if (heading) return this.heading(heading, at);
    if (UNDERLINE.test(line) || RULE.test(line)) return this.rule(at);
    if (ITEM.test(line)) return this.listAt(at);
    if (LIKE_ITEM.test(line)) throw new UnsureOfAll();
    return this.paragraph(at);
  }

  paragraph(at) {
    let to = at + 1;
    while (!isBlank(this.lines[to])) {
      const line = this.lines[to];
      if (UNDERLINE.test(line) && !this.tables.has(to)) {
        if (/^ {0,3}(?:-|=+|-+)[ \t]*$/.test(line) || RULE.test(line)) return this.alone(at, to + 1);
        throw new UnsureOfAll();
      }
      if (HEADING.test(line) && indentOf(line) < CODE) break;
      if (this.tables.has(to) || FENCE.test(line) || QUOTE.test(line) || LIKE_ITEM.test(line)) throw new UnsureOfAll();
      to += 1;
    }
    return { node: orNone(() => paragraphOf(this.lines.slice(at, to).join("\n"))), to };
  }

  program(at) {
    let to = at + 1;
    for (let next = to; next < this.lines.length && (isBlank(this.lines[next]) || indentOf(this.lines[next]) >= CODE); next += 1) {
      if (!isBlank(this.lines[next])) to = next + 1;
    }
    return { node: null, to };
  }

  // A block of its own that the editor has no form for.
  alone(at, to) {
    if (!isBlank(this.lines[to])) throw new UnsureOfAll();
    return { node: null, to };
  }

  rule(at) {
    if (/^ {0,3}[-+*][ \t]*$/.test(this.lines[at])) throw new UnsureOfAll();
    return this.alone(at, at + 1);
  }

  heading([, marks, words], at) {
    const isClosed = /(?:^|[ \t])#+[ \t]*$/.test(words);
    const node = isClosed ? null : orNone(() => filled({ type: "heading", attrs: { level: marks.length } }, readWords(words.trim())));
    return { node, to: at + 1 };
  }

  fence(at) {
    const [, run] = FENCE.exec(this.lines[at]);
    if (run[0] === "`" && this.lines[at].slice(this.lines[at].indexOf(run) + run.length).includes("`")) throw new UnsureOfAll();
    let to = at + 1;
    while (to < this.lines.length) {
      const end = FENCE.exec(this.lines[to]);
      to += 1;
      if (end?.[1].startsWith(run) && isBlank(this.lines[to - 1].slice(end[0].length))) break;
    }
    return { node: null, to };
  }

  quote(at) {
    let to = at;
    while (to < this.lines.length && QUOTE.test(this.lines[to])) to += 1;
    if (!isBlank(this.lines[to])) throw new UnsureOfAll();
    if (this.isQuoted) return { node: null, to }; // the editor has no form for it
    const inner = new Reading(this.lines.slice(at, to).map((line) => line.replace(QUOTE, "")), new Set(), true);
    const parts = inner.tops();
    const isKnown = parts.length && parts.every(({ node }) => ["paragraph", "heading", "bullet_list", "ordered_list"].includes(node?.type));
    // A table within would be told by its lines; here it is only known that there may be one.
    const hasTable = inner.lines.some((line, place) => inner.lines[place - 1]?.includes("|") && isTableLine(line));
    return { node: isKnown && !hasTable ? { type: "blockquote", content: parts.map(({ node }) => node) } : null, to };
  }

  table(at) {
    let to = at;
    while (this.tables.has(to) && !isBlank(this.lines[to])) to += 1;
    const lines = this.lines.slice(at, to);
    if (lines.length < 2) throw new UnsureOfAll();
    const isPlain = lines.every((line, place) => indentOf(line) < CODE && (place === 1 || !isOther(line)));
    const dashes = lines[1].trim();
    const columns = cellsOf(lines[0].trim());
    const marks = dashes.split("|").map((words) => words.trim());
    const inner = marks.filter((words, place) => words || (place > 0 && place < marks.length - 1));
    const isTable = /^[|:-]([|:-]|[ \t]+(?=.))/.test(dashes) && !/^-[ \t]/.test(dashes) && inner.every((words) => /^:?-+:?$/.test(words)) && inner.length === columns.length && columns.length > 0;
    if (!isTable || !isPlain) throw new UnsureOfAll();
    return { node: orNone(() => tableOf(columns, lines.slice(2))), to };
  }

  listAt(at) {
    const list = this.list(at, ITEM.exec(this.lines[at])[1].length);
    let past = list.to;
    while (past < this.lines.length && isBlank(this.lines[past])) past += 1;
    const next = this.lines[list.to];
    if (LIKE_ITEM.test(this.lines[past] ?? "") && !ITEM.test(this.lines[past])) throw new UnsureOfAll(); // one without words
    if (!isBlank(next) && (UNDERLINE.test(next) || this.tables.has(list.to))) throw new UnsureOfAll();
    return list;
  }

  // A list whose marks stand `indent` spaces in; its items may hold paragraphs and lists.
  list(at, indent) {
    const [, , mark, first, after] = ITEM.exec(this.lines[at]);
    const kind = after ?? mark;
    const items = [];
    let to = at;
    let isKnown = !first || Number(first) === 1;
    for (;;) {
      const found = ITEM.exec(this.lines[to] ?? "");
      if (!found || found[1].length !== indent || (found[4] ?? found[2]) !== kind || RULE.test(this.lines[to])) break;
      const item = this.item(to, found[0].length);
      isKnown &&= Boolean(item.node);
      items.push(item.node);
      to = item.to;
      let next = to;
      while (next < this.lines.length && isBlank(this.lines[next])) next += 1;
      const again = ITEM.exec(this.lines[next] ?? "");
      if (again && again[1].length === indent && (again[4] ?? again[2]) === kind) to = next;
    }
    if (!items.length) throw new UnsureOfAll();
    return { node: isKnown ? { type: first ? "ordered_list" : "bullet_list", content: items } : null, to };
  }

  // An item whose words stand `width` columns in.
  item(at, width) {
    const first = this.lines[at].slice(width);
    if (isBegun(first, LIKE_ITEM)) throw new UnsureOfAll();
    const item = new Item(width, first);
    let to = at;
    for (let next = at + 1; next !== to; ) {
      to = next;
      if (to < this.lines.length) next = this.lineOf(item, to);
    }
    item.endParagraph();
    return { node: item.isKnown && item.content.length ? { type: "list_item", content: item.content } : null, to };
  }

  // Takes a line into the item -> where it goes on; there, where the item ends before it.
  lineOf(item, at) {
    const line = this.lines[at];
    const { width } = item;
    const indent = indentOf(line);
    if (isBlank(line)) return this.pastBlanks(item, at);
    if (/\t/.test(line.slice(0, line.search(/\S/)))) throw new UnsureOfAll();
    if (LIKE_ITEM.test(line)) return this.listWithin(item, at, indent);
    const bare = line.slice(indent);
    if (/^[#>|]/.test(bare) || isBegun(bare) || this.tables.has(at)) {
      if (indent === 0 && HEADING.test(line)) return at;
      throw new UnsureOfAll();
    }
    if (item.words.length) item.words.push(bare);
    else if (indent >= width && indent < width + CODE) item.words = [bare];
    else if (isBlank(this.lines[at - 1]) && indent < width) return at;
    else throw new UnsureOfAll();
    return at + 1;
  }

  pastBlanks(item, at) {
    let next = at;
    while (next < this.lines.length && isBlank(this.lines[next])) next += 1;
    if (next >= this.lines.length || indentOf(this.lines[next]) < item.width) return at;
    item.endParagraph();
    return next;
  }

  listWithin(item, at, indent) {
    const found = ITEM.exec(this.lines[at]);
    if (!found || RULE.test(this.lines[at])) throw new UnsureOfAll();
    if (indent < item.width) return at;
    if (indent !== item.width || (found[3] && Number(found[3]) !== 1 && item.words.length)) throw new UnsureOfAll();
    item.endParagraph();
    const list = this.list(at, item.width);
    item.add(list.node);
    return list.to;
  }
}

class Item {
  constructor(width, first) {
    Object.assign(this, { width, words: [first], content: [], isKnown: !/^[#>]/.test(first) });
  }

  add(node) {
    if (node) this.content.push(node);
    else this.isKnown = false;
  }

  endParagraph() {
    if (this.words.length) this.add(orNone(() => paragraphOf(this.words.join("\n"))));
    this.words = [];
  }
}

// Whether words begin with what would be no words.
const isBegun = (words, ...more) => [FENCE, UNDERLINE, RULE, ...more].some((begins) => begins.test(words));

function orNone(make) {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unsure) return null;
    throw error;
  }
}

const filled = (node, content) => (content.length ? { ...node, content } : node);

const paragraphOf = (source) => filled({ type: "paragraph" }, readWords(source.trim()));

function tableOf(columns, lines) {
  const row = (type, kind, cells) => ({ type, content: columns.map((_, place) => filled({ type: kind }, readWords(cells[place] ?? ""))) });
  const rows = lines.map((line) => row("table_row", "table_cell", cellsOf(line.trim())));
  return { type: "table", content: [row("table_head", "table_header", columns), ...rows] };
}

// A bar behind a backslash is a bar of the words.
export function cellsOf(line) {
  const cells = line.split(/(?<!\\)\|/).map((words) => words.replaceAll("\\|", "|"));
  if (cells[0] === "") cells.shift();
  if (cells.at(-1) === "") cells.pop();
  return cells.map((words) => words.trim());
}
