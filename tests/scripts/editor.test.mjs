// The editor's Markdown: what is not touched comes back byte for byte, and what is written is read as what it was.
// node --test tests/scripts/ (FC_RUNS says how many).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EditorState } from "prosemirror-state";
import { partsOf, reused } from "../../static/editor/kept.js";
import { readText } from "../../static/editor/reading.js";
import { schema } from "../../static/editor/schema.js";
import { forgotten, history, redo, replaced, undo } from "../../static/editor/undo.js";
import { normal, same, writeBlock, writeText } from "../../static/editor/writing.js";

const numRuns = Number(process.env.FC_RUNS ?? 1000);
// Chance does not decide what lands: the same texts each time, and others with `make prove-random`.
if (process.env.HYPOTHESIS_PROFILE !== "random") fc.configureGlobal({ seed: 20261130 });

const sign = fc.constantFrom(..."aB1 .,-*_`[]<>|\\()#+~\t:!é中ب", "**", "the Act", "• ", "1. ", "- ", "https://a.example", "](", "&amp;", "（", "😀", "\u00a0");
const words = fc.array(sign, { minLength: 1, maxLength: 6 }).map((signs) => signs.join(""));
const mark = fc.constantFrom({ type: "strong" }, { type: "em" }, { type: "code" }, { type: "link", attrs: { href: "https://law.example/a?b=c_d*e" } });
const ORDER = ["link", "strong", "em", "code"];
const ordered = (marks) => [...marks].sort((one, other) => ORDER.indexOf(one.type) - ORDER.indexOf(other.type));
const text = fc.tuple(words, fc.uniqueArray(mark, { maxLength: 2, selector: ({ type }) => type })).map(([text, marks]) => ({ type: "text", text, ...(marks.length && { marks: ordered(marks) }) }));
const inline = fc.array(fc.oneof({ weight: 5, arbitrary: text }, fc.constant({ type: "hard_break" })), { maxLength: 5 });
const paragraph = inline.map((content) => ({ type: "paragraph", content }));
const heading = fc.tuple(inline, fc.integer({ min: 1, max: 6 })).map(([content, level]) => ({ type: "heading", attrs: { level }, content }));
const { list } = fc.letrec((tie) => ({
  list: fc.tuple(fc.constantFrom("bullet_list", "ordered_list"), fc.array(tie("item"), { minLength: 1, maxLength: 3 })).map(([type, content]) => ({ type, content })),
  item: fc.tuple(paragraph, fc.array(fc.oneof({ maxDepth: 2, depthIdentifier: "item" }, paragraph, tie("list")), { maxLength: 2 })).map(([first, rest]) => ({ type: "list_item", content: [first, ...rest] })),
}));
const quote = fc.array(fc.oneof(paragraph, heading, list), { minLength: 1, maxLength: 3 }).map((content) => ({ type: "blockquote", content }));
const cells = (type) => fc.array(fc.array(text, { maxLength: 2 }).map((content) => ({ type, content })), { minLength: 1, maxLength: 3 });
const table = fc.tuple(cells("table_header"), fc.array(cells("table_cell"), { maxLength: 2 })).map(([head, rows]) => ({
  type: "table",
  content: [{ type: "table_head", content: head }, ...rows.map((content) => ({ type: "table_row", content }))],
}));
const doc = fc.array(fc.oneof({ weight: 3, arbitrary: paragraph }, heading, list, quote, table), { maxLength: 4 });
const typed = fc.array(fc.oneof(words, fc.constantFrom("", "- a", "  - b", "1. a", "> q", "# h", "```", "| a | b |\n|---|---|\n| 1 | 2 |", "---")), { maxLength: 8 }).map((lines) => lines.join("\n"));

const alone = (nodes) => nodes.map((node) => ({ node: () => node }));
const nodesOf = (source) => readText(source).blocks.map(({ node }) => node);
const seen = (node) => (node.text ?? "") + (node.content ?? []).map(seen).join("");
const letters = (nodes) => nodes.map((node) => normal(node)).filter(Boolean).map(seen).join("").replace(/[^\p{L}\p{N}]/gu, "");

