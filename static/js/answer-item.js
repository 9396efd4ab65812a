// One question on the page: its fields, and how its answer stands (answer-edit.js knows what the server has of it).
import { untell } from "./answer-arrivals.js";
import { addCitation } from "./answer-citations.js";
import { AnswerEdit, wordsOf } from "./answer-edit.js";
import { anew, drop, keep, newKey, stateOf } from "./draft-keeper.js";
import { both, replaceText } from "./text-edits.js";

const PAUSE_IN_TYPING = 800; // milliseconds
const FIELDS = ["law", "provision", "link"];

export class AnswerItem {
  // page: { says, owner, version, queue, maximum, changed() }
  constructor(element, page) {
    this.element = element;
    this.page = page;
    this.code = element.dataset.question;
    this.place = `answer ${page.owner} ${this.code}`;
    this.condition = element.dataset.condition ? JSON.parse(element.dataset.condition) : null;
    this.baseInput = element.querySelector("[data-base]");
    this.isStopped = Boolean(this.panel);
    this.edit = new AnswerEdit({ content: () => this.content(), base: Number(this.baseInput?.value), newKey });
    if (this.baseInput) this.listen();
    if ("unsaved" in element.dataset) this.cameBackUnsaved();
  }

  get isDirty() {
    return this.edit.isDirty;
  }

  get panel() {
    return this.element.querySelector("[data-conflict]");
  }

  inputs(name) {
    return [...this.element.querySelectorAll(`[name="${CSS.escape(`${this.code}-${name}`)}"]`)];
  }

  content() {
    const values = FIELDS.map((name) => this.inputs(name).map((input) => input.value));
    const [outside] = this.inputs("outside"); // only an organization has it
    return {
      choices: this.inputs("choices").filter((input) => input.checked && input.value).map((input) => input.value),
      text: this.inputs("text")[0]?.value ?? "",
      citations: (values[0] ?? [])
        .map((law, row) => ({ law, provision: values[1][row], link: values[2][row] }))
        .filter((citation) => Object.values(citation).some((words) => words.trim())),
      ...(outside && { outside: outside.checked }),
    };
  }

  answer() {
    return this.baseInput ? this.content() : { choices: [], text: "" };
  }

  write({ choices, text, citations, outside = false }) {
    for (const input of this.inputs("choices")) input.checked = choices.includes(input.value);
    for (const input of this.inputs("outside")) input.checked = outside;
    replaceText(this.inputs("text")[0], text);
    while (this.inputs("law").length < citations.length) addCitation(this.element);
    const rows = [...this.element.querySelectorAll("[data-citation]")];
    for (const row of rows.slice(0, citations.length)) row.classList.remove("app-no-js-only");
    FIELDS.forEach((name) => {
      this.inputs(name).forEach((input, row) => (input.value = citations[row]?.[name] ?? ""));
    });
    this.decorate();
  }

  listen() {
    this.element.addEventListener("input", (event) => this.touched(event.target));
    this.element.addEventListener("focusout", () => this.isDirty && this.enqueue());
    this.element.addEventListener("click", (event) => this.pressed(event));
    this.decorate();
  }

  touched(target) {
    this.edit.isTouched = true;
    this.isStopped = Boolean(this.panel);
    this.leaveOne(target);
    // What was said of the law that stood there does not hold for another one; the page says anew when it is loaded.
    if (this.inputs("law").includes(target)) {
      this.element.querySelectorAll("[data-law-flag]").forEach((flag) => flag.remove());
    }
    // Where it is chosen, and not where it was before: a page of answers that are there stays short.
    if (target.checked && "asksLaw" in target.dataset) this.openWords();
    this.keep();
    this.decorate();
    this.say(this.page.says.unsaved);
    clearTimeout(this.timer);
    if (target.type === "radio" || target.type === "checkbox") this.enqueue();
    else this.timer = setTimeout(() => this.enqueue(), PAUSE_IN_TYPING);
    this.page.changed();
  }

  // An option, or that it is not within the competence: the one that was ticked last.
  leaveOne(target) {
    if (!target.checked) return;
    const [outside] = this.inputs("outside");
    if (target === outside) this.inputs("choices").forEach((input) => (input.checked = false));
    else if (outside && this.inputs("choices").includes(target)) outside.checked = false;
  }

  // --- the journal of this browser

  keep(replaced) {
    const draft = this.edit.draft();
    keep(this.place, { ...draft, version: this.page.version, words: wordsOf(draft.content, this.page.says) }, replaced);
  }

  // The journal has written, or could not: what is said of keeping is said now.
  keptOrNot() {
    if (this.waitsFor) this.say(this.waitingWords(), true);
  }

  // The page came back with what was typed: the server does not have it.
  cameBackUnsaved() {
    this.edit.isTouched = true;
    this.keep();
  }

  holds(content) {
    return JSON.stringify(content) === JSON.stringify(this.content());
  }

