// The ceremony of a draw: the page holds the whole result, and this reveals it step by step. What carries data-step is
// shown from that step on: first each State in its group, then each State with its reviewers; the last step shows all.

const FASTEST_READ = 1500; // milliseconds; steps that follow one another faster are not read out
const KEYS = { " ": "play", ArrowRight: "next", ArrowLeft: "previous" };
const MIRRORED_KEYS = { " ": "play", ArrowRight: "previous", ArrowLeft: "next" };

function element(tag, className, ...content) {
  const made = Object.assign(document.createElement(tag), { className });
  made.append(...content);
  return made;
}

function markOf(tone) {
  const mark = element("span", `app-mark app-mark--${tone} app-tone-${tone}`);
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

class Ceremony {
  constructor(root) {
    this.root = root;
    this.rows = [...root.querySelectorAll("[data-turn]")];
    this.count = this.rows.length;
    this.last = 2 * this.count + 1;
    this.place = `ceremony ${root.dataset.ceremony}`; // where a page that is loaded anew goes on
    this.step = Math.min(Number(sessionStorage.getItem(this.place)) || 0, this.last);
    this.timer = null;
    this.found = ""; // the code of the State that was looked for
    this.field = this.one("#find-state");
    this.find();
    this.listen();
    root.dataset.ready = "";
  }

  one(selector) {
    return this.root.querySelector(selector);
  }

  all(selector) {
    return [...this.root.querySelectorAll(selector)];
  }

  // The words that the page has in store for us: data-says-in-group -> InGroup.
  says(name, words = {}) {
    const text = this.root.dataset[`says${name}`];
    return Object.entries(words).reduce((said, [key, value]) => said.replace(`%${key}%`, () => value), text);
  }

  rowAt(step) {
    return this.rows[(step - 1) % this.count];
  }

  // --- what is seen at a step

  reveal() {
    for (const part of this.all("[data-step]")) {
      part.classList.toggle("app-unseen", Number(part.dataset.step) > this.step);
      part.classList.toggle("app-current", Number(part.dataset.step) === this.step);
    }
    for (const count of this.all("[data-count]")) {
      const states = this.all(`[data-in-group="${count.dataset.count}"]`);
      const seen = states.filter((state) => !state.classList.contains("app-unseen")).length;
      count.textContent = seen === states.length ? seen : `${seen} / ${states.length}`;
    }
    for (const more of this.all("[data-more]")) more.hidden = !more.parentElement.querySelector(".app-unseen");
    this.showStage();
    this.showInPicture();
    this.one("[data-bar]").value = this.step;
    sessionStorage.setItem(this.place, this.step);
  }

  showStage() {
    const isGroup = this.step <= this.count;
    const isTurn = this.step > 0 && this.step < this.last;
    const done = isGroup ? this.step : this.step - this.count;
    const where = isTurn ? this.says(isGroup ? "Groups" : "Turns", { done, all: this.count }) : "";
    this.one("[data-where]").textContent = where;
    this.one("[data-idle]").hidden = this.step > 0;
    this.one("[data-final]").hidden = this.step < this.last;
    this.one("[data-stage]").hidden = !isTurn;
    if (!isTurn) return;
    const row = this.rowAt(this.step);
    const { state, region, group, tone } = row.dataset;
    this.one("[data-kicker]").textContent = this.says("Group", { group });
    this.one("[data-name]").textContent = state;
    const details = [element("p", "app-stage__region", markOf(tone), " ", region)];
    if (!isGroup) {
      const links = row.querySelector("[data-reviewers]").cloneNode(true);
      links.classList.add("app-links--large");
      details.push(element("p", "app-stage__reviewed", this.says("Reviewed")), links);
    }
    this.one("[data-details]").replaceChildren(...details);
  }

  // The States of this step stand out, and the one that was looked for with those that it has to do with.
  showInPicture() {
    const ends = (kind) => this.all(`.app-arc.${kind}:not(.app-unseen)`).flatMap((arc) => arc.dataset.pair.split(" "));
    const current = new Set(ends("app-current"));
    if (this.step && this.step <= this.count) current.add(this.rowAt(this.step).dataset.turn);
    const near = new Set([this.found, ...ends("app-arc--selected")]);
    for (const node of this.all(".app-node")) {
      node.classList.toggle("app-current", current.has(node.dataset.code));
      node.classList.toggle("app-node--selected", near.has(node.dataset.code));
    }
    const { classList } = this.one("[data-diagram]");
    classList.toggle("app-diagram--current", this.step > this.count && this.step < this.last);
    classList.toggle("app-diagram--selected", Boolean(this.found));
  }

  // --- what is read out

  speak() {
    this.one("[data-status]").textContent = this.words();
  }

  words() {
    if (!this.step) return this.says("Start");
    if (this.step === this.last) return this.says("End");
    const row = this.rowAt(this.step);
    const { state, group } = row.dataset;
    if (this.step <= this.count) return this.says("InGroup", { state, group });
    const names = [...row.querySelectorAll("[data-reviewers] .app-link__name")].map((name) => name.textContent);
    const reviewers = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names);
    return this.says("Reviewers", { state, reviewers });
  }

  // --- going on and back

  go(step) {
    this.step = Math.max(0, Math.min(step, this.last));
    this.reveal();
    if (!this.timer || this.pause >= FASTEST_READ) this.speak();
  }

  get pause() {
    return Number(this.one("[data-speed]").value);
  }

  play() {
    if (this.step === this.last) this.go(0);
    const tick = () => {
      this.go(this.step + 1);
      if (this.step === this.last) this.stop();
      else this.timer = setTimeout(tick, this.pause);
    };
    this.timer = setTimeout(tick, Math.min(this.pause, 500));
    this.showPlaying();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.showPlaying();
    this.speak();
  }

  showPlaying() {
    this.one("[data-says-play]").hidden = Boolean(this.timer);
    this.one("[data-says-pause]").hidden = !this.timer;
  }

  act(name) {
    if (name === "screen") {
      if (document.fullscreenElement) document.exitFullscreen();
      else this.root.requestFullscreen();
    } else if (this.timer) {
      this.stop();
    } else if (name === "play") {
      this.play();
      return;
    }
    const steps = { next: this.step + 1, previous: this.step - 1, all: this.last, start: 0 };
    if (name in steps) this.go(steps[name]);
  }

  // --- one State: who reviews it, whom it reviews, as far as revealed

  rowNamed(words) {
    const asked = words.trim().toLocaleLowerCase();
    const named = ({ dataset }) => [dataset.state, dataset.turn].map((name) => name.toLocaleLowerCase());
    const exact = this.rows.find((row) => named(row).includes(asked));
    const begins = this.rows.filter((row) => named(row)[0].startsWith(asked));
    return exact ?? (begins.length === 1 ? begins[0] : null);
  }

  find() {
    const isAsked = Boolean(this.field.value.trim());
    const row = isAsked ? this.rowNamed(this.field.value) : null;
    this.found = row?.dataset.turn ?? "";
    for (const arc of this.all(".app-arc")) {
      arc.classList.toggle("app-arc--selected", arc.dataset.pair.split(" ").includes(this.found));
    }
    if (row) this.one("[data-found]").replaceChildren(...this.facts(row));
    else this.one("[data-found]").textContent = isAsked ? this.says("Nobody") : "";
    this.reveal();
  }

  facts(row) {
    const facts = this.one("[data-found-template]").content.cloneNode(true);
    const { state, region, tone, group } = row.dataset;
    facts.querySelector("[data-found-mark]").replaceWith(markOf(tone));
    facts.querySelector("[data-found-name]").textContent = state;
    facts.querySelector("[data-found-region]").textContent = region;
    facts.querySelector("[data-found-number]").textContent = this.says("Group", { group });
    facts.querySelector("[data-found-group]").dataset.step = this.rows.indexOf(row) + 1;
    for (const side of ["reviewers", "duties"]) {
      const links = row.querySelector(`[data-${side}]`).cloneNode(true).children;
      facts.querySelector(`[data-found-${side}]`).replaceChildren(...links);
    }
    return facts.children;
  }

  // --- buttons, keys, the field, the picture

  listen() {
    this.one('[data-act="screen"]').hidden = !document.fullscreenEnabled;
    this.one("[data-show]").addEventListener("click", ({ target }) => {
      const button = target.closest("[data-act]");
      if (button) this.act(button.dataset.act);
    });
    document.addEventListener("keydown", (event) => this.pressed(event));
    this.one("[data-find]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.find();
    });
    this.field.addEventListener("input", () => {
      if (!this.field.value.trim() || this.rowNamed(this.field.value)) this.find();
    });
    this.one("[data-diagram]").addEventListener("click", ({ target }) => {
      const node = target.closest(".app-node");
      if (!node) return;
      this.field.value = this.rows.find((row) => row.dataset.turn === node.dataset.code).dataset.state;
      this.find();
    });
  }

  // Keys that somebody types with, or presses a button with, are theirs.
  pressed(event) {
    const name = (document.documentElement.dir === "rtl" ? MIRRORED_KEYS : KEYS)[event.key];
    const taken = name === "play" ? "a, button, input, select, summary, textarea" : "input, select, textarea";
    if (!name || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(taken)) return;
    event.preventDefault();
    this.act(name);
  }
}

const root = document.querySelector("[data-ceremony]");
if (root) new Ceremony(root);