// As the editor keeps it: each block with what it was made of.
function kept({ blocks, after }) {
  return [blocks.map(({ node, source, before }) => ({ node: () => node, source, before, follows: true })), { after }];
}

test("a text that nobody touched comes back as it was", () => {
  fc.assert(fc.property(typed, (source) => assert.equal(writeText(...kept(readText(source))), source)), { numRuns });
});

test("what is touched leaves the characters of all other blocks alone", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("One.", "*  a\n* b", "Two __bold__.", "# H #", "> q\n> r", "|a|b|\n|-|-|\n|1|2|"), { minLength: 2, maxLength: 5 }), fc.nat(), (sources, at) => {
      const [parts, { after }] = kept(readText(sources.join("\n\n\n")));
      const place = at % parts.length;
      const added = { type: "paragraph", content: [{ type: "text", text: "new" }] };
      parts[place] = { node: () => added };
      const written = writeText(parts, { after });
      parts.forEach(({ source }) => source !== undefined && assert.ok(written.includes(source)));
    }),
    { numRuns },
  );
});

test("every document is written so that it is read the same, and written the same again", () => {
  fc.assert(
    fc.property(doc, (nodes) => {
      const written = writeText(alone(nodes));
      assert.equal(writeText(alone(nodesOf(written))), written);
      assert.equal(letters(nodesOf(written)), letters(nodes));
    }),
    { numRuns },
  );
});

test("marks at words are kept whatever stands beside them", () => {
  const word = fc.constantFrom("the Act", "a", "b_c", "5 * 3", "[1]", "x|y", "中文", "المادة");
  const marked = fc.tuple(word, fc.subarray(["strong", "em"])).map(([text, types]) => ({ type: "text", text, ...(types.length && { marks: types.map((type) => ({ type })) }) }));
  const spaced = fc.array(marked, { minLength: 1, maxLength: 5 }).map((nodes) => nodes.flatMap((node) => [node, { type: "text", text: " " }]));
  fc.assert(
    fc.property(spaced, (content) => {
      const node = { type: "paragraph", content };
      assert.ok(same(nodesOf(writeBlock(node)).map((node) => normal(node)), [normal(node)]));
    }),
    { numRuns },
  );
});

// The text with the block at `place` changed into `node`, or taken out; as the editor says it.
function touched(source, place, node) {
  const [parts, { after }] = kept(readText(source));
  if (node) parts[place] = { node: () => node, before: parts[place].before, follows: true };
  else parts.splice(place, 1);
  if (!node && parts[place]) parts[place].follows = false;
  return writeText(parts, { after: node || place < parts.length ? after : "" });
}

const paragraphOf = (text) => ({ type: "paragraph", content: [{ type: "text", text }] });
const listOf = (type, ...texts) => ({ type, content: texts.map((text) => ({ type: "list_item", content: [paragraphOf(text)] })) });
const normals = (source) => nodesOf(source).map((node) => normal(node)).filter(Boolean);

test("a button pressed in one block leaves the others as they were typed", () => {
  const others = "- a\n- b\n\nAfter (see [1]) a_b.\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n(b)\ttwo __bold__";
  assert.equal(touched(`x\n\n${others}`, 0, listOf("bullet_list", "x")), `* x\n\n${others}`);
  assert.equal(touched(`x\n\n${others}`, 0, listOf("ordered_list", "x")), `1. x\n\n${others}`);
  assert.equal(touched("- a\n\nx\n\n* b\n\n* c", 1, listOf("bullet_list", "x")), "- a\n\n+ x\n\n* b\n\n* c");
});

test("a program behind a new list stays a program, whatever it needs for that", () => {
  assert.equal(touched("x\n\n    program\n\n[end]", 0, listOf("bullet_list", "x")), "- x\n\n```\nprogram\n```\n\n[end]");
});

