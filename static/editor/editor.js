// The editor over a field of a form: the field stays, holds the text in Markdown, and is told of each change as if it had
// been typed in; what comes into it from elsewhere is shown here. Loaded by static/js/editor-boxes.js.
import { Fragment, Slice } from "prosemirror-model";
import { EditorState, Selection, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { afterSpace, afterStar, commandOf, isSource, letterOf } from "./commands.js";
import { partsOf, reused } from "./kept.js";
import { tidied } from "./pasted.js";
import { readText } from "./reading.js";
import { schema } from "./schema.js";
import { Tools } from "./tools.js";
import { forgotten, history, redo, replaced, undo } from "./undo.js";
import { normal, same, writeText } from "./writing.js";
import { ADDRESS } from "./words.js";

const { value: held } = Object.getOwnPropertyDescriptors(HTMLTextAreaElement.prototype);
const MOVES = /^(?:Arrow|Page|Home|End|Enter|Backspace|Delete|Process|Unidentified)/; // also of keyboards that do not name a key
const MIRRORED = ["aria-label", "aria-labelledby", "aria-describedby", "aria-invalid", "lang"];

// around: the element made of the template, with its tools; withoutUnseen, tell: of static/js/unseen.js.
export function mount(box, around, { withoutUnseen, tell }) {
  return new Editor(box, around, { withoutUnseen, tell });
}

class Editor {
  constructor(box, around, unseen) {
    Object.assign(this, { box, around, unseen, known: new WeakMap(), json: new WeakMap(), read: [], after: "", isOurs: false, labels: [...(box.labels ?? [])] });
    this.surface = around.querySelector("[data-surface]");
    this.keys = around.querySelector("[data-keys]");
    this.keys.id = `${box.id}-keys`;
    box.before(around);
    this.view = new EditorView({ mount: this.surface }, this.props());
    this.tools = new Tools(this, around);
    this.show(held.get.call(box));
    const { state } = this.view;
    this.view.updateState(state.apply(state.tr.setSelection(Selection.atStart(state.doc))));
    this.follow();
    this.attend();
  }

  props() {
    return {
      state: EditorState.create({ schema, plugins: [history()] }),
      editable: () => !this.box.readOnly && !this.box.disabled,
      attributes: () => this.attributes(),
      dispatchTransaction: (change) => this.changed(change),
      handleKeyDown: (view, event) => this.pressed(event),
      handleTextInput: (view, from, to, text) => (/^[ \u00a0]$/.test(text) && afterSpace(view, from)) || (text === "*" && afterStar(view, from)),
      transformPastedHTML: (html) => tidied(html, (address) => ADDRESS.test(address)),
      transformPastedText: lined,
      transformPasted: (slice) => this.fitted(slice),
      clipboardTextParser: (text) => this.parsed(text),
      clipboardTextSerializer: (slice) => textOf(slice),
      handleDOMEvents: { beforeinput: inserted, input: stopped, change: stopped, dragstart: refused, dragover: refused, drop: (view, event) => this.dropped(event) },
    };
  }

  attributes() {
    const { box } = this;
    const mirrored = MIRRORED.filter((name) => box.hasAttribute(name)).map((name) => [name, box.getAttribute(name)]);
    const isShut = box.readOnly || box.disabled;
    return {
      role: "textbox",
      "aria-multiline": "true",
      class: `app-editor__text govuk-textarea${box.classList.contains("govuk-textarea--error") ? " govuk-textarea--error" : ""}`,
      ...Object.fromEntries(mirrored),
      ...(this.labelled && { "aria-labelledby": this.labelled }),
      "aria-describedby": this.described,
      ...(isShut && { "aria-readonly": "true", tabindex: "0" }),
    };
  }

  // What is said of the field, but for how it is written without the editor, and of the keys.
  get described() {
    const ids = this.box.getAttribute("aria-describedby")?.split(/\s+/) ?? [];
    return [...ids.filter((id) => !document.getElementById(id)?.matches(".app-writing-hint")), this.keys.id].join(" ");
  }

  get labelled() {
    const { box } = this;
    if (box.hasAttribute("aria-labelledby") || box.hasAttribute("aria-label")) return box.getAttribute("aria-labelledby") ?? "";
    this.labels.forEach((label, place) => (label.id ||= `${this.box.id}-label${place || ""}`));
    return this.labels.map(({ id }) => id).join(" ");
  }

  // --- between the field and the surface

  // The text of the field, shown; the cursor stays at its words.
  show(text) {
    const { blocks, after } = readText(text);
    const known = [];
    this.view.state.doc.forEach((node) => this.known.has(node) && known.push({ node, source: this.known.get(node).source }));
    const nodes = reused(blocks, known, nodeOf);
    // Behind a table and a program there is a line to go on; without words it is not in the text.
    if (!["paragraph", "heading", "bullet_list", "ordered_list", "blockquote"].includes(nodes.at(-1)?.type.name)) nodes.push(schema.node("paragraph"));
    const doc = schema.node("doc", null, nodes);
    const { state } = this.view;
    const change = replaced(state, doc);
    if (change.docChanged) this.view.updateState(state.apply(forgotten(change)));
    this.known = new WeakMap();
    const shown = this.view.state.doc;
    this.read = blocks.map(({ source, before }, place) => ({ node: shown.child(place), source, before, place }));
    for (const each of this.read) this.known.set(each.node, each);
    this.after = after;
    this.written = text;
    this.tools.update();
  }

  fromField() {
    if (this.isPlain) return; // read when the surface is seen again
    const text = held.get.call(this.box);
    if (text !== this.written) this.show(text);
  }

  changed(change) {
    const before = this.view.state.doc;
    this.view.updateState(this.view.state.apply(change));
    this.tools.update();
    if (!this.view.state.doc.eq(before)) this.toField();
  }

  toField() {
    const { doc } = this.view.state;
    const nodes = doc.content.content.filter((node) => node.content.size || this.known.has(node));
    const { parts, isToEnd } = partsOf(nodes, this.read, this.known, (node) => this.jsonOf(node));
    this.written = writeText(parts, { after: isToEnd ? this.after : "" });
    if (this.written === held.get.call(this.box)) return;
    held.set.call(this.box, this.written);
    this.isOurs = true;
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.isOurs = false;
  }

  jsonOf(node) {
    if (!this.json.has(node)) this.json.set(node, treeOf(node));
    return this.json.get(node);
  }

  // What is shown is what the field says: what Markdown cannot hold goes when the person goes on.
  settle() {
    const shown = [];
    this.view.state.doc.forEach((node) => shown.push(normal(this.jsonOf(node))));
    const text = held.get.call(this.box);
    const read = readText(text).blocks.map(({ node }) => normal(node));
    if (!same(shown.filter(Boolean), read.filter(Boolean))) this.show(text);
  }

  // What scripts and restored pages put into the field is shown, and who goes to the field comes here.
  follow() {
    const { box } = this;
    Object.defineProperty(box, "value", {
      configurable: true,
      get: () => held.get.call(box),
      set: (text) => {
        held.set.call(box, text);
        this.fromField();
      },
    });
    Object.defineProperty(box, "labels", { configurable: true, value: this.labels }); // for who hands out what was typed
    box.addEventListener("input", () => this.isOurs || this.fromField());
    box.form?.addEventListener("reset", () => setTimeout(() => this.fromField()));
    window.addEventListener("pageshow", () => this.fromField());
    box.focus = (options) => (this.isPlain ? HTMLElement.prototype.focus.call(box, options) : this.view.focus());
    box.setSelectionRange = (start, end) => {
      HTMLTextAreaElement.prototype.setSelectionRange.call(box, start, end);
      if (!this.isPlain) this.view.dispatch(this.view.state.tr.setSelection(TextSelection.atEnd(this.view.state.doc)).scrollIntoView());
    };
    box.addEventListener("focus", () => !this.isPlain && location.hash === `#${box.id}` && this.view.focus());
    for (const label of this.labels) {
      label.addEventListener("click", (event) => {
        if (this.isPlain || event.target.closest("a, button, summary")) return;
        event.preventDefault();
        this.view.focus();
      });
    }
  }

  attend() {
    const again = () => {
      this.view.setProps({});
      this.tools.update();
    };
    new MutationObserver(again).observe(this.box, { attributes: true, attributeFilter: [...MIRRORED, "readonly", "disabled", "class"] });
    this.surface.addEventListener("focusout", () => {
      if (document.hasFocus()) this.mayTab = false;
      this.settle();
    });
    this.surface.addEventListener("click", () => (this.mayTab = true));
  }

  get isPlain() {
    return this.around.classList.contains("app-editor--plain");
  }

  setPlain(isPlain) {
    this.around.classList.toggle("app-editor--plain", isPlain);
    this.box.classList.toggle("app-editor__field", !isPlain);
    this.box.tabIndex = isPlain ? 0 : -1;
    for (const label of this.labels) label.htmlFor = isPlain ? this.box.id : this.surface.id; // names what is seen, and that alone
    if (isPlain) this.box.removeAttribute("aria-hidden");
    else this.box.setAttribute("aria-hidden", "true");
    if (!isPlain) this.fromField();
    this.tools.update();
  }

  // --- keys and the clipboard

  pressed(event) {
    if (event.altKey && event.key === "F10") return this.tools.focus();
    // Who comes by with Tab goes on with it; who has typed, moved or clicked there has it for the text, until Escape.
    if (event.key === "Escape") this.mayTab = false;
    if (event.key === "Tab" && !this.mayTab) return false;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && letterOf(event) === "k") {
      event.stopPropagation(); // the search of the page has the same keys
      this.tools.askLink();
      return true;
    }
    const isDone = Boolean(commandOf(event)?.(this.view.state, this.view.dispatch, this.view));
    if (isDone || MOVES.test(event.key) || (event.key.length === 1 && !event.ctrlKey && !event.metaKey)) this.mayTab = true;
    return isDone;
  }

  // What is dropped comes in as if it had been pasted there.
  dropped(event) {
    event.preventDefault();
    const at = this.view.posAtCoords({ left: event.clientX, top: event.clientY });
    if (!at || !this.view.editable) return true;
    const { state } = this.view;
    this.view.dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(at.pos))));
    const html = event.dataTransfer.getData("text/html");
    if (html) this.view.pasteHTML(html);
    else this.view.pasteText(event.dataTransfer.getData("text/plain"));
    this.view.focus();
    return true;
  }

  seen(text) {
    const seen = this.unseen.withoutUnseen(text);
    if (seen !== text) this.unseen.tell(this.box);
    return seen;
  }

  // Pasted words as the plain field would take them: marks of Markdown and of word processors are read.
  parsed(text) {
    const nodes = readText(this.seen(text)).blocks.map(({ node }) => nodeOf(node));
    return new Slice(Fragment.from(nodes), nodes[0]?.type.name === "paragraph" ? 1 : 0, nodes.at(-1)?.type.name === "paragraph" ? 1 : 0);
  }

  // Without what nobody sees; in a cell and a heading the words alone.
  fitted(slice) {
    this.mayTab = true;
    const seen = mapped(slice.content, (text) => this.seen(text));
    const { parent } = this.view.state.selection.$from;
    if (isSource(this.view.state) || !["table_cell", "table_header", "heading"].includes(parent.type.name)) {
      return new Slice(seen, openTo(seen.firstChild, slice.openStart), openTo(seen.lastChild, slice.openEnd));
    }
    const words = [];
    seen.descendants((node) => {
      if (node.isText) words.push(schema.text(node.text.replace(/\n/g, " "), node.marks));
      else if (node.type.name === "hard_break" || (words.length && node.isTextblock)) words.push(schema.text(" "));
      return !node.isText;
    });
    return new Slice(Fragment.from(words), 0, 0);
  }
}