  showOffer(panel) {
    this.element.querySelector("[data-body]").prepend(panel);
  }

  // A text that was kept goes on; one that is being written here stays in front of it. Of what was written on another
  // version of the questionnaire the revision says nothing here: it comes on top of no answer.
  resume({ id, content, base, unsure, version }) {
    if (this.isDirty) {
      const now = this.content();
      this.write({ ...now, text: both(now.text, content.text) });
      this.edit.isTouched = true;
    } else {
      this.write(content);
      this.edit.resume({ base: version === this.page.version ? base : 0, unsure });
    }
    this.isStopped = false;
    this.keep([id]);
    this.openWords();
    this.enqueue();
    this.page.changed();
    this.inputs("text")[0].focus();
  }

  enqueue() {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    const { length } = this.content().text;
    if (length > this.page.maximum) this.showTooLong(length);
    else this.page.queue.add(this);
  }

  // Said here, and not by the server: a save that is on its way goes on.
  showTooLong(length) {
    this.isStopped = true;
    this.edit.isTouched = true;
    this.showErrors({ text: this.page.says.tooLong.replace("%length%", length) });
    this.say(this.page.says.check, true);
    this.page.changed();
  }

  // --- the queue calls these

  begin() {
    const { content, base, key, unsure, wasEmpty } = this.edit.begin();
    this.keep();
    this.waitsFor = null;
    this.say(this.page.says.saving);
    const body = new URLSearchParams({ text: content.text, base, key, version: this.page.version });
    for (const each of unsure) body.append("unsure", each);
    for (const choice of content.choices) body.append("choices", choice);
    for (const citation of content.citations) FIELDS.forEach((name) => body.append(name, citation[name]));
    if (content.outside) body.append("outside", "1");
    if (wasEmpty) body.append("was_empty", "1");
    return { code: this.code, body };
  }

  slow() {
    this.waitsFor = "slow";
    this.say(this.waitingWords(), true);
  }

  lost(reason) {
    this.edit.lost();
    this.keep();
    this.waitsFor = reason;
    this.say(this.waitingWords(), true);
    this.page.changed();
  }

  waitingWords() {
    const { says } = this.page;
    return [says[this.waitsFor], { kept: says.kept, failed: says.notKept }[stateOf(this.place)]].filter(Boolean).join(" ");
  }

  saved(facts) {
    this.waitsFor = null;
    untell(this);
    this.showErrors(facts.errors ?? {});
    if (facts.status === "conflict") {
      this.inHistory = this.edit.sent.content.text;
      this.edit.notSaved();
      this.showConflict(facts.conflict.html);
    } else {
      this.settle(facts);
    }
    this.page.changed(facts);
  }

  settle(facts) {
    const joined = this.edit.saved(facts);
    this.baseInput.value = this.edit.base;
    if (joined) {
      this.write(joined);
      this.showSeam(facts.merged.html);
    }
    if (facts.errors) this.edit.isTouched = this.isStopped = true; // a reference was left out, or its link
    if (this.isDirty) {
      this.keep();
      if (facts.errors) this.say(this.page.says.partly, true);
    } else {
      drop(this.place);
      this.markSaved();
      this.say(facts.saved_at);
    }
    this.element.querySelector("[data-history]").hidden = false;
  }

  // What the server has is no longer what was typed and not saved (lock-out.js looks for that).
  markSaved() {
    for (const input of ["text", ...FIELDS].flatMap((name) => this.inputs(name))) input.defaultValue = input.value;
    for (const input of ["choices", "outside"].flatMap((name) => this.inputs(name))) input.defaultChecked = input.checked;
  }

  refused(errors) {
    this.edit.notSaved();
    this.isStopped = true;
    this.showErrors(errors);
    this.say(this.page.says.check, true);
    this.page.changed();
  }

  stop(reason, words) {
    this.edit.notSaved();
    this.isStopped = true;
    this.say([words, this.page.says[reason]].filter(Boolean).join(" "), true);
    this.page.changed();
  }

  // --- what is seen

  say(words, isTrouble = false) {
    const status = this.element.querySelector("[data-status]");
    status.textContent = words;
    status.classList.toggle("app-status--trouble", isTrouble);
  }

  showErrors(errors) {
    const [[field, words] = ["", ""]] = Object.entries(errors);
    this.showCitationErrors(errors);
    const message = this.element.querySelector("[data-error]");
    const isAbove = Boolean(words) && !/-\d+$/.test(field);
    message.hidden = !isAbove;
    message.querySelector("[data-error-text]").textContent = isAbove ? words : "";
    this.element.classList.toggle("app-question--error", Boolean(words));
    const concerned = { text: this.inputs("text"), citations: this.inputs("law") }[field] ?? [];
    for (const input of this.inputs("text")) input.ariaInvalid = concerned.includes(input) ? "true" : null;
    if (words && !["choices", "outside"].includes(field)) this.openWords();
  }

