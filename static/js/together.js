// Who else has the section open, and what colleagues save meanwhile (docs/autosave.md).
import { arrive } from "./answer-arrivals.js";
import { Here } from "./here.js";

// items: Map of code -> AnswerItem; page: as an AnswerItem has it.
export function together(form, items, page) {
  const place = form.querySelector("[data-together]");
  if (place) new Together(place, items, page).start();
}

class Together extends Here {
  constructor(place, items, page) {
    super(place);
    Object.assign(this, { items, page });
  }

  get query() {
    return { version: this.page.version };
  }

  async heard(facts) {
    this.isOver = Boolean(facts.is_moved);
    if (this.isOver) return;
    this.showPeople(facts);
    const isNewer = ([code, revision]) => revision > (this.items.get(code)?.edit.base ?? Infinity);
    const newer = Object.entries(facts.revisions).filter(isNewer).map(([code]) => code);
    if (newer.length) await this.bring(newer);
  }

  async bring(codes) {
    const { facts } = await this.get("", codes);
    for (const [code, answer] of Object.entries(facts.answers)) arrive(this.items.get(code), answer);
    this.page.changed(facts);
  }

  // --- what is seen

  showPeople(facts) {
    super.showPeople(facts);
    const names = new Map();
    for (const [code, name] of facts.at) names.set(code, [...(names.get(code) ?? []), name]);
    for (const [code, item] of this.items) this.mark(item, names.get(code) ?? []);
  }

  // In the line under a question, which is there anyway, so that nothing moves.
  mark(item, names) {
    const foot = item.element.querySelector(".app-question__foot");
    let mark = foot?.querySelector("[data-here]");
    if (!names.length || !foot) return mark?.remove();
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "app-question__here";
      mark.dataset.here = "";
      foot.append(mark);
    }
    const words = names.map((name) => this.place.dataset.saysHere.replace("%person%", `\u2068${name}\u2069`)).join(" · ");
    if (mark.textContent !== words) mark.textContent = words;
  }
}
