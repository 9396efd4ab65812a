// The way back: blocks of the editor as Markdown. What was not touched is given back with the characters that it was made
// of; what was is written plainly, read once more, and marked more strongly where it would be read otherwise.
// A block that nobody touched is written anew only where it would be read as part of what came to stand beside it.
import { asMarkdown } from "./lines.js";
import { cellsOf, readText } from "./reading.js";
import { isPadded, joined, readWords, Unsure } from "./words.js";

const BULLETED = /^(?:[•●▪■◦‣⁃\uf0b7\uf0a7\uf0d8\uf0fc][ \u00a0]+)+/;
// Joiners and selectors of a variant belong to the sign before them: behind a star nobody would see them.
const JOINED = /^[\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]+/u;
const STOP = /^[\p{P}\p{S}\s]$/u;
const MARKS = { strong: "**", em: "*" };
const NEAR = 8; // blocks, as far as is looked for a list that goes on
const LISTS = { bullet_list: ["-", "*", "+"], ordered_list: [".", ")"] };

// --- what counts: no empty paragraphs, no blanks at the edges

export function normal(node, isItem = false) {
  const { type, attrs } = node;
  const content = node.content ?? [];
  if (type === "source") return textOf(node).trim() ? node : null;
  if (["paragraph", "heading", "table_cell", "table_header"].includes(type)) {
    const words = unbulleted(cleaned(content, type === "paragraph"), isItem);
    if (!words.length && type[0] !== "t") return null;
    if (type === "paragraph" && BULLETED.test(signsOf(words))) return normal({ type: "bullet_list", content: [{ type: "list_item", content: [node] }] });
    return { type, ...(attrs && { attrs }), ...(words.length && { content: words }) };
  }
  const within = content.map((each) => normal(each, type === "list_item")).filter(Boolean);
  if (type === "list_item" && within[0] && within[0].type !== "paragraph") return { type: "lifted", content: within };
  const flat = within.flatMap((each) => (each.type === "lifted" ? each.content.flatMap((list) => (list.type === type ? list.content : itemOf(list))) : [each]));
  return flat.length ? { type, content: type === "table" ? squared(flat) : flat } : null;
}

// A list that stands in an item without words stands for the item; a list of the other kind cannot, and is not a list.
const itemOf = (block) => (block.type.endsWith("list") ? block.content : [{ type: "list_item", content: [block] }]);

function squared([head, ...rows]) {
  const width = Math.max(head.content.length, ...rows.map((row) => row.content.length));
  const row = (type, kind, cells) => ({ type, content: Array.from({ length: width }, (_, place) => ({ ...cells[place], type: kind })) });
  return [row("table_head", "table_header", head.content), ...rows.map(({ content }) => row("table_row", "table_cell", content))];
}

// In a list Word's sign before the words says the same once more.
function unbulleted(nodes, isItem) {
  let [more] = (isItem && BULLETED.exec(signsOf(nodes))) || [""];
  if (!more) return nodes;
  const left = nodes.map((node) => {
    const text = node.text?.slice(more.length);
    more = more.slice(node.text?.length ?? 0);
    return node.text ? { ...node, text } : node;
  });
  return unbulleted(cleaned(left, true), isItem);
}

// The words of the first line.
const signsOf = (nodes) => nodes.slice(0, nodes.findIndex(({ type }) => type === "hard_break") >>> 0).map(({ text }) => text).join("");

const textOf = (node) => (node.content ?? []).map(({ text }) => text).join("");

// Words without blanks at the edges of the paragraph, of its lines, and of what is marked.
function cleaned(nodes, mayBreak) {
  let flat = nodes.map((node) => {
    if (node.type === "hard_break") return mayBreak ? { type: "hard_break" } : { type: "text", text: " " };
    const isLink = node.marks?.some(({ type }) => type === "link");
    const marks = (node.marks ?? []).filter(({ type }) => !isLink || type !== "code").map(({ type, attrs }) => (type === "link" ? { type, attrs: { href: attrs.href } } : { type }));
    return { type: "text", text: node.text.replace(/[\t\n\r\f\v\u2028\u2029]+/g, " "), ...(marks.length && { marks }) };
  });
  flat = rejoined(joined(flat.flatMap(outside)));
  for (const [step, trimmed] of [[1, (text) => text.trimStart()], [-1, (text) => text.trimEnd()]]) {
    let isEdge = true;
    for (let at = step > 0 ? 0 : flat.length - 1; at >= 0 && at < flat.length; at += step) {
      if (flat[at].type === "hard_break") isEdge = true;
      else if (isEdge) {
        flat[at].text = trimmed(flat[at].text);
        isEdge = !flat[at].text;
      }
    }
  }
  flat = flat.filter((node) => node.type === "hard_break" || node.text);
  while (flat[0]?.type === "hard_break") flat.shift();
  while (flat.at(-1)?.type === "hard_break") flat.pop();
  flat = flat.filter((node, at) => node.text || flat[at - 1]?.text); // two breaks are one: a line without words is none
  return joined(flat);
}