test("what comes together when a block goes is not read as one", () => {
  assert.equal(touched("1. a\n2. b\n\nmid\n\n3. c [1]\n\n[2]", 1), "1. a\n2. b\n\n3\\. c \\[1\\]\n\n[2]");
  assert.equal(touched("- a\n\nmid\n\n- b\n\n[2]", 1), "- a\n\n* b\n\n[2]");
  const long = `${"words (a) ".repeat(4000)}\n\n`;
  assert.ok(touched(`${long}- a\n\nmid\n\n- b\n\n${long}`, 2) === `${long}- a\n\n* b\n\n${long}`);
});

test("numbers of any script begin a list, and a paragraph that begins with one stays one", () => {
  assert.deepEqual(normals("١. الأول\n٢. الثاني"), [listOf("ordered_list", "الأول", "الثاني")]);
  assert.equal(touched("١. a\n٢. b\n\nx", 1, paragraphOf("٣. c")), "١. a\n٢. b\n\n٣\\. c");
});

test("what stands on either side of a new block stays, letter for letter, and is read as before", () => {
  const sources = ["x", "- a\n- b", "* a\n\n* b", "+ c", "1. a\n2. b", "1) a", "3. c", "(see [1]) a_b __b__", "|a|b|\n|:--|--:|\n|1|2|", "# H #", "> - q", "```\ncode\n```", "(b)\ttwo", "• a\n• b", "o\tx", "١. a", "a\n  b"];
  const joins = /^(?:\(b\)|•|o\t|\d|١)/; // what stands there may have to be written otherwise
  const made = fc.constantFrom(listOf("bullet_list", "n"), listOf("ordered_list", "n", "m"), paragraphOf("2. n"), paragraphOf("n"), { type: "blockquote", content: [paragraphOf("n")] }, null);
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...sources), { minLength: 1, maxLength: 4 }), fc.nat(3), made, (all, count, node) => {
      const [before, behind] = [all.slice(0, count), all.slice(count)];
      const source = [...before, "mid", ...behind].join("\n\n");
      const { blocks } = readText(source);
      const place = blocks.findIndex((block) => block.source === "mid");
      const stand = (text) => blocks.some((block) => block.source === text);
      const written = touched(source, place, node);
      const wanted = blocks.map(({ node: own }, at) => normal(at === place ? (node ?? { type: "paragraph" }) : own)).filter(Boolean);
      assert.deepEqual(normals(written), wanted, written);
      let isNear = false; // whether the block stands behind the new one, or behind one that had to be written anew
      for (const [at, text] of [...before, ...behind].entries()) {
        isNear ||= at === before.length;
        const isSame = written.includes(text);
        if (stand(text) && !(isNear && (joins.test(text) || !node || node.type === "ordered_list"))) assert.ok(isSame, `${text}\n---\n${written}`);
        isNear &&= !isSame || text.startsWith("```");
      }
    }),
    { numRuns },
  );
});

test("a joiner behind a bold word stands before the mark's end", () => {
  const node = { type: "paragraph", content: [{ type: "text", text: "می", marks: [{ type: "strong" }] }, { type: "text", text: "\u200cخواهم" }] };
  assert.equal(writeBlock(node), "**می\u200c**خواهم");
});

test("long runs of one sign are read and written in a moment", () => {
  const long = 40000;
  const runs = [" ", "-", "*", "_", "`", "|", ".", "\\", "#", ">", "\t", "1", "~"].map((sign) => sign.repeat(long));
  for (const run of runs) {
    for (const text of [`a${run}b`, `**a${run}b**`, `\`${run}\``, `${run}x`, `x|y\n${run}x`, `> x\n> ${run}x`, `- ${run}`, `${run.slice(0, 9000)} a ${run.slice(0, 9000)}`]) {
      const start = performance.now();
      const [parts] = kept(readText(text));
      for (const part of parts) delete part.source;
      writeText(parts);
      const time = performance.now() - start;
      assert.ok(time < 1500, `${time} ms for ${text.slice(0, 8)}`);
    }
  }
});

