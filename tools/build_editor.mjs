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
// Other parts of the packages that are never reached: [from there to there, what stands there instead]. Where one is not
// found any more, the build fails. There are no decorations but the attributes of the surface, no views of nodes that are
// written by hand, no plugins with a view; words are dragged nowhere (static/editor/editor.js takes what is dropped); keys
// are in static/editor/commands.js; an editor lives as long as its page.
const member = (name) => new RegExp(`^  (?:private |get )*${name}\\([^\\n]*\\{(?:[^\\n]*\\}\\n|\\n[\\s\\S]*?^  \\}\\n)`, "m");
const whole = (name) => new RegExp(`^(?:export )?(?:function|class) ${name}\\b[\\s\\S]*?^\\}\\n`, "m");
const NEVER = {
  "prosemirror-view/src/viewdesc.ts": [
    [whole("WidgetViewDesc"), ""],
    [/\(prev instanceof BufferHackViewDesc \|\| prev instanceof WidgetViewDesc && prev\.side >= 0\)/, "(prev instanceof BufferHackViewDesc)"],
    [member("placeWidget"), ""],
    [/iterDeco\(this\.node, this\.innerDeco, \(widget, i, insideNode\) => \{[\s\S]*?\}, \(child,/, "iterDeco(this.node, this.innerDeco, (child,"],
    [/^function iterDeco\([\s\S]*?^\}\n/m, "function iterDeco(parent, deco, onNode) {\n  for (let i = 0, offset = 0; i < parent.childCount; i++) {\n    let child = parent.child(i)\n    onNode(child, [], deco, i)\n    offset += child.nodeSize\n  }\n}\n"],
    [/let custom = view\.nodeViews\[mark[\s\S]*?if \(!spec \|\| !spec\.dom\)\s*spec =/, "let spec ="],
    [/if \(found < 0 && this\.index < this\.top\.children\.length\) \{[\s\S]*?cur\.spec\.update\(marks\[depth\]\)\) \{[\s\S]*?\n        \}\n      \}\n/, ""],
    [/let custom = view\.nodeViews\[node[\s\S]*?contentDOM = spec && spec\.contentDOM/, "let dom, contentDOM"],
    [/if \(!dom\) dom = document\.createTextNode\(node\.text!\)[\s\S]*?\} else if \(!dom\) \{/, "dom = document.createTextNode(node.text!)\n    } else {"],
    [/if \(spec\)\n      return descObj = new CustomNodeViewDesc[\s\S]*?else if \(node\.isText\)/, "if (node.isText)"],
    [whole("CustomNodeViewDesc"), ""],
  ],
  "prosemirror-view/src/selection.ts": [
    [/, CustomNodeViewDesc\}/, "}"],
    [/if \(view\.cursorWrapper\) \{[\s\S]*?\} else \{\n(?=\s*selectionToDOM)/, "{\n"],
    [whole("selectCursorWrapper"), ""],
  ],
  "prosemirror-view/src/input.ts": [
    [/^export class Dragging \{[\s\S]*?(?=^handlers\.focus = )/m, "export class Dragging {}\n\n"],
    // What is composed where other marks begin: without an element that holds the place (a decoration).
    [/view\.markCursor = view\.state\.storedMarks \|\| \$pos\.marks\(\)\n(.*\n)\s*view\.markCursor = null/, "$1"],
    [/\(view\.markCursor \|\| restarting\)/, "restarting"],
  ],
  "prosemirror-view/src/index.ts": [
    [/^    let pluginsChanged = [\s\S]*?redraw = true\n      \}\n    \}\n/m, ""],
    [/if \(pluginsChanged \|\| (prevProps.handleDOMEvents != this\._props\.handleDOMEvents)\)/, "if ($1)"],
    [/prev\.plugins != state\.plugins && !prev\.doc\.eq\(state\.doc\) \? "reset"\s*: /, ""],
    [/if \(scroll == "reset"\) \{[\s\S]*?\} else if/, "if"],
    [/ *updateCursorWrapper\(this\)\n/g, ""],
    [whole("updateCursorWrapper"), ""],
    [/ *this\.nodeViews = buildNodeViews\(this\)\n/, ""],
    [whole("buildNodeViews"), ""],
    [whole("changedNodeViews"), ""],
    [/ *this\.updatePluginViews\(\w*\)\n/g, ""],
    [/ *if \(\(this\.dragging[^\n]*\n?[^\n]*updateDraggedNode\([^\n]*\n/, ""],
    ...["destroyPluginViews", "updatePluginViews", "updateDraggedNode", "updateRoot", "posAtDOM", "serializeForClipboard", "destroy", "isDestroyed", "dispatchEvent"].map((name) => [member(name), ""]),
  ],
  "prosemirror-commands/dist/index.js": [[/^(?:\/\*\*[^/]*\*\/\n)?let backspace = [\s\S]*?(?=^export )/m, ""], [/ (?:baseKeymap|macBaseKeymap|pcBaseKeymap),/g, ""]],
  "orderedmap/dist/index.js": [[/^  addToStart: [\s\S]*?^  \},\n/m, ""], [/^  addBefore: [\s\S]*?^  \},\n/m, ""], [/^  prepend: [\s\S]*?(?=^  get size)/m, ""]],
};

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
    builder.onLoad({ filter: /prosemirror-view\/src\/|prosemirror-commands\/dist\/index\.js$|orderedmap\/dist\/index\.js$/ }, async ({ path }) => {
      const [, name] = /node_modules\/(.*)$/.exec(path);
      const contents = (NEVER[name] ?? []).reduce((text, [part, instead]) => {
        const left = text.replace(part, instead);
        if (left === text) throw new Error(`${part} is not in ${name} any more: look at NEVER in tools/build_editor.mjs`);
        return left;
      }, await readFile(path, "utf8"));
      return { contents, loader: name.endsWith(".ts") ? "ts" : "js" };
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
const [{ text: bundle }] = outputFiles;
const missed = Object.values(UNUSED).flat().filter((name) => !ELSEWHERE.has(name) && new RegExp(`\\.${name}\\(`).test(bundle));
if (missed.length) throw new Error(`still called: ${missed.join(", ")}: look at UNUSED in tools/build_editor.mjs`);
// Its warning of a missing style sheet is left out: the style is in static/css/components/_writing.scss.
const compress = { passes: 3, drop_console: true, unsafe: true, pure_getters: true, ecma: 2020, keep_fargs: false, inline: 1 };
const { code } = await minify(bundle, { module: true, compress, mangle: true });
await writeFile(process.argv[2], code);