function rejoined(nodes) {
  nodes.forEach((node, at) => {
    const [signs] = (nodes[at - 1]?.text && JOINED.exec(node.text ?? "")) || [""];
    if (!signs) return;
    nodes[at - 1].text += signs;
    node.text = node.text.slice(signs.length);
  });
  return joined(nodes.filter(({ text }) => text !== ""));
}

// Blanks at the edge of bold words are not bold; those of code are code.
const outside = (node) => without(node, (sign) => !sign.trim());

// Stops at the edges of what is marked stand outside, where no letter could follow them otherwise.
const shrunk = (node) => without(node, (sign) => STOP.test(sign));

// The node, and before and after it those signs at its edges that are not to be marked.
function without(node, isEdge) {
  if (!node.marks || node.marks.some(({ type }) => type === "code")) return [node];
  const signs = [...node.text];
  let [from, to] = [0, signs.length];
  while (from < to && isEdge(signs[from])) from += 1;
  while (to > from && isEdge(signs[to - 1])) to -= 1;
  const kept = node.marks.filter(({ type }) => type === "link");
  const part = (start, end, marks) => ({ type: "text", text: signs.slice(start, end).join(""), ...(marks.length && { marks }) });
  return [part(0, from, kept), part(from, to, node.marks), part(to, signs.length, kept)].filter(({ text }) => text);
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// --- blocks

// The block as Markdown; "" for one without words. mark: that of its list; isFull: whether all that could be a mark is
// written as none.
export function writeBlock(node, { mark, isFull = false } = {}) {
  const wanted = normal(node);
  if (!wanted) return "";
  const light = isFull ? null : writeKnown(wanted, { before: "", mark, isFull: false });
  if (light !== null && hasForm(light, wanted)) return light;
  return writeKnown(wanted, { before: "", mark, isFull: true });
}

const lately = new Map();

// What a text is read as; what is asked for several times on the way is read once.
function blocksOf(text) {
  if (lately.size > 9) lately.clear();
  if (!lately.has(text)) lately.set(text, readText(text).blocks.map(({ node }) => node));
  return lately.get(text);
}

const nodesOf = (text) => blocksOf(text).map((node) => normal(node)).filter(Boolean);

// Whether the text is read as this block; a mark that Markdown cannot hold there may be missing.
function hasForm(text, wanted) {
  const blocks = blocksOf(text);
  return blocks.length === 1 && formOf(normal(blocks[0])) === formOf(wanted);
}

const formOf = (node) => (node?.type === "hard_break" ? " " : node?.text ?? `<${node?.type}${(node?.content ?? []).map(formOf).join("")}>`);

function writeKnown(node, how) {
  switch (node.type) {
    case "source":
      return textOf(node).replace(/^\n+/, "").trimEnd();
    case "heading":
      return writeWords(node.content, (words) => `${"#".repeat(node.attrs.level)} ${words.replace(/(^|\s)(#+)$/, "$1\\$2")}`, how);
    case "blockquote":
      return quoted(writeAll(node.content, how));
    case "table":
      return writeTable(node.content, how);
    case "bullet_list":
    case "ordered_list":
      return writeList(node, how);
    default:
      return writeWords(node.content, (words) => words, how);
  }
}

function writeAll(nodes, how) {
  return nodes.reduce((text, node) => {
    const more = writeKnown(node, { ...how, mark: "", before: text });
    return text ? `${text}\n\n${more}` : more;
  }, "");
}

const quoted = (text) => text.split("\n").map((line) => (line ? `> ${line}` : ">")).join("\n");

// Two lists of one kind, one after the other, have different marks; they would be one list otherwise.
function markAfter(before, isOrdered) {
  const marks = before.match(/^(?:[-*+]|\d+[.)])(?= )/gm) ?? [];
  const last = marks.at(-1)?.at(-1);
  return isOrdered ? (last === "." ? ")" : ".") : last === "-" ? "*" : "-";
}

