// A text that an earlier page left in this browser is offered with its time; it is never put anywhere by itself.

const saysOf = () => document.querySelector("template[data-draft-offer]");

export function timeWords(at) {
  const { lang } = document.documentElement;
  const format = { dateStyle: "long", timeStyle: "short", hourCycle: "h23", numberingSystem: "latn" };
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, format).format(at); // day, month, year, as everywhere
}

// Shows an entry of the journal. use(): into the fields; drop(): away with it. The panel goes with either.
export function offer(entry, { use, drop }) {
  const panel = saysOf().content.firstElementChild.cloneNode(true);
  panel.querySelector("[data-time]").textContent = timeWords(entry.at);
  const text = panel.querySelector("[data-text]");
  for (const [label, words] of entry.words) {
    const heading = Object.assign(document.createElement("p"), { className: "app-label--small", textContent: label });
    const box = Object.assign(document.createElement("div"), { className: "app-draft__text", dir: "auto", textContent: words });
    text.append(...(label ? [heading] : []), box);
  }
  panel.querySelector("[data-use]").addEventListener("click", () => {
    panel.remove();
    use();
  });
  panel.querySelector("[data-drop]").addEventListener("click", () => {
    if (!window.confirm(panel.dataset.saysSure)) return;
    panel.remove();
    drop();
  });
  return panel;
}

// Links to the pages on which other texts are kept.
export function showElsewhere(entries) {
  const note = document.querySelector("[data-elsewhere]");
  if (!note || !entries.length) return;
  const titles = new Map(entries.map(({ path, title }) => [path, title]));
  for (const [path, title] of titles) {
    const href = `/${document.documentElement.lang}${path}`;
    const link = Object.assign(document.createElement("a"), { className: "govuk-link", href, textContent: title, dir: "auto" });
    const line = document.createElement("li");
    line.append(link);
    note.querySelector("[data-elsewhere-links]").append(line);
  }
  note.hidden = false;
}
