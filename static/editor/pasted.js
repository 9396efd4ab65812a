// What is pasted from Word, LibreOffice or a page, brought into the forms that the editor knows: the paragraphs that Word
// makes of a list are a list again, tables stay, what only looks goes.
import { numberOf } from "./lines.js";

const LIST = /mso-list:\s*(?!Ignore|skip)[^;]*?level(\d+)/i;
const NUMBER = /^(\p{Nd}{1,9})([.)])$/u;
const SYMBOLS = /font-family:[^;]*(?:Symbol|Wingdings|Webdings|Courier)/i;
const TENTH = ["", "0", "00", "000", "01", "1", "10", "100", "1000", "02"];
// Comments, and words that are struck out or hidden, are no part of the text.
const GONE = "style, script, title, meta, link, xml, head > *, img, svg, object, iframe, input, button, select, textarea, [hidden], del, s, strike, .MsoCommentReference, [class^=msocom], tr[height='0']";
const UNSEEN = /mso-element:\s*comment|mso-hide:\s*all|display:\s*none|visibility:\s*hidden|text-decoration[^;]*line-through/i;
const LOOKS = "data-looks";
const BLOCKS = "p, div, ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, pre, section, article";

// html -> html
export function tidied(html, isAddress) {
  const { body } = new DOMParser().parseFromString(unstyled(html).replace(/[\v\u2028]/g, "<br>").replace(/\u2029/g, "<br><br>"), "text/html");
  for (const each of body.querySelectorAll(GONE)) each.remove();
  for (const each of body.querySelectorAll(`[${LOOKS}]`)) if (UNSEEN.test(styleOf(each))) each.remove();
  for (const each of [...body.querySelectorAll("*")]) if (each.localName.includes(":")) unwrap(each);
  for (const list of wordLists(body)) asList(list);
  for (const each of body.querySelectorAll(".ListContainerWrapper")) unwrap(each); // of Word in a browser, one for each item
  for (const inner of body.querySelectorAll(":is(ol, ul) > :is(ol, ul)")) inner.previousElementSibling?.append(inner);
  for (const list of body.querySelectorAll("ol")) asWords(list);
  for (const each of [...body.querySelectorAll("span, font, b, i, a, u, div")]) bare(each, isAddress);
  for (const table of [...body.querySelectorAll("table")].reverse()) asTable(table);
  for (const item of body.querySelectorAll("li")) asItem(item);
  return body.innerHTML;
}

const styleOf = (element) => element.getAttribute(LOOKS) ?? "";

