// Makes the one file of the editor: static/editor and ProseMirror, without what the editor never calls (docs/adr/0065).
// node tools/build_editor.mjs TARGET
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";

const root = fileURLToPath(new URL("..", import.meta.url));
const VIEW = "node_modules/prosemirror-view/src";
// Members of classes that nothing here calls: forms of documents as JSON, steps for attributes, bookmarks of a history.
// A package that has one of them no longer fails the build, so that this list is looked at with each new version.
const UNUSED = {
  model: ["toJSON", "fromJSON", "check", "toString", "childAfter", "childBefore", "canAppend", "addToStart"],
  state: ["toJSON", "fromJSON", "jsonID", "reconfigure", "getBookmark", "setTime"],
  transform: ["toJSON", "fromJSON", "setNodeAttribute", "setDocAttribute", "changedRange", "addNodeMark", "removeNodeMark", "merge", "appendMapping", "touches", "invert", "appendMappingInverted"],
};
// Calls of these names that are left are of something else, or are never reached.
const ELSEWHERE = new Set(["toString", "fromJSON", "invert"]);
const REGISTERED = /^(?:Step|Selection)\.jsonID\(.*\n/gm;
// Words are dragged nowhere (static/editor/editor.js takes what is dropped); from here to there in the source of the view.
const DRAGGED = /^export class Dragging \{[\s\S]*?(?=^handlers\.focus = )/m;

function without(text, name) {
  const member = new RegExp(`^    (?:static |get )?${name}\\([^\\n]*\\) \\{\\n(?:(?:     .*)?\\n)*?    \\}\\n`, "gm");
  const left = text.replace(member, "");
  if (left === text) throw new Error(`${name} is not there any more: look at UNUSED in tools/build_editor.mjs`);
  return left;
}

const lean = {
  name: "lean",
  setup(builder) {
    builder.onResolve({ filter: /^prosemirror-view$/ }, () => ({ path: `${root}${VIEW}/index.ts` }));
    builder.onResolve({ filter: /^\.\/decoration$/ }, () => ({ path: `${root}static/editor/undecorated.js` }));
    builder.onLoad({ filter: /prosemirror-view\/src\/input\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!DRAGGED.test(text)) throw new Error("prosemirror-view drags in another way: look at DRAGGED in tools/build_editor.mjs");
      return { contents: text.replace(DRAGGED, "export class Dragging {}\n\n"), loader: "ts" };
    });
    builder.onLoad({ filter: /prosemirror-(model|state|transform)\/dist\/index\.js$/ }, async ({ path }) => {
      const [, name] = /prosemirror-(\w+)\/dist/.exec(path);
      return { contents: UNUSED[name].reduce(without, await readFile(path, "utf8")).replace(REGISTERED, "") };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: [`${root}static/editor/editor.js`],
  bundle: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  write: false,
  logLevel: "error",
  plugins: [lean],
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } }, // as the package builds itself
});
const [{ text: whole }] = outputFiles;
const missed = Object.values(UNUSED).flat().filter((name) => !ELSEWHERE.has(name) && new RegExp(`\\.${name}\\(`).test(whole));
if (missed.length) throw new Error(`still called: ${missed.join(", ")}: look at UNUSED in tools/build_editor.mjs`);
// Its warning of a missing style sheet is left out: the style is in static/css/components/_writing.scss.
const compress = { passes: 3, drop_console: true, unsafe: true, pure_getters: true, ecma: 2020, keep_fargs: false, inline: 1 };
const { code } = await minify(whole, { module: true, compress, mangle: true });
await writeFile(process.argv[2], code);
