// One question on the page: its fields, what they hold, and how its answer stands.

const PAUSE_IN_TYPING = 800; // milliseconds
const FIELDS = ["law", "provision", "link"];

export class AnswerItem {
  // page: { says, drafts, queue, maximum, changed() }
  constructor(element, page) {
    this.element = element;
    this.page = page;
    this.code = element.dataset.question;
    this.condition = element.dataset.condition ? JSON.parse(element.dataset.condition) : null;
    this.baseInput = element.querySelector("[data-base]");
    this.isDirty = "unsaved" in element.dataset;
    this.isStopped = Boolean(this.panel);
    if (this.baseInput) this.listen();
    this.stored = JSON.stringify(this.content());
  }

  get panel() {
    return this.element.querySelector("[data-conflict]");
  }

  get base() {
    return Number(this.baseInput.value);
  }

  inputs(name) {
    return [...this.element.querySelectorAll(`[name="${CSS.escape(`${this.code}-${name}`)}"]`)];
  }

  content() {
    const values = FIELDS.map((name) => this.inputs(name).map((input) => input.value));
    return {
      choices: this.inputs("choices").filter((input) => input.checked && input.value).map((input) => input.value),
      text: this.inputs("text")[0]?.value ?? "",
      citations: (values[0] ?? [])
        .map((law, row) => ({ law, provision: values[1][row], link: values[2][row] }))
        .filter((citation) => Object.values(citation).some(Boolean)),
    };
  }

  answer() {
    return this.baseInput ? this.content() : { choices: [], text: "" };
  }

  write({ choices, text, citations }) {
    for (const input of this.inputs("choices")) input.checked = choices.includes(input.value);
    this.inputs("text")[0].value = text;
    while (this.inputs("law").length < citations.length) this.addCitation();
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
    this.isDirty = true;
    this.isStopped = Boolean(this.panel);
    this.keep();
    this.decorate();
    this.say(this.page.says.unsaved);
    clearTimeout(this.timer);
    if (target.type === "radio" || target.type === "checkbox") this.enqueue();
    else this.timer = setTimeout(() => this.enqueue(), PAUSE_IN_TYPING);
    this.page.changed();
  }

  keep() {
    this.page.drafts.keep(this.code, { base: this.base, content: this.content() });
  }

  enqueue() {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    const { length } = this.content().text;
    if (length > this.page.maximum) this.refused({ text: this.page.says.tooLong.replace("%length%", length) });
    else this.page.queue.add(this);
  }

  // --- the queue calls these

  beginSaving() {
    this.sent = JSON.stringify(this.content());
    this.isSaving = true;
    this.say(this.page.says.saving);
    const { choices, text, citations } = JSON.parse(this.sent);
    const body = new URLSearchParams({ text, base: this.base });
    for (const choice of choices) body.append("choices", choice);
    for (const citation of citations) FIELDS.forEach((name) => body.append(name, citation[name]));
    const before = JSON.parse(this.stored);
    if (!before.choices.length && !before.text.trim()) body.append("was_empty", "1");
    return body;
  }

  wait(reason) {
    this.isSaving = false;
    this.say(this.page.says[reason], true);
    this.page.changed();
  }

  saved({ status, revision, saved_at, asked, progress, conflict }) {
    this.isSaving = false;
    this.showErrors({});
    if (status === "conflict") {
      this.showConflict(conflict.html);
    } else {
      this.baseInput.value = revision;
      this.stored = this.sent;
      this.isDirty = JSON.stringify(this.content()) !== this.sent;
      if (this.isDirty) {
        this.keep();
      } else {
        this.page.drafts.drop(this.code);
        this.markSaved();
        this.say(saved_at);
      }
      this.element.querySelector("[data-history]").hidden = false;
    }
    this.page.changed({ asked, progress });
  }

