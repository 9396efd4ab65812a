// What is known of one answer that is being written: what the server has, what is on its way, what was typed since.
// No page and no network here, so that it can be proven together with the queue (tests/scripts).
import { applied } from "./text-edits.js";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class AnswerEdit {
  // content(): what the fields hold now. newKey(): a name for a save, by which the server knows it again.
  constructor({ content, base, newKey }) {
    Object.assign(this, { content, base, newKey });
    this.stored = content();
    this.unsure = []; // the names of saves whose replies never came
    this.nextKey = newKey(); // chosen before it is used, so that the journal has it whenever the browser ends
    this.isTouched = false;
    this.isSaving = false;
  }

  get isDirty() {
    return this.isTouched || this.isSaving;
  }

  // What stands in the journal of this browser until the server has it.
  draft() {
    const unsure = [...this.unsure, ...(this.sent ? [this.sent.key] : []), this.nextKey];
    return { base: this.base, content: this.content(), unsure };
  }

  resume({ base, unsure = [] }) {
    Object.assign(this, { base, unsure: [...unsure], isTouched: true });
  }

  begin() {
    const { choices, text, outside } = this.stored;
    const wasEmpty = !choices.length && !text.trim() && !outside;
    this.sent = { content: this.content(), base: this.base, key: this.nextKey, unsure: [...this.unsure], wasEmpty };
    this.nextKey = this.newKey();
    this.isSaving = true;
    this.isTouched = false;
    return this.sent;
  }

  // Whether it arrived is not known: the next save says so.
  lost() {
    if (this.sent) this.unsure.push(this.sent.key);
    this.end();
    this.isTouched = true;
  }

  // The server said no, or both texts are shown; what was typed is here alone.
  notSaved() {
    this.end();
    this.isTouched = true;
  }

  // The server has it. Gives the content that belongs into the fields where a colleague's words came in, else null.
  saved({ status, revision, merged, errors }) {
    const { content, key } = this.sent;
    this.end();
    if (status !== "merged") {
      Object.assign(this, { base: revision, stored: content, unsure: [] });
      this.isTouched ||= !same(this.content(), content);
      return null;
    }
    const now = this.content();
    const text = applied(merged.runs, content.text, now.text);
    if (text === null) {
      // Typed at the very place where the colleague wrote: on the old base the server knows both, and what this save did.
      this.unsure.push(key);
      this.isTouched = true;
      return null;
    }
    this.unsure = [];
    const citations = !errors && same(now.citations, content.citations) ? merged.citations : now.citations;
    this.stored = { ...content, text: applied(merged.runs, content.text, content.text), citations: merged.citations };
    this.base = revision;
    const next = { ...now, text, citations };
    this.isTouched = !same(next, this.stored);
    return next;
  }

  // Where a person took a decision between two texts.
  rest({ base, stored, isTouched }) {
    Object.assign(this, { base, isTouched, unsure: [] });
    if (stored) this.stored = stored;
  }

  end() {
    this.sent = null;
    this.isSaving = false;
  }
}

// An answer in words, as it is offered again.
export function wordsOf({ choices, text, citations, outside }, says) {
  const references = citations.map((citation) => Object.values(citation).filter(Boolean).join(", "));
  return [...choices, outside ? says.outside : "", text, ...references].filter((words) => words.trim()).map((words) => ["", words]);
}