// --- what stands on the surface

const made = ({ type, attrs, content = [], text, marks = [] }) => {
  const own = marks.map((each) => schema.mark(each.type, each.attrs));
  return text ? schema.text(text, own) : schema.node(type, attrs, content.map(made), own);
};
const treeOf = (node) => {
  const { type, content, marks, text } = node.toJSON();
  return { type, ...(text && { text }), ...(content && { content: node.content.content.map(treeOf) }), ...(marks && { marks }) };
};

// A text as the editor has read it: the state, and what is written of it.
function surface(source) {
  const { blocks, after } = readText(source);
  const doc = schema.node("doc", null, reused(blocks, [], made));
  const read = blocks.map(({ source: typed, before }, place) => ({ node: doc.child(place), source: typed, before, place }));
  const known = new WeakMap(read.map((each) => [each.node, each]));
  let state = EditorState.create({ doc, plugins: [history()] });
  return {
    get state() {
      return state;
    },
    dispatch: (change) => (state = state.apply(change)),
    written: () => {
      const { parts, isToEnd } = partsOf(state.doc.content.content, read, known, treeOf);
      return writeText(parts, { after: isToEnd ? after : "" });
    },
  };
}

function typing(on, words, at, time) {
  on.dispatch(on.state.tr.insertText(words, at).setTime(time));
}

test("what is taken back is written as it was typed at first", () => {
  const source = "One __bold__ word.\n\n*  a\n*  b\n\nOne __bold__ word.\n";
  const on = surface(source);
  typing(on, "new", 3, 1000);
  assert.equal(on.written(), source.replace("One __bold__", "Onnewe **bold**"));
  undo(on.state, on.dispatch);
  assert.equal(on.written(), source);
  redo(on.state, on.dispatch);
  undo(on.state, on.dispatch);
  assert.equal(on.written(), source);
  on.dispatch(on.state.tr.delete(0, on.state.doc.child(0).nodeSize + on.state.doc.child(1).nodeSize).setTime(9000));
  assert.equal(on.written(), "One __bold__ word.\n");
  undo(on.state, on.dispatch);
  assert.equal(on.written(), source);
});

test("a step back is a pause, some seconds of writing, or what was pasted", () => {
  const on = surface("x");
  for (let time = 0; time < 12000; time += 300) typing(on, "a", 1, time);
  on.dispatch(on.state.tr.insertText("pasted", 1).setMeta("uiEvent", "paste").setTime(12050));
  typing(on, "b", 1, 12100);
  const seen = [];
  while (undo(on.state, on.dispatch)) seen.push(on.written().replaceAll("a", ""));
  assert.deepEqual(seen.slice(0, 2), ["pstedx", "x"]);
  assert.equal(seen.length, 5);
  assert.equal(on.written(), "x");
});

test("what was done holds texts and no states, and nothing of it is left when a colleague's words come in", () => {
  const on = surface("x");
  for (let time = 0; time < 9000; time += 1000) typing(on, "a", 1, time);
  const { done } = history().getState(on.state);
  assert.equal(done.length, 9);
  for (const each of done) assert.deepEqual(Object.keys(each), ["doc", "selection"]);
  on.dispatch(forgotten(replaced(on.state, schema.node("doc", null, [made(paragraphOf("theirs"))]))));
  assert.equal(undo(on.state, on.dispatch), false);
});

test("each of several blocks with the same words keeps its own place when a text comes in", () => {
  const { blocks } = readText("a\n\na\n\na");
  const nodes = reused(blocks, [], made);
  const known = nodes.map((node) => ({ node, source: "a" }));
  const again = reused(readText("a\n\na\n\na\n\na").blocks, known, made);
  assert.equal(new Set(again).size, 4);
  nodes.forEach((node, place) => assert.ok(again[place] === node));
});