function writeList(list, how) {
  const isOrdered = list.type === "ordered_list";
  const mark = how.mark || markAfter(how.before, isOrdered);
  let isLoose = false;
  const items = list.content.map((item, place) => {
    const shown = isOrdered ? `${place + 1}${mark} ` : `${mark} `;
    let text = "";
    item.content.forEach((block, at) => {
      const more = writeKnown(block, { ...how, mark: "", before: at > 1 ? text : "" });
      const isNear = block.type !== "paragraph" && item.content[at - 1]?.type === "paragraph";
      isLoose ||= at > 0 && !isNear;
      text += (at ? (isNear ? "\n" : "\n\n") : "") + more;
    });
    return shown + text.replaceAll("\n", `\n${" ".repeat(shown.length)}`).replace(/\n +(?=\n)/g, "\n");
  });
  return items.join(isLoose ? "\n\n" : "\n");
}

function writeTable(rows, how) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const [head, ...body] = rows.map(({ content }) => content.map((cell) => (cell.content ? writeCell(cell.content, how) : "")));
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
}

function writeCell(nodes, how) {
  return writeWords(nodes, (words) => words.replaceAll("|", "\\|"), how, (text) => {
    const cells = cellsOf(`| ${text} |`);
    return cells.length === 1 ? readWords(cells[0]) : null;
  });
}

// --- words

function readLine(text) {
  const blocks = blocksOf(text);
  const isLine = blocks.length === 1 && ["paragraph", "heading"].includes(blocks[0].type);
  return isLine ? blocks[0].content ?? [] : null;
}

// The first way to write the words that is read as what they are; at last without bold, italics and breaks.
function writeWords(nodes, placed, { isFull }, read = readLine) {
  for (const escaped of isFull ? [fully] : [lightly, fully]) {
    for (const fitted of [nodes, cleaned(nodes.flatMap(shrunk), true)]) {
      for (const em of ["*", "_"]) {
        const text = placed(marked(fitted, escaped, em));
        const back = known(() => read(text));
        if (back && same(cleaned(back, true), fitted)) return text;
      }
    }
  }
  const bare = cleaned(nodes.map((node) => (node.text ? { ...node, marks: node.marks?.filter(({ type }) => type === "link") } : node)), true);
  const plain = same(bare, nodes) ? cleaned(nodes, false) : bare;
  return same(plain, nodes) ? placed(marked(plain, fully, "*")) : writeWords(plain, placed, { isFull }, read);
}

function known(reading) {
  try {
    return reading();
  } catch (error) {
    if (error instanceof Unsure) return null;
    throw error;
  }
}

function lightly(text) {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~]|$)|`/g, "\\$&")
    .replace(/(?<=\S)\*|\*(?=\S)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
}

const fully = (text) => text.replace(/[\\`*_[\]<]/g, "\\$&");

