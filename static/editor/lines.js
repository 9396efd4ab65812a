// How the portal reads lines as officials type and paste them (core/language/pasted.py, line by line the same): a line is
// a paragraph, Word's bullets and numbers are lists. Gives the lines in Markdown's own form, and of each where it stood.
const BULLET = /^[ \t\u00a0]*(?:([•●▪■◦‣⁃\uf0b7\uf0a7\uf0d8\uf0fc])[ \t\u00a0]+|([o§·–—Øü])\t\s*)(?=\S)/u;
const FIRST_BULLETS = "•●\uf0b7";
const NUMBER = /^[ \t\u00a0]*(\p{Nd}{1,9})([.)])[ \t\u00a0]+(?=\S)/u;
const LETTER = /^[ \t\u00a0]*(\([\p{L}\p{N}]{1,5}\)|[\p{L}\p{No}\p{Nl}]{1,5}\)|[\p{L}\p{No}\p{Nl}]\.)\t\s*(?=\S)/u;
const OWN_BULLET = /^[ \t]*([-*+])[ \t]+(?=\S)/u;
export const FENCE = /^ {0,3}(`{3,}|~{3,})/;
export const QUOTE = /^ {0,3}> ?/;
export const UNDERLINE = /^ {0,3}(?:-+|=+|\*{3,}|_{3,})[ \t]*$/;
const DEEPEST = 10;
const CODE = 4;

const isBlank = (line) => !/\S/.test(line);
// The line of dashes below the head of a table, perhaps in a quotation: one dash stands behind its last ">".
export const isTableLine = (line) => /^[ \t|:>-]*$/.test(line) && line.lastIndexOf("-") > line.lastIndexOf(">");
const spaces = (count) => " ".repeat(count);

export function indentOf(line) {
  let width = 0;
  for (const sign of line) {
    if (sign === " ") width += 1;
    else if (sign === "\t") width += CODE - (width % CODE);
    else break;
  }
  return width;
}

// The number that digits of any script give; those of each stand in their order, from nought to nine.
export function numberOf(digits) {
  let number = 0;
  for (const digit of digits) {
    let nought = digit.codePointAt(0);
    while (/^\p{Nd}$/u.test(String.fromCodePoint(nought - 1))) nought -= 1;
    number = number * 10 + ((digit.codePointAt(0) - nought) % 10);
  }
  return number;
}

// -> { lines, from, tables }: from[n] is the place of the line in the text (of a line between, that of the next one).
export function asMarkdown(text) {
  const lines = text.split("\n");
  return new Reader(DEEPEST, 0).read(lines);
}

class Reader {
  constructor(depth, first) {
    Object.assign(this, { depth, first, lines: [], from: [], tables: new Set(), levels: [], fence: "", isInList: false, mayJoin: false });
  }

  read(lines) {
    const tables = linesOfTables(lines);
    let quoted = [];
    for (let place = 0; place <= lines.length; place += 1) {
      const line = lines[place] ?? "";
      this.place = this.first + place;
      const quote = !this.fence && this.depth && place < lines.length && QUOTE.exec(line);
      if (quote) {
        quoted.push(line.slice(quote[0].length));
        continue;
      }
      if (quoted.length) {
        this.quoted(quoted, place - quoted.length);
        quoted = [];
      }
      if (place === lines.length) break;
      if (this.fence || FENCE.test(line)) this.fenced(line);
      else if (isBlank(line)) this.add(line, false);
      else if (tables.has(place)) this.table(line, !tables.has(place - 1));
      else this.line(line);
    }
    return this;
  }

  put(line, place = this.place) {
    this.lines.push(line);
    this.from.push(place);
  }

  add(line, mayJoin) {
    this.put(line);
    this.mayJoin = mayJoin;
  }

  quoted(lines, place) {
    this.place = this.first + place;
    this.apart();
    this.leaveList();
    const inner = new Reader(this.depth - 1, this.first + place).read(lines);
    inner.lines.forEach((line, index) => this.put(line ? `> ${line}` : ">", inner.from[index]));
    this.mayJoin = true;
    this.place = this.first + place + lines.length;
  }

  apart() {
    if (this.mayJoin && !/( {2}|\\)$/.test(this.lines.at(-1))) this.put("");
  }

  fenced(line) {
    const mark = FENCE.exec(line);
    if (!this.fence && mark) this.fence = mark[1];
    else if (mark?.[1].startsWith(this.fence) && isBlank(line.slice(mark[0].length))) this.fence = "";
    this.add(line, false);
  }

  table(line, isFirst) {
    if (isFirst) {
      this.apart();
      this.leaveList();
    }
    this.tables.add(this.lines.length);
    this.add(line, false);
  }

  line(line) {
    const indent = indentOf(line);
    const bare = line.replace(/^ +/, "");
    const rest = (found) => line.slice(found[0].length);
    let found;
    if ((found = BULLET.exec(line))) {
      const mark = found[1] ?? found[2];
      this.item(mark, 0, "- ", rest(found), this.aboveBullet(mark));
    } else if ((found = NUMBER.exec(line))) {
      this.numbered(found[1], found[2], rest(found), this.isInList ? indent : 0);
    } else if ((found = LETTER.exec(line))) {
      this.lettered(`${found[1]} ${rest(found)}`);
    } else if (UNDERLINE.test(line) || /^[>#]/.test(bare)) {
      this.leaveList();
      this.add(line, bare.startsWith(">"));
    } else if ((found = OWN_BULLET.exec(line)) && (this.isInList || indent < CODE)) {
      this.item(found[1] + indent, 0, `${found[1]} `, rest(found), this.above(indent), indent);
    } else if (this.isInList && indent > 1) {
      this.add(line, true);
    } else {
      this.plain(line);
    }
  }

  leaveList() {
    this.levels = [];
    this.isInList = false;
  }

  plain(line) {
    this.leaveList();
    this.apart();
    this.add(line.replace(/^\t+/, ""), true);
  }

  above(indent) {
    const end = this.levels.findIndex((level) => level.indent >= indent);
    return end < 0 ? this.levels : this.levels.slice(0, end);
  }

  aboveBullet(mark) {
    const known = this.levels.findIndex((level) => level.mark === mark);
    if (known >= 0) return this.levels.slice(0, known);
    return FIRST_BULLETS.includes(mark) ? this.levels.filter((level) => level.number).slice(0, 1) : this.levels;
  }

  item(mark, number, shown, words, above, indent = 0) {
    if (!above.length && !this.isInList) this.apart();
    this.levels = [...above, { mark, number, indent, width: shown.length }];
    this.isInList = true;
    this.add(spaces(widthOf(above)) + shown + words, true);
  }

  numbered(typed, mark, words, indent) {
    const number = numberOf(typed);
    const markHere = mark + indent;
    const known = this.levels.findIndex((level) => level.mark === markHere);
    const above = known >= 0 ? this.levels.slice(0, known) : this.above(indent);
    const last = known >= 0 ? this.levels[known].number : 0;
    if (number === last + 1) this.item(markHere, number, `${number}${mark} `, words, above, indent);
    else this.plain(`${typed}\\${mark} ${words}`);
  }

  lettered(words) {
    this.apart();
    this.add(spaces(widthOf(this.levels)) + words, true);
  }
}

const widthOf = (levels) => levels.reduce((width, level) => width + level.width, 0);

function linesOfTables(lines) {
  const found = new Set();
  for (let start = 0, end; start < lines.length; start = end + 1) {
    for (end = start; end < lines.length && !isBlank(lines[end]); end += 1);
    let head = start;
    while (head < end - 1 && !(lines[head].includes("|") && isTableLine(lines[head + 1]))) head += 1;
    if (head >= end - 1) continue;
    const widest = lines.slice(head, end).reduce((most, line) => Math.max(most, cells(line)), 0);
    if (widest <= cells(lines[head])) for (let place = head; place < end; place += 1) found.add(place);
  }
  return found;
}

function cells(line) {
  let words = line.trim().replace(/^\|/, "");
  if (!words.endsWith("\\|")) words = words.replace(/\|$/, "");
  return words.match(/(?<!\\)\|/g)?.length + 1 || 1;
}
