// Text that the server does not have yet, kept in this browser: one entry for each person, response and question.

const PREFIX = "answer:";

export class Drafts {
  // owner: "<person>:<response>"
  constructor(owner) {
    this.prefix = `${PREFIX}${owner}:`;
  }

  keep(code, draft) {
    try {
      localStorage.setItem(this.prefix + code, JSON.stringify({ ...draft, page: location.pathname }));
    } catch {
      // The browser's store is full or closed; the text is still on the page, which warns before it is left.
    }
  }

  drop(code) {
    localStorage.removeItem(this.prefix + code);
  }

  // All that is kept, as a Map of code -> { base, content, page }.
  all() {
    const drafts = new Map();
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(this.prefix))) {
      try {
        drafts.set(key.slice(this.prefix.length), JSON.parse(localStorage.getItem(key)));
      } catch {
        localStorage.removeItem(key);
      }
    }
    return drafts;
  }
}

// Whoever signs out leaves nothing behind in the browser.
export function forgetAll() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) localStorage.removeItem(key);
}
