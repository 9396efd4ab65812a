// Answers line by line, in JSON, what the editor makes of a text: for tests that compare it with the server.
import { createInterface } from "node:readline";
import { readText } from "../../static/editor/reading.js";
import { normal, writeText } from "../../static/editor/writing.js";

const item = { type: "list_item", content: [{ type: "paragraph", content: [{ type: "text", text: "n" }] }] };

// The text, its first block made a list.
function listed(text, type) {
  const { blocks, after } = readText(text);
  const parts = blocks.map(({ node, source, before }) => ({ node: () => node, source, before, follows: true }));
  return writeText([{ node: () => ({ type, content: [item] }), before: "", follows: true }, ...parts.slice(1)], { after });
}

const answers = {
  bulleted: (text) => listed(text, "bullet_list"),
  numbered: (text) => listed(text, "ordered_list"),
  read: (text) => readText(text),
  normal: (text) => readText(text).blocks.map(({ node }) => normal(node)).filter(Boolean),
  write: (text) => writeText(readText(text).blocks.map(({ node }) => ({ node: () => node }))),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [what, text] = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answers[what](text))}\n`);
}
