// How long the text in a form is while somebody types, counted as the server counts it (core/language/word_counts.py), but
// for marks that only a reader of Markdown knows: what the server says after a save holds.
const HAN = /[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/gu;
const ADDRESS = /\]\([^()\s]*\)/g; // behind the words of a link
const NUMBER_OF_LIST = /^[ \t>]*\d+[.)][ \t]+/gm;
const WITHIN_A_NUMBER = /(?<=\d)[\u00a0\u202f](?=\d{3})/g;
const TATWEEL = /\u0640/g;

export function countWords(markdown) {
  const shown = markdown.replace(ADDRESS, "]").replace(NUMBER_OF_LIST, "").replace(WITHIN_A_NUMBER, "").replace(TATWEEL, "");
  const words = shown.replace(HAN, " ").split(/[\s\u2014\u2015]+/);
  return (shown.match(HAN)?.length ?? 0) + words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function watch(line) {
  const box = document.getElementById(line.dataset.wordBudget);
  const { lang } = document.documentElement;
  const show = (name, number) => (line.querySelector(`[data-${name}]`).textContent = number.toLocaleString(`${lang}-u-nu-latn`));
  box?.addEventListener("input", () => {
    const own = countWords(box.value);
    show("own", own);
    if (!line.dataset.limit) return;
    const all = Number(line.dataset.others) + own;
    show("all", all);
    line.querySelector("[data-over]").hidden = all <= Number(line.dataset.limit);
  });
}

document.querySelectorAll("[data-word-budget]").forEach(watch);
