// Answers line by line, in JSON, what the editor makes of a text: for tests that compare it with the server.
import { createInterface } from "node:readline";
import { readText } from "../../static/editor/reading.js";
import { normal, writeText } from "../../static/editor/writing.js";

const answers = {
  read: (text) => readText(text),
  normal: (text) => readText(text).blocks.map(({ node }) => normal(node)).filter(Boolean),
  write: (text) => writeText(readText(text).blocks.map(({ node }) => ({ node: () => node }))),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [what, text] = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answers[what](text))}\n`);
}
