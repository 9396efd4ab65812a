// What is pasted from Word, LibreOffice or a page, brought into the forms that the editor knows: the paragraphs that Word
// makes of a list are a list again, tables stay, what only looks goes.
const LIST = /mso-list:\s*(?!Ignore|skip)[^;]*?level(\d+)/i;
const NUMBERED = /^[\s\u00a0]*\(?(?:\d+|[a-z]{1,4}|[ivxlc]+)[.)][\s\u00a0]*$/i;
const GONE = "style, script, title, meta, link, xml, head > *, img, svg, object, iframe, input, button, select, textarea, [hidden]";
const BLOCKS = "p, div, ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, pre, section, article";

// html -> html
export function tidied(html, isAddress) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const each of body.querySelectorAll(GONE)) each.remove();
  for (const each of [...body.querySelectorAll("*")]) if (each.localName.includes(":")) unwrap(each);
  for (const list of wordLists(body)) asList(list);
  for (const each of [...body.querySelectorAll("span, font, b, i, a, s, u, div")]) bare(each, isAddress);
  for (const table of [...body.querySelectorAll("table")].reverse()) asTable(table);
  for (const item of body.querySelectorAll("li")) asItem(item);
  return body.innerHTML;
}

const styleOf = (element) => element.getAttribute("style") ?? "";

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

function asList(paragraphs) {
  const [first] = paragraphs;
  const made = first.ownerDocument;
  const open = []; // { level, list }
  for (const paragraph of paragraphs) {
    const level = Number(LIST.exec(styleOf(paragraph))[1]);
    const mark = markOf(paragraph);
    const kind = NUMBERED.test(mark) ? "ol" : "ul";
    while (open.length && open.at(-1).level > level) open.pop();
    let here = open.at(-1);
    if (here?.level === level && here.list.localName !== kind) {
      open.pop();
      here = open.at(-1);
    }
    if (!here || here.level < level) {
      const list = made.createElement(kind);
      const item = here?.list.lastElementChild;
      if (item) item.append(list);
      else first.before(list);
      open.push({ level, list });
    }
    const item = made.createElement("li");
    const words = made.createElement("p");
    words.append(...paragraph.childNodes);
    item.append(words);
    open.at(-1).list.append(item);
  }
  for (const paragraph of paragraphs) paragraph.remove();
}

// The sign that Word has written before the words, which goes.
function markOf(paragraph) {
  const sign = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(styleOf(span)));
  const words = sign?.textContent ?? "";
  let around = sign;
  while (around && around.parentElement !== paragraph && around.parentElement.textContent === words) around = around.parentElement;
  around?.remove();
  return words;
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

// Rows of as many cells, each one line of words; a cell over several columns is followed by empty ones.
function asTable(table) {
  const made = table.ownerDocument;
  const rows = [...table.querySelectorAll("tr")].map((row) =>
    [...row.children].flatMap((cell) => [cell, ...Array.from({ length: Math.min(cell.colSpan, 50) - 1 }, () => null)]),
  );
  const filled = rows.filter((cells) => cells.length);
  const width = Math.max(0, ...filled.map((cells) => cells.length));
  if (!width || table.parentElement.closest("td, th, li")) {
    table.replaceWith(...filled.map((cells) => Object.assign(made.createElement("p"), { textContent: cells.map((cell) => lineOf(cell).textContent.trim()).filter(Boolean).join(" ") })));
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
