// What stands within a paragraph: bold, italic, code, links and breaks, by the rules of CommonMark as the server reads it
// (markdown-it). Gives text nodes with marks. Throws Unsure where the editor has no form for what the server would show.
export class Unsure extends Error {}

const ESCAPED = /[!-/:-@[-`{-~]/;
const PUNCTUATION = /^[\p{P}\p{S}]$/u;
const BLANK = /^[\p{Zs}\t\n\v\f\r]$/u;
const AUTOLINK = /<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\0- ]*|[\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z0-9][a-zA-Z0-9.-]*)>/y;
// The address of a link as the editor takes it; any other is left in Markdown.
export const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>()[\]\\"'`{}|^]+$/i;
const DESTINATION = /\(((?:https?:\/\/|mailto:)[^\s<>()[\]\\"'`{}|^]+)\)/iy;

export function readWords(source) {
  return new Words(source).read(0, source.length, []);
}

const MOST = 2000; // stars and underscores within one paragraph; more stay as they were typed
const PLAIN = /[^\n\\`*_[<]+/y;

// Code with a blank at each edge has it for its marks.
export const isPadded = (words) => words.startsWith(" ") && words.endsWith(" ") && /[^ ]/.test(words);

class Tokens {
  constructor() {
    Object.assign(this, { list: [], delimiters: [], pending: "" }); // list: strings, delimiters, breaks, and lists of nodes
  }

  flush() {
    if (this.pending) this.list.push(this.pending);
    this.pending = "";
  }

  push(token) {
    this.flush();
    this.list.push(token);
  }

  // At the end of a line; two spaces make a break of it.
  endLine() {
    const isHard = this.pending.endsWith("  ");
    let end = this.pending.length;
    while (this.pending[end - 1] === " " && (isHard || end === this.pending.length)) end -= 1;
    this.pending = this.pending.slice(0, end);
    if (isHard) this.push({ type: "hard_break" });
    else this.pending += " ";
  }

  run({ length, ...run }) {
    if (this.delimiters.length + length > MOST) throw new Unsure();
    for (let count = 0; count < length; count += 1) {
      this.flush();
      this.delimiters.push({ ...run, length, token: this.list.length, end: -1 });
      this.list.push(run.marker);
    }
  }
}

class Words {
  constructor(source) {
    this.source = source;
  }

  // -> nodes: { type: "text", text, marks } or { type: "hard_break" }
  read(start, end, around) {
    const tokens = new Tokens();
    for (let at = start; at < end; ) at = this.next(at, end, around, tokens);
    tokens.flush();
    pair(tokens.delimiters);
    return nodesOf(tokens.list, tokens.delimiters, around);
  }

  // Reads what stands there -> where it goes on.
  next(at, end, around, tokens) {
    const { source } = this;
    const sign = source[at];
    if (sign === "\n") {
      tokens.endLine();
      return this.pastBlanks(at + 1, end);
    }
    if (sign === "\\") return this.escaped(at, end, tokens);
    if (sign === "*" || sign === "_") {
      const run = this.run(at, end);
      tokens.run(run);
      return at + run.length;
    }
    if (sign === "`") {
      const code = this.code(at, end);
      if (code.words === null) tokens.pending += code.run;
      else tokens.push([textNode(code.words, [...around, { type: "code" }])]);
      return code.end;
    }
    const link = sign === "[" ? this.link(at, end, around) : sign === "<" ? this.autolink(at, end, around) : null;
    if (link) {
      tokens.push(link.nodes);
      return link.end;
    }
    PLAIN.lastIndex = at;
    const past = Math.min(end, at + (PLAIN.exec(source)?.[0].length ?? 1));
    tokens.pending += source.slice(at, past);
    return past;
  }

  escaped(at, end, tokens) {
    const sign = at + 1 < end ? this.source[at + 1] : "";
    if (sign === "\n") {
      tokens.push({ type: "hard_break" });
      return this.pastBlanks(at + 2, end);
    }
    if (ESCAPED.test(sign)) {
      tokens.push(sign); // what is escaped stands apart: two spaces before it are no break
      return at + 2;
    }
    tokens.pending += "\\";
    return at + 1;
  }

  pastBlanks(at, end) {
    let past = at;
    while (past < end && /[ \t]/.test(this.source[past])) past += 1;
    return past;
  }

  code(start, end) {
    const [run] = /^`+/.exec(this.source.slice(start, end));
    const runs = /`+/g;
    runs.lastIndex = start + run.length;
    for (let found; (found = runs.exec(this.source)) && found.index < end; ) {
      if (found[0].length !== run.length) continue;
      const words = this.source.slice(start + run.length, found.index).replaceAll("\n", " ");
      return { words: isPadded(words) ? words.slice(1, -1) : words, end: found.index + run.length };
    }
    return { words: null, run, end: start + run.length };
  }

  // A run of stars or underscores, and whether it may begin or end what it marks.
  run(start, end) {
    const { source } = this;
    const marker = source[start];
    let past = start;
    while (past < end && source[past] === marker) past += 1;
    const before = [...source.slice(Math.max(0, start - 2), start)].at(-1) ?? " ";
    const after = past < end ? String.fromCodePoint(source.codePointAt(past)) : " ";
    const [isBlankBefore, isBlankAfter] = [BLANK.test(before), BLANK.test(after)];
    const [isMarkBefore, isMarkAfter] = [PUNCTUATION.test(before), PUNCTUATION.test(after)];
    const left = !(isBlankAfter || (isMarkAfter && !(isBlankBefore || isMarkBefore)));
    const right = !(isBlankBefore || (isMarkBefore && !(isBlankAfter || isMarkAfter)));
    const splits = marker === "*";
    return {
      marker,
      length: past - start,
      open: left && (splits || !right || isMarkBefore),
      close: right && (splits || !left || isMarkAfter),
    };
  }

  link(start, end, around) {
    const { source } = this;
    let at = start + 1;
    for (; at < end && source[at] !== "]"; at += 1) {
      // What a bracket, code or an address within the label would mean is left to the server, where it could be a link.
      if (source[at] === "\\") at += 1;
      else if ("[`<".includes(source[at])) return this.noLink(at, end);
    }
    if (at + 1 >= end || source[at + 1] !== "(") return null;
    DESTINATION.lastIndex = at + 1;
    const found = DESTINATION.exec(source);
    if (!found || DESTINATION.lastIndex > end) throw new Unsure();
    const mark = { type: "link", attrs: { href: found[1] } };
    return { nodes: this.read(start + 1, at, [...around, mark]), end: DESTINATION.lastIndex };
  }

  noLink(from, end) {
    const at = this.source.indexOf("](", from);
    if (at >= 0 && at < end) throw new Unsure();
    return null;
  }

  autolink(start, end, around) {
    AUTOLINK.lastIndex = start;
    const found = AUTOLINK.exec(this.source);
    if (!found || AUTOLINK.lastIndex > end) return null;
    if (!ADDRESS.test(found[1]) || /[^!-~]|%|&/.test(found[1]) || !/^https?:/.test(found[1])) throw new Unsure();
    return { nodes: [textNode(found[1], [...around, { type: "link", attrs: { href: found[1] } }])], end: AUTOLINK.lastIndex };
  }
}

const textNode = (text, marks) => ({ type: "text", text, ...(marks.length && { marks }) });

// markdown-it's "balance pairs": for each delimiter that may close, the one that it closes.
function pair(delimiters) {
  const bottoms = {};
  const jumps = [];
  let header = 0;
  let last = -2;
  delimiters.forEach((closer, place) => {
    jumps.push(0);
    if (delimiters[header].marker !== closer.marker || last !== closer.token - 1) header = place;
    last = closer.token;
    if (!closer.close) return;
    bottoms[closer.marker] ??= [-1, -1, -1, -1, -1, -1];
    const bottom = (closer.open ? 3 : 0) + (closer.length % 3);
    let at = header - jumps[header] - 1;
    let lowest = at;
    for (; at > bottoms[closer.marker][bottom]; at -= jumps[at] + 1) {
      const opener = delimiters[at];
      if (opener.marker !== closer.marker || !opener.open || opener.end >= 0) continue;
      const isOdd = (opener.close || closer.open) && (opener.length + closer.length) % 3 === 0 && (opener.length % 3 || closer.length % 3);
      if (isOdd) continue;
      const jump = at > 0 && !delimiters[at - 1].open ? jumps[at - 1] + 1 : 0;
      jumps[place] = place - at + jump;
      jumps[at] = jump;
      closer.open = false;
      opener.end = place;
      opener.close = false;
      lowest = -1;
      last = -2;
      break;
    }
    if (lowest !== -1) bottoms[closer.marker][(closer.open ? 3 : 0) + (closer.length % 3)] = lowest;
  });
}

function nodesOf(tokens, delimiters, around) {
  const changes = new Map(); // token -> what begins or ends there
  for (let place = delimiters.length - 1; place >= 0; place -= 1) {
    const opener = delimiters[place];
    if (opener.end < 0) continue;
    const closer = delimiters[opener.end];
    const [outer, next] = [delimiters[place - 1], delimiters[opener.end + 1]];
    const isStrong = outer && outer.end === opener.end + 1 && outer.marker === opener.marker && outer.token === opener.token - 1 && next.token === closer.token + 1;
    const mark = { type: isStrong ? "strong" : "em" };
    changes.set(opener.token, { begins: mark });
    changes.set(closer.token, { ends: mark });
    if (isStrong) {
      changes.set(outer.token, {});
      changes.set(next.token, {});
      place -= 1;
    }
  }
  const nodes = [];
  const open = [];
  tokens.forEach((token, place) => {
    const change = changes.get(place);
    if (change?.begins) open.push(change.begins);
    else if (change?.ends) open.splice(open.indexOf(change.ends), 1);
    else if (!change) {
      const within = typeof token === "string" ? [textNode(token, around)] : Array.isArray(token) ? token : [token];
      for (const node of within) nodes.push(node.text ? textNode(node.text, united(node.marks, open)) : node);
    }
  });
  return joined(nodes);
}

const ORDER = ["link", "strong", "em", "code"];

// Each mark once, in the order of the schema.
function united(marks = [], more = []) {
  const all = [...marks, ...more];
  return ORDER.map((type) => all.find((mark) => mark.type === type)).filter(Boolean);
}

export function joined(nodes) {
  const result = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (node.text && last?.text && JSON.stringify(last.marks) === JSON.stringify(node.marks)) last.text += node.text;
    else result.push({ ...node });
  }
  return result;
}
