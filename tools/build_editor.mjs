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
  model: ["toJSON", "fromJSON", "check", "toString", "childAfter", "childBefore", "canAppend", "addToStart", "checkAttrs", "matchStyle", "matchesContext", "removeBetween"],
  state: ["toJSON", "fromJSON", "jsonID", "reconfigure", "getBookmark", "setTime", "selectionSet", "storedMarksSet", "isGeneric"],
  transform: ["toJSON", "fromJSON", "setNodeAttribute", "setDocAttribute", "changedRange", "addNodeMark", "removeNodeMark", "merge", "appendMapping", "touches", "invert", "appendMappingInverted", "getMirror", "setMirror", "recover", "deletedBefore", "deletedAfter"],
};
// Calls of these names that are left are of something else, or are never reached.
const ELSEWHERE = new Set(["toString", "fromJSON", "invert"]);
const REGISTERED = /^(?:Step|Selection)\.jsonID\(.*\n/gm;
// Other parts of the packages that are never reached: [from there to there, what stands there instead]. Where one is not
// found any more, the build fails. There are no decorations but the attributes of the surface, no views of nodes that are
// written by hand, no plugins with a view or of the view alone; words are dragged nowhere (static/editor/editor.js takes
// what is dropped); keys are in static/editor/commands.js; an editor lives as long as its page, and in no shadow tree.
// Nothing in it is not editable. The schema has no rules for styles and contexts, no attributes that are looked at, no
// counts in what a node holds, no node that stands for the end of a line; steps are mapped through no others.
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
    [/ *if \(browser\.safari && view\.root\.nodeType === 11 [^\n]*\n[^\n]*\n/, ""],
    [whole("safariShadowSelectionRange"), ""],
    [/ *if \(browser\.safari && view\.root\.nodeType == 11\) \{[\s\S]*?\n      \}\n/, ""],
    [/, resetEditableFrom, resetEditableTo\n[\s\S]*?\n  \}\n/, "\n"],
    [/\n  if \(brokenSelectBetweenUneditable\) \{[\s\S]*?\n  \}\n/, ""],
    [/^const brokenSelectBetweenUneditable[\s\S]*?(?=^function removeClassOnSelectionChange)/m, ""],
  ],
  "prosemirror-view/src/input.ts": [
    [/^export class Dragging \{[\s\S]*?(?=^handlers\.focus = )/m, "export class Dragging {}\n\n"],
    // What is composed where other marks begin: without an element that holds the place (a decoration).
    [/view\.markCursor = view\.state\.storedMarks \|\| \$pos\.marks\(\)\n(.*\n)\s*view\.markCursor = null/, "$1"],
    [/\(view\.markCursor \|\| restarting\)/, "restarting"],
    [/^    captureCopy\(view, dom\)$/m, "    return"],
    [whole("captureCopy"), ""],
  ],
  // What is pasted has gone through static/editor/pasted.js, or been read as Markdown.
  "prosemirror-view/src/clipboard.ts": [
    [/ *view\.someProp\("transformCopied"[^\n]*\n/, ""],
    [/view\.someProp\("clipboardSerializer"\) \|\| /, ""],
    [/view\.someProp\("clipboardTextSerializer", f => f\(slice, view\)\) \|\|[^\n]*\n[^\n]*\n/, 'view.someProp("clipboardTextSerializer", f => f(slice, view)) || ""\n'],
    [/if \(parsed\) \{\s*slice = parsed\n    \} else \{[\s\S]*?\n    \}\n/, "slice = parsed\n"],
    [/view\.someProp\("clipboardParser"\) \|\| view\.someProp\("domParser"\) \|\| /, ""],
    [/ *let firstTag = [\s\S]*?map\(n => "<\/" \+ n \+ ">"\)[^\n]*\n/, ""],
    [/ *if \(wrap\) for \(let i = 0; i < wrap\.length[^\n]*\n/, ""],
    [/ *\/\/ Inline styles defined[\s\S]*?\n  \}\n(?=  return elt)/, ""],
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
    [/ *this\.directPlugins = props\.plugins \|\| \[\]\n.*\n/, ""],
    [/ *if \(props\.plugins\) \{[\s\S]*?\n    \}\n/, ""],
    [/ *for \(let i = 0; i < this\.directPlugins\.length; i\+\+\) \{\n\s*let prop = [\s\S]*?\n    \}\n/, ""],
    [whole("checkStateComponent"), ""],
    ...["destroyPluginViews", "updatePluginViews", "updateDraggedNode", "updateRoot", "posAtDOM", "serializeForClipboard", "destroy", "isDestroyed", "dispatchEvent"].map((name) => [member(name), ""]),
  ],
  "prosemirror-model/dist/index.js": [
    [/ *else if \(isStyleRule\(rule\)\) \{[\s\S]*?this\.styles\.push\(rule\);\n +\}\n/, ""],
    [/ *if \(styles && styles\.length\)\n[\s\S]*?(?=^        return marks;)/m, ""],
    [/ &&\s*\(!rule\.context \|\| context\.matchesContext\(rule\.context\)\)/, ""],
    [/ *this\.validate = typeof options\.validate .*\n/, ""],
    [/ *else if \(attr\.validate\) \{\n.*\n +\}\n/, ""],
    [/ *else if \(stream\.eat\("\{"\)\)\n.*\n/, ""],
    [/ *if \(type\.spec\.linebreakReplacement\) \{[\s\S]*?\n            \}\n/, ""],
    [/ *else if \(schema\.linebreakReplacement [\s\S]*?value = "";\n +\}\n/, ""],
  ],
  "prosemirror-transform/dist/index.js": [
    [/^    map\(mapping\) \{\n(?:(?:     .*)?\n)*?    \}\n/gm, ""],
    [/ *if \(this\.mirror\)\n +return this\._map.*\n/, ""],
    [/ *if \(result\.recover != null\) \{[\s\S]*?\n            \}\n/, ""],
    [/ *if \(mirrors != null\)\n.*\n/, ""],
    [/ *let recover = .*\n/, ""],
    [/new MapResult\(result, del, recover\)/, "new MapResult(result, del)"],
    [/ *let convertNewlines = null;\n +if \(type\.schema[\s\S]*?\n            \}\n/, ""],
    [/ *if \(convertNewlines === (?:false|true)\)\n +replace(?:Linebreaks|Newlines)\(tr, node, .*\n/g, ""],
    [/, type, undefined, convertNewlines === null\)/, ", type)"],
    [/ *let convertNewlines = null;\n.*linebreakReplacement.*\n/, ""],
    [/ *if \(linebreakReplacement && [\s\S]*?\n    \}\n/, ""],
    [/ *if \(convertNewlines === (?:false|true)\) \{\n[\s\S]*?\n    \}\n/g, ""],
    [/, convertNewlines == null\)/, ")"],
    [/ *let \{ linebreakReplacement \} = a\.type.*\n/, ""],
    [/let type = child\.type == linebreakReplacement \? .*/, "let type = child.type;"],
  ],
  "prosemirror-commands/dist/index.js": [
    [/let removeWhenPresent = .*/, "const removeWhenPresent = true;"],
    [/let enterAtoms = .*/, "const enterAtoms = true;"],
    [/let dropSpace = .*/, "const dropSpace = true;"],
    [/let splitType = splitNode && .*/, "let splitType;"],
    [/^(?:\/\*\*[^/]*\*\/\n)?let backspace = [\s\S]*?(?=^export )/m, ""],
    [/ (?:baseKeymap|macBaseKeymap|pcBaseKeymap),/g, ""],
  ],
  "orderedmap/dist/index.js": [[/^  addToStart: [\s\S]*?^  \},\n/m, ""], [/^  addBefore: [\s\S]*?^  \},\n/m, ""], [/^  prepend: [\s\S]*?(?=^  get size)/m, ""]],
};