// Looks are read and never applied, so they have another name: of each style the policy of the page would complain.
const unstyled = (html) => html.replace(/<style\b.*?<\/style\s*>/gis, "").replace(/<\w[^>]*>/g, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${LOOKS}=`));

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

// Runs of paragraphs that Word marks as items; a paragraph of another kind ends one.
function wordLists(body) {
  const lists = [];
  let last = null;
  for (const each of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    if (!LIST.test(styleOf(each))) continue;
    const isNext = last && nextOf(last) === each;
    if (isNext) lists.at(-1).push(each);
    else lists.push([each]);
    last = each;
  }
  return lists;
}

const nextOf = (element) => {
  let next = element.nextSibling;
  while (next && (next.nodeType === 8 || (next.nodeType === 3 && !next.data.trim()))) next = next.nextSibling;
  return next;
};

// A list is one of Markdown where its marks run 1, 2, 3; any other mark is cited as it stands, and stays as words.
function asList(paragraphs) {
  const [first] = paragraphs;
  const made = first.ownerDocument;
  const open = []; // { level, list, sign, next }
  for (const paragraph of paragraphs) {
    const isHeading = paragraph.localName !== "p";
    const level = Number(LIST.exec(styleOf(paragraph))[1]);
    const { mark, isBullet } = markOf(paragraph);
    const [, number, sign] = (!isHeading && NUMBER.exec(mark)) || [];
    while (open.length && (isHeading || open.at(-1).level > level)) open.pop();
    const here = open.at(-1);
    const isNext = here?.level === level && here.sign === sign && (isBullet || here.next === numberOf(number ?? ""));
    if (here?.level === level && !isNext) open.pop();
    const item = open.at(-1)?.list.lastElementChild;
    const put = (element) => (item ? item.append(element) : first.before(element));
    const words = made.createElement(paragraph.localName);
    words.append(...paragraph.childNodes);
    if (isHeading || !(isBullet || isNext || numberOf(number ?? "") === 1)) {
      if (!isBullet && mark) words.prepend(`${mark} `);
      put(words);
      continue;
    }
    if (!isNext) {
      const list = made.createElement(isBullet ? "ul" : "ol");
      put(list);
      open.push({ level, list, sign, next: 1 });
    }
    open.at(-1).next += 1;
    open.at(-1).list.appendChild(made.createElement("li")).append(words);
  }
  for (const paragraph of paragraphs) paragraph.remove();
}

// The sign that Word has written before the words, which goes; of a bullet it is a letter only by its typeface.
function markOf(paragraph) {
  const sign = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(styleOf(span)));
  const words = sign?.textContent ?? "";
  let around = sign;
  let style = "";
  while (around && around.parentElement !== paragraph && around.parentElement.textContent === words) {
    style += styleOf(around);
    around = around.parentElement;
  }
  if (around) style += styleOf(around);
  around?.remove();
  const mark = words.trim();
  return { mark, isBullet: Boolean(sign) && (!/[\p{L}\p{N}]/u.test(mark) || (/^\p{L}$/u.test(mark) && SYMBOLS.test(style))) };
}

// A list of HTML that counts otherwise than 1, 2, 3, or in a cell, becomes paragraphs that begin with its marks.
function asWords(list) {
  for (let more = nextOf(list); more?.localName === "ol" && more.start === list.start + list.children.length; more = nextOf(list)) {
    list.append(...more.children);
    more.remove();
  }
  const styles = `${styleOf(list)};${styleOf(list.firstElementChild ?? list)}`;
  const [, style] = /list-style(?:-type)?:[^;]*?((?:low|upp)er-(?:alpha|latin|roman))/i.exec(styles) ?? [];
  const isBare = /list-style(?:-type)?:[^;]*\bnone\b/i.test(styles); // its marks, if any, are among its words
  const kind = style ? { l: ["a", "i"], u: ["A", "I"] }[style[0].toLowerCase()][/roman/i.test(style) ? 1 : 0] : list.type;
  let next = list.start;
  const items = [...list.querySelectorAll(":scope > li")].map((item) => {
    const number = item.hasAttribute("value") ? item.value : next;
    next = number + 1;
    return [item, number];
  });
  const [form = "%1."] = /^[^%]?%1[^%]$/.exec(items[0]?.[0].dataset.leveltext) ?? [];
  if (!isBare && !/[ai]/i.test(kind) && /^%1[.)]$/.test(form) && !list.closest("td, th") && items.every(([, number], place) => number === place + 1)) return;
  for (const [item, number] of items) {
    let words = item.firstElementChild;
    if (words?.localName !== "p" || leads(item, words)) {
      words = list.ownerDocument.createElement("p");
      while (item.firstChild && !item.firstChild.matches?.(BLOCKS)) words.append(item.firstChild);
      item.prepend(words);
    }
    if (!isBare) words.prepend(`${form.replace("%1", countedAs(kind, number))} `);
    unwrap(item);
  }
  unwrap(list);
}

const leads = (item, element) => [...item.childNodes].slice(0, [...item.childNodes].indexOf(element)).some((each) => each.textContent.trim());

function countedAs(kind, number) {
  const small = kind.toLowerCase();
  let words = "";
  if (small === "i" && number > 0 && number < 1000) [number / 100, number / 10, number].forEach((each, place) => (words += TENTH[Math.floor(each % 10)].replace(/\d/g, (at) => ["cdm", "xlc", "ivx"][place][at])));
  else if (small === "a") for (let left = number; left > 0; left = Math.floor((left - 1) / 26)) words = String.fromCharCode(97 + ((left - 1) % 26)) + words;
  else words = String(number);
  return kind === small ? words : words.toUpperCase();
}

// Bold and italics that are only looks are marks, what else a word looks like goes.
function bare(element, isAddress) {
  const style = styleOf(element);
  const weight = /(?:^|;)\s*font-weight:\s*(\w+)/i.exec(style)?.[1] ?? (element.localName === "b" ? "bold" : "");
  const slant = /(?:^|;)\s*font-style:\s*(\w+)/i.exec(style)?.[1] ?? (element.localName === "i" ? "italic" : "");
  if (element.localName === "a") {
    const address = element.getAttribute("href") ?? "";
    if (isAddress(address)) return;
    unwrap(element);
    return;
  }
  if (element.localName === "div") {
    if (!element.querySelector(BLOCKS)) renamed(element, "p");
    return;
  }
  let within = [...element.childNodes];
  for (const [name, is] of [["em", /italic|oblique/i.test(slant)], ["strong", /bold|[6-9]00/i.test(weight)]]) {
    if (!is || !element.textContent.trim() || element.querySelector(BLOCKS)) continue;
    const mark = element.ownerDocument.createElement(name);
    mark.append(...within);
    within = [mark];
  }
  element.replaceWith(...within);
}

function renamed(element, name) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
}

// Rows of as many cells, each one line of words; where a cell reaches over others they are empty.
function asTable(table) {
  const made = table.ownerDocument;
  for (const caption of table.querySelectorAll("caption")) {
    table.before(caption);
    renamed(caption, "p");
  }
  const filled = gridOf([...table.querySelectorAll("tr")].filter((row) => row.children.length));
  const width = Math.max(0, ...filled.map((cells) => cells.length));
  if (!width || table.parentElement.closest("td, th, li")) {
    table.replaceWith(...filled.map((cells) => Object.assign(made.createElement("p"), { textContent: cells.map((cell) => lineOf(cell).textContent.trim()).filter(Boolean).join(" ") })));
    return;
  }
  if (filled.length === 1 && width === 1) {
    const [[cell]] = filled;
    table.replaceWith(cell);
    if (cell.querySelector(BLOCKS)) unwrap(cell);
    else renamed(cell, "p");
    return;
  }
  const fresh = made.createElement("table");
  filled.forEach((cells, place) => {
    const row = fresh.appendChild(made.createElement("tr"));
    row.className = place ? "" : "head";
    for (let column = 0; column < width; column += 1) {
      const cell = row.appendChild(made.createElement(place ? "td" : "th"));
      cell.append(...lineOf(cells[column]).childNodes);
    }
  });
  table.replaceWith(fresh);
}

function gridOf(rows) {
  const grid = rows.map(() => []);
  rows.forEach((row, place) => {
    for (const cell of row.children) {
      let column = 0;
      while (column in grid[place]) column += 1;
      const below = Math.min(cell.rowSpan || Infinity, rows.length - place);
      for (let down = 0; down < below; down += 1) {
        for (let right = 0; right < Math.min(cell.colSpan, 50); right += 1) grid[place + down][column + right] ??= down || right ? null : cell;
      }
    }
  });
  return grid.map((cells) => Array.from(cells, (cell) => cell ?? null));
}

// The paragraphs of a cell in one line.
function lineOf(cell) {
  const line = (cell?.ownerDocument ?? document).createElement("span");
  if (!cell) return line;
  for (const each of cell.querySelectorAll("br")) each.replaceWith(" ");
  for (const each of [...cell.querySelectorAll(`${BLOCKS}, li`)].reverse()) each.replaceWith(...each.childNodes, " ");
  line.append(...cell.childNodes);
  return line;
}

// An item begins with a paragraph; LibreOffice and Word put words or a list there.
function asItem(item) {
  for (const each of item.querySelectorAll(":scope > h1, :scope > h2, :scope > h3, :scope > h4, :scope > h5, :scope > h6")) renamed(each, "p");
  for (const each of item.querySelectorAll(":scope > blockquote")) unwrap(each);
}
