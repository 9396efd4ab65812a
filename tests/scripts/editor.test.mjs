// The editor's Markdown: what is not touched comes back byte for byte, and what is written is read as what it was.
// node --test tests/scripts/ (FC_RUNS says how many).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readText } from "../../static/editor/reading.js";
import { normal, same, writeBlock, writeText } from "../../static/editor/writing.js";

const numRuns = Number(process.env.FC_RUNS ?? 1000);

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

const partsOf = (nodes) => nodes.map((node) => ({ node: () => node }));
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
      const written = writeText(partsOf(nodes));
      assert.equal(writeText(partsOf(nodesOf(written))), written);
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