// A sign or number with which a line would begin a list, a heading or a quotation.
const first = (line) => line.replace(/^(\s*)([#>+=~|-])/, "$1\\$2").replace(/^(\s*\p{Nd}{1,9})([.)])(?=\s|$)/u, "$1\\$2");

function marked(nodes, escaped, em) {
  let text = "";
  let open = [];
  let isFirst = true;
  const signs = { ...MARKS, em };
  const close = (down) => {
    while (open.length > down) {
      const mark = open.pop();
      text += mark.type === "link" ? `](${mark.attrs.href})` : signs[mark.type];
    }
  };
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    const marks = (node.marks ?? []).filter(({ type }) => type !== "code");
    // What goes on longest is opened first.
    const wanted = node.type === "hard_break" ? [] : [...marks].sort((one, other) => lasts(nodes, at, other) - lasts(nodes, at, one));
    let kept = 0;
    while (kept < open.length && wanted.some((mark) => same(mark, open[kept]))) kept += 1;
    close(kept);
    for (const mark of wanted) {
      if (open.some((known) => same(known, mark))) continue;
      text += mark.type === "link" ? "[" : signs[mark.type];
      open = [...open, mark];
    }
    if (node.type === "hard_break") {
      text += "\\\n";
      isFirst = true;
      continue;
    }
    const words = node.marks?.some(({ type }) => type === "code") ? code(node.text) : escaped(node.text);
    text += isFirst && escaped === fully ? first(words) : words;
    isFirst = false;
  }
  close(0);
  return text;
}

// How many of the next nodes have the mark; a link is always outside.
function lasts(nodes, from, mark) {
  if (mark.type === "link") return Infinity;
  let at = from;
  while (nodes[at]?.marks?.some((other) => same(other, mark))) at += 1;
  return at;
}

function code(text, least = "`") {
  const runs = text.match(/`+/g) ?? [];
  let fence = least;
  while (runs.includes(fence)) fence += "`";
  const blank = /^`|`$/.test(text) || isPadded(text) ? " " : "";
  return fence + blank + text + blank + fence;
}

// --- the whole text

// parts: [{ node(), source, before, follows }]: source where the block is as it was read; before: what stood before it, or
// before the block in whose place it is, and still does where it follows the same one, or is the first as then. Gives the
// text; untouched, it is what was read, byte for byte.
export function writeText(parts, { after = "" } = {}) {
  const blocks = [];
  let near = 0; // how many of the next blocks may stand behind what they were not read behind
  parts.forEach((part, place) => {
    const isKept = part.source !== undefined;
    if (!isKept || !part.follows) near = NEAR;
    const between = part.follows && (blocks.length || !place) ? part.before : blocks.length ? "\n\n" : "";
    const block = near ? placed(part, between, blocks, ahead(parts, place)) : { text: part.source, between, node: part.node };
    if (block.text) blocks.push(block);
    if (!isKept || block.text !== part.source) near = NEAR;
    else if (near) near = isOpen(parts, place) ? near - 1 : 0;
  });
  return blocks.map(({ text, between }) => between + text).join("") + after;
}

// Whether these blocks, one after the other, are read as each is to be seen; what the editor has had no form for may have
// one now.
function areSeen(blocks) {
  const read = nodesOf(blocks.map((block, at) => (at ? block.between : "") + block.text).join(""));
  const seen = blocks.map(({ node, nodes }) => nodes ?? [normal(node())].filter(Boolean));
  return same(read, seen.flat()) || same(read, blocks.flatMap((block, at) => (isSource(block) ? nodesOf(block.text) : seen[at])));
}

const isSource = (block) => block?.node().type === "source";

// Behind programs and the like, and behind words that stand in, a list may go on.
const isSetIn = (block) => isSource(block) || /^ {2}/.test(block?.source ?? block?.text);
const isOpen = (blocks, place) => isSetIn(blocks[place]) || isSetIn(blocks[place - 1]);

// The blocks after this one that were not touched, as far as they can be read as part of it.
function ahead(parts, place) {
  const next = [];
  for (let at = place + 1; at < place + NEAR && parts[at]?.source !== undefined; at += 1) {
    const { node, source, before, follows } = parts[at];
    next.push({ text: source, between: follows ? before : "\n\n", node });
    if (!isSetIn(parts[at]) && (at === place + 1 || !isSetIn(parts[at - 1]))) break;
  }
  return next;
}

// The first way to write the block in which it is read as itself between its neighbours; or behind the one before it, as
// the one after it can be written anew.
function placed(part, between, blocks, next) {
  let from = blocks.length - 1;
  while (from > Math.max(0, blocks.length - NEAR) && isOpen(blocks, from)) from -= 1;
  // What is only read so behind what stands farther before is read with that.
  while (from > 0 && !areSeen(blocks.slice(from))) from = 2 * from - blocks.length;
  const behind = blocks.slice(Math.max(0, from));
  const isApart = (block, more) => areSeen([...behind, block, ...more]);
  const ways = [];
  const isTable = part.source === undefined && part.node().type === "table"; // the lines before it would be of it
  for (const text of textsOf(part)) {
    for (const gap of between === "\n" ? [...(isTable ? [] : [between]), "\n\n"] : [between]) {
      const way = { text, between: gap, node: part.node, nodes: text === part.source ? undefined : nodesOf(text) };
      if (!text || isApart(way, next)) return way;
      ways.push(way);
    }
  }
  return ways.find((way) => isApart(way, [])) ?? ways[0];
}

function* textsOf({ node, source }) {
  if (source !== undefined) yield source;
  const tree = normal(node());
  for (const isFull of [false, true]) for (const mark of LISTS[tree?.type] ?? [""]) yield writeBlock(node(), { mark, isFull });
  // A program that stands in would be part of a list before it.
  if (/^ {4}/.test(source)) yield code(`\n${asMarkdown(source).lines.map((line) => line.replace(/^ {4}/, "")).join("\n")}\n`, "```");
}