function replaced(text, part, instead, name) {
  const left = text.replace(part, instead);
  if (left === text) throw new Error(`${part} is not in ${name} any more: look at tools/build_editor.mjs`);
  return left;
}

function without(text, name) {
  const part = new RegExp(`^    (?:static |get )?${name}\\([^\\n]*\\) \\{(?: [^\\n]*\\}\\n|\\n(?:(?:     .*)?\\n)*?    \\}\\n)`, "gm");
  return replaced(text, part, "", "its package");
}

const lean = {
  name: "lean",
  setup(builder) {
    builder.onResolve({ filter: /^prosemirror-view$/ }, () => ({ path: `${root}${VIEW}/index.ts` }));
    builder.onResolve({ filter: /^\.\/decoration$/ }, () => ({ path: `${root}static/editor/undecorated.js` }));
    builder.onLoad({ filter: /\/node_modules\/(?:prosemirror-|orderedmap)/ }, async ({ path }) => {
      const [, name, kind] = /node_modules\/((?:prosemirror-)?(\w+).*)$/.exec(path);
      const text = (NEVER[name] ?? []).reduce((left, [part, instead]) => replaced(left, part, instead, name), await readFile(path, "utf8"));
      return { contents: (UNUSED[kind] ?? []).reduce(without, text).replace(REGISTERED, ""), loader: name.endsWith(".ts") ? "ts" : "js" };
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