  // errors: "link-2" is the link of the second reference that is not empty.
  showCitationErrors(errors) {
    const rows = [...this.element.querySelectorAll("[data-citation]")];
    const filled = rows.filter((row) => [...row.querySelectorAll("input")].some((input) => input.value.trim()));
    for (const row of rows) {
      const place = filled.indexOf(row) + 1;
      const wrong = ["law", "link"].find((name) => place && errors[`${name}-${place}`]);
      const message = row.querySelector("[data-citation-error]");
      message.textContent = wrong ? errors[`${wrong}-${place}`] : "";
      message.hidden = !wrong;
      for (const name of ["law", "link"]) {
        const input = row.querySelector(`[name$="-${name}"]`);
        const isWrong = name === wrong || Boolean(errors.citations && name === "law");
        input.classList.toggle("govuk-input--error", isWrong);
        input.ariaInvalid = isWrong ? "true" : null;
        if (name === wrong) input.setAttribute("aria-describedby", message.id);
        else input.removeAttribute("aria-describedby");
      }
    }
  }

  showAsked(isAsked) {
    const { choices, text, citations, outside } = this.content();
    const isKept = !isAsked && Boolean(choices.length || text.trim() || citations.length || outside);
    this.element.hidden = !isAsked && !isKept;
    this.element.querySelector("[data-body]").hidden = !isAsked;
    this.element.querySelector("[data-kept]").hidden = !isKept;
  }

  decorate() {
    const { choices, text } = this.content();
    const clear = this.element.querySelector("[data-clear]");
    if (clear) clear.hidden = !choices.length;
    if (this.inputs("choices").some((input) => input.checked && "asks" in input.dataset)) this.openWords();
    if (this.inputs("outside")[0]?.checked && this.inputs("choices").length) this.openWords(); // for a remark
    const left = this.page.maximum - text.length;
    if (left >= 0 && left < this.page.maximum / 10) this.showLeft(left);
    else this.element.querySelector("[data-left]")?.remove();
  }

  showLeft(left) {
    let line = this.element.querySelector("[data-left]");
    if (!line) {
      line = document.createElement("p");
      line.className = "govuk-hint app-left";
      line.dataset.left = "";
      this.inputs("text")[0].after(line);
    }
    line.textContent = this.page.says.left.replace("%count%", left.toLocaleString(document.documentElement.lang));
  }

  openWords() {
    this.element.querySelector("[data-words]")?.setAttribute("open", "");
  }

  // --- two people, one answer

  showSeam(html) {
    this.element.querySelector("[data-merged]")?.remove();
    this.element.querySelector(".app-question__foot").insertAdjacentHTML("beforebegin", html);
  }

  showConflict(html) {
    this.isStopped = true;
    const isHere = this.element.contains(document.activeElement);
    this.panel?.remove();
    this.baseInput.insertAdjacentHTML("afterend", html);
    this.openWords();
    this.say(this.page.says.conflict, true);
    if (isHere) this.panel.focus(); // who types elsewhere goes on typing there
  }

  pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if ("clear" in button.dataset) {
      for (const input of this.inputs("choices")) input.checked = false;
      this.inputs("choices")[0].dispatchEvent(new Event("input", { bubbles: true }));
      this.inputs("choices")[0].focus();
    } else if ("addCitation" in button.dataset) {
      addCitation(this.element).querySelector("input").focus();
    } else if (this.panel?.contains(button)) {
      this.resolve(event, button);
    }
  }

  resolve(event, button) {
    const { theirs, revision, saved } = this.panel.dataset;
    event.preventDefault();
    if ("merge" in button.dataset) {
      this.join(JSON.parse(theirs).text);
      return;
    }
    // The panel goes while the item is still stopped: to lose it may move the focus, which would send the fields.
    this.panel.remove();
    this.baseInput.value = revision;
    if (button.name === "keep") {
      // What was typed since both texts were shown is in no history: it stays in the journal, and is offered again.
      if (this.content().text !== this.inHistory) anew(this.place);
      this.write(JSON.parse(theirs));
      this.edit.rest({ base: Number(revision), stored: this.content(), isTouched: false });
      this.isStopped = false;
      drop(this.place);
      this.markSaved();
      this.say(saved);
      this.page.changed();
    } else {
      this.edit.rest({ base: Number(revision), isTouched: true });
      this.isStopped = false;
      this.enqueue();
    }
    this.element.focus();
  }

  // Both texts in the box; the seam is where the colleague's words begin, and they are selected.
  join(theirs) {
    const [box] = this.inputs("text");
    const mine = box.value.trimEnd();
    box.value = [mine, theirs].filter((text) => text.trim()).join("\n\n");
    this.keep();
    box.focus();
    box.setSelectionRange(box.value.length - theirs.length, box.value.length);
    this.say(this.page.says.joined);
  }
}
