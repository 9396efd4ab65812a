// The tools above the surface: one stop for the keyboard, the arrows go from tool to tool (the pattern "toolbar" of ARIA).
import { acts, isOn, linkAt, mayLink, setLink } from "./commands.js";
import { tableAt } from "./tables.js";
import { ADDRESS } from "./words.js";

export const PLAIN = "editor-plain"; // in this browser: whether its person writes Markdown as it is

export class Tools {
  constructor(editor, around) {
    Object.assign(this, { editor, bar: around.querySelector("[role=toolbar]"), ask: around.querySelector("[data-ask]") });
    this.buttons = [...this.bar.querySelectorAll("[data-act]")];
    this.ofTable = this.bar.querySelector("[data-of-table]");
    this.address = this.ask.querySelector("input");
    this.problem = this.ask.querySelector("[data-problem]");
    const { id } = editor.box;
    this.address.id = `${id}-address`;
    this.ask.querySelector("label").htmlFor = this.address.id;
    this.problem.id = `${id}-address-error`;
    editor.surface.id = `${id}-editor`;
    this.bar.id = `${id}-tools`;
    this.bar.setAttribute("aria-labelledby", `${this.bar.id} ${editor.labelled}`);
    if (!editor.labelled) set(this.bar, "aria-label", `${this.bar.getAttribute("aria-label")} ${editor.box.getAttribute("aria-label") ?? ""}`);
    this.bar.setAttribute("aria-controls", editor.surface.id);
    this.listen();
    this.stopAt(this.buttons[0]);
  }

  listen() {
    const { bar, ask } = this;
    bar.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays in the text
    bar.addEventListener("click", ({ target }) => this.press(target.closest("[data-act]")));
    bar.addEventListener("keydown", (event) => this.moved(event));
    bar.addEventListener("focusin", ({ target }) => this.stopAt(target));
    ask.addEventListener("keydown", (event) => this.askedByKey(event));
    ask.addEventListener("click", ({ target }) => this.answered(target.closest("[data-do]")?.dataset.do));
    for (const name of ["input", "change"]) ask.addEventListener(name, (event) => event.stopPropagation()); // no part of the form
  }

  get state() {
    return this.editor.view.state;
  }

  // --- how the tools stand

  update() {
    const { view, isPlain } = this.editor;
    if (this.ofTable.hidden === Boolean(tableAt(this.state))) this.ofTable.hidden = !this.ofTable.hidden;
    for (const button of this.buttons) {
      const { act } = button.dataset;
      if (act === "plain") {
        set(button, "aria-pressed", String(isPlain));
        continue;
      }
      const may = view.editable && (act === "link" ? mayLink(this.state) : acts[act](this.state) || (button.hasAttribute("aria-pressed") && isOn(this.state, act)));
      set(button, "aria-disabled", String(!may));
      if (button.hasAttribute("aria-pressed")) set(button, "aria-pressed", String(isOn(this.state, act)));
    }
    if (!this.reached.some((button) => button.tabIndex === 0)) this.stopAt(this.reached[0]);
  }

  // The tools that are seen.
  get reached() {
    const { isPlain } = this.editor;
    return this.buttons.filter((button) => (button.dataset.act === "plain" || !isPlain) && !button.closest("[hidden]"));
  }

  stopAt(button) {
    for (const each of this.buttons) each.tabIndex = each === button ? 0 : -1;
  }

  // --- what the person does

  focus() {
    this.reached.find((button) => button.tabIndex === 0)?.focus();
    return true;
  }

  press(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { act } = button.dataset;
    const { view } = this.editor;
    if (act === "plain") this.switched();
    else if (act === "link") this.askLink();
    else {
      acts[act](view.state, view.dispatch, view);
      view.focus();
      this.editor.mayTab = true;
    }
  }

  switched() {
    const isPlain = !this.editor.isPlain;
    try {
      localStorage.setItem(PLAIN, isPlain ? "1" : "");
    } catch {
      // a browser without a memory for us: it holds for this box
    }
    this.ask.hidden = true;
    this.editor.setPlain(isPlain);
    this.editor.box.focus();
  }

  moved(event) {
    const { reached } = this;
    const at = reached.indexOf(event.target.closest("[data-act]"));
    const isRtl = getComputedStyle(this.bar).direction === "rtl";
    const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
    const next = step ? reached[(at + step + reached.length) % reached.length] : { Home: reached[0], End: reached.at(-1) }[event.key];
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.editor.box.focus();
    }
  }

  // --- the address of a link

  askLink() {
    if (!this.editor.view.editable || !mayLink(this.state)) return;
    const there = linkAt(this.state);
    this.address.value = there?.href ?? "";
    this.ask.querySelector("[data-do=remove]").hidden = !there;
    this.complain(false);
    this.ask.hidden = false;
    this.address.focus();
    this.address.select();
  }

  askedByKey(event) {
    if (!["Enter", "Escape"].includes(event.key)) return;
    if (event.key === "Enter" && event.target !== this.address) return;
    event.preventDefault(); // the form is not sent
    event.stopPropagation();
    this.answered(event.key === "Enter" ? "set" : "leave");
  }

  answered(what) {
    if (!what) return;
    const { view } = this.editor;
    if (what !== "leave") {
      const typed = what === "set" ? whole(this.address.value.trim()) : "";
      if (what === "set" && !ADDRESS.test(typed)) {
        this.complain(true);
        return;
      }
      if (mayLink(view.state)) setLink(view.state, view.dispatch, linkAt(view.state) ?? view.state.selection, typed);
    }
    this.ask.hidden = true;
    this.address.value = "";
    view.focus();
  }

  complain(isWrong) {
    this.problem.hidden = !isWrong;
    this.address.classList.toggle("govuk-input--error", isWrong);
    set(this.address, "aria-invalid", String(isWrong));
    if (isWrong) this.address.setAttribute("aria-describedby", this.problem.id);
    else this.address.removeAttribute("aria-describedby");
    if (isWrong) this.address.focus();
  }
}

// An address as people give it: "law.example", or one with signs that would end it.
function whole(typed) {
  if (!typed) return "";
  const address = /^[\w.+-]+@[\w.-]+$/.test(typed) ? `mailto:${typed}` : /^(?:https?:|mailto:)/i.test(typed) ? typed : /^[\w-]+(\.[\w-]+)+(\/|$)/.test(typed) ? `https://${typed}` : typed;
  return address.replace(/[\s<>()[\]\\"'`{}|^]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`);
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
