// A text that an earlier page left in this browser is offered with its time; it is never put anywhere by itself.

const saysOf = () => document.querySelector("template[data-draft-offer]");

export function timeWords(at) {
  const { lang } = document.documentElement;
  const format = { dateStyle: "long", timeStyle: "short", hourCycle: "h23", numberingSystem: "latn" };
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, format).format(at); // day, month, year, as everywhere
}

// Shows an entry of the journal. use(): into the fields; drop(): away with it. The panel goes with either. isEarlier: it
// was written on an earlier version of the questionnaire.
export function offer(entry, { use, drop, isEarlier = false }) {
  const panel = saysOf().content.firstElementChild.cloneNode(true);
  panel.querySelector("[data-time]").textContent = timeWords(entry.at);
  panel.querySelector("[data-about]").textContent = entry.words.filter(([label]) => label).map(([label]) => `· ${label}`).join(" ");
  panel.querySelector("[data-earlier]").hidden = !isEarlier;
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

// The texts that are kept of other pages, with the way there; a page may not be open any more, the text still is.
export function showElsewhere(entries, remove) {
  const note = document.querySelector("[data-elsewhere]");
  if (!note) return;
  for (const entry of entries) {
    const href = `/${document.documentElement.lang}${entry.path}`;
    const panel = offer(entry, { use: () => location.assign(href), drop: () => remove([entry.id]) });
    const link = Object.assign(document.createElement("a"), { className: "govuk-link", href, textContent: entry.title, dir: "auto" });
    const title = Object.assign(document.createElement("p"), { className: "govuk-body app-draft__page" });
    title.append(link);
    panel.prepend(title);
    panel.querySelector("[data-use]").remove();
    note.querySelector("[data-elsewhere-texts]").append(panel);
    note.hidden = false;
  }
}