// Line ends of other systems and of word processors, as the server takes them (core/language/text.py).
const lined = (text) => text.replace(/\r\n|[\r\v\u2028]/g, "\n").replace(/\u2029/g, "\n\n");

// Lines of a program stay a block of their own.
const openTo = (node, depth) => (node?.type.name === "source" && node.textContent.includes("\n") ? 0 : depth);

// Each text as it is seen behind what stands before it in its paragraph.
function mapped(content, change) {
  const nodes = [];
  let before = "";
  content.forEach((node) => {
    const text = node.isText ? change(before + node.text).slice(before.length) : "";
    if (!node.isText) nodes.push(node.copy(mapped(node.content, change)));
    else if (text) nodes.push(schema.text(text, node.marks));
    before = node.isText ? before + text : "";
  });
  return Fragment.from(nodes);
}

// What is copied goes along as Markdown, or as words where it is of one paragraph.
function textOf({ content, openStart }) {
  if (content.childCount === 1 && openStart > 0) return content.textBetween(0, content.size, "\n", "\n");
  const parts = [];
  content.forEach((node) => parts.push({ node: () => treeOf(node) }));
  return writeText(parts);
}

// Between the trees of reading.js and the nodes of ProseMirror.
function nodeOf({ type, attrs, content = [], text, marks = [] }) {
  const own = marks.map((mark) => schema.mark(mark.type, mark.attrs));
  return text ? schema.text(text, own) : schema.node(type, attrs, content.map(nodeOf), own);
}

function treeOf(node) {
  const tree = { type: node.type.name };
  if (node.isText) tree.text = node.text;
  if (node.type.name === "heading") tree.attrs = { level: node.attrs.level };
  if (node.content.size) tree.content = node.content.content.map(treeOf);
  if (node.marks.length) tree.marks = node.marks.map(({ type, attrs }) => ({ type: type.name, ...(attrs.href && { attrs: { href: attrs.href } }) }));
  return tree;
}

// Lines that come in at once without a clipboard (dictated, by a keyboard that holds them) are as if pasted.
function inserted(view, event) {
  const step = { historyUndo: undo, historyRedo: redo }[event.inputType]; // from a menu, or shaken
  if (step) {
    step(view.state, view.dispatch);
    return refused(view, event);
  }
  if (event.inputType !== "insertText" || !/[\n\r\v\u2028\u2029]/.test(event.data)) return false;
  view.pasteText(event.data);
  return refused(view, event);
}

const refused = (view, event) => {
  event.preventDefault();
  return true;
};

const stopped = (view, event) => {
  event.stopPropagation(); // the field speaks for the surface
  return false;
};