  // What the server has is no longer what was typed and not saved (lock-out.js looks for that).
  markSaved() {
    for (const input of ["text", ...FIELDS].flatMap((name) => this.inputs(name))) input.defaultValue = input.value;
    for (const input of this.inputs("choices")) input.defaultChecked = input.checked;
  }

  refused(errors) {
    this.isSaving = false;
    this.isStopped = true;
    this.showErrors(errors);
    this.say(this.page.says.check, true);
    this.page.changed();
  }

  stop(reason, words) {
    this.isSaving = false;
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
    const message = this.element.querySelector("[data-error]");
    message.hidden = !words;
    message.querySelector("[data-error-text]").textContent = words;
    this.element.classList.toggle("app-question--error", Boolean(words));
    const concerned = { text: this.inputs("text"), citations: this.inputs("law") }[field] ?? [];
    for (const input of [...this.inputs("text"), ...this.inputs("law")]) {
      input.ariaInvalid = concerned.includes(input) ? "true" : null;
    }
    if (concerned.length) this.openWords();
  }

  showAsked(isAsked) {
    const { choices, text, citations } = this.content();
    const isKept = !isAsked && Boolean(choices.length || text.trim() || citations.length);
    this.element.hidden = !isAsked && !isKept;
    this.element.querySelector("[data-body]").hidden = !isAsked;
    this.element.querySelector("[data-kept]").hidden = !isKept;
  }

  decorate() {
    const { choices, text } = this.content();
    const clear = this.element.querySelector("[data-clear]");
    if (clear) clear.hidden = !choices.length;
    if (this.inputs("choices").some((input) => input.checked && "asks" in input.dataset)) this.openWords();
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

  addCitation() {
    const rows = [...this.element.querySelectorAll("[data-citation]")];
    const hidden = rows.find((row) => row.classList.contains("app-no-js-only"));
    const row = hidden ?? rows.at(-1).cloneNode(true);
    row.classList.remove("app-no-js-only");
    if (hidden) return row;
    const number = rows.length + 1;
    for (const input of row.querySelectorAll("input")) {
      const id = input.id.replace(/\d+$/, number);
      row.querySelector(`label[for="${CSS.escape(input.id)}"]`).htmlFor = id;
      Object.assign(input, { id, value: "" });
    }
    rows.at(-1).after(row);
    return row;
  }

  // --- two people, one answer

  showConflict(html) {
    this.isStopped = true;
    this.isDirty = true;
    this.panel?.remove();
    this.baseInput.insertAdjacentHTML("afterend", html);
    this.openWords();
    this.say(this.page.says.conflict, true);
    this.panel.focus();
  }

  pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if ("clear" in button.dataset) {
      for (const input of this.inputs("choices")) input.checked = false;
      this.inputs("choices")[0].dispatchEvent(new Event("input", { bubbles: true }));
      this.inputs("choices")[0].focus();
    } else if ("addCitation" in button.dataset) {
      this.addCitation().querySelector("input").focus();
    } else if (this.panel?.contains(button)) {
      this.resolve(event, button);
    }
  }

  resolve(event, button) {
    const { theirs, revision, saved } = this.panel.dataset;
    event.preventDefault();
    if ("merge" in button.dataset) {
      const [box] = this.inputs("text");
      box.value = [box.value, JSON.parse(theirs).text].filter((text) => text.trim()).join("\n\n");
      this.keep();
      box.focus();
      return;
    }
    // The panel goes while the item is still stopped: to lose it may move the focus, which would send the fields.
    this.panel.remove();
    this.baseInput.value = revision;
    if (button.name === "keep") {
      this.write(JSON.parse(theirs));
      this.stored = JSON.stringify(this.content());
      this.isDirty = false;
      this.isStopped = false;
      this.page.drafts.drop(this.code);
      this.markSaved();
      this.say(saved);
      this.page.changed();
    } else {
      this.isStopped = false;
      this.enqueue();
    }
    this.element.focus();
  }
}
