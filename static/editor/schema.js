// What the editor knows: the forms of text that the portal shows, and no other (core/language/markdown.py).
import { Schema } from "prosemirror-model";
import { ADDRESS } from "./words.js";

const own = { dir: "auto" };
const WITHIN = "(paragraph | bullet_list | ordered_list)";
const cell = (tag) => ({ content: "text*", isolating: true, parseDOM: [{ tag }], toDOM: () => [tag, own, 0] });

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", own, 0] },
    heading: {
      attrs: { level: { default: 1 } },
      content: "inline*",
      group: "block",
      defining: true,
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, getAttrs: ({ dataset }) => ({ level: /^[1-6]$/.test(dataset.level) ? Number(dataset.level) : Math.min(level, 3) }) })),
      // A page's own headings end at level three; those of the text begin below, as where it is read.
      toDOM: ({ attrs: { level } }) => [`h${level > 3 ? level : level + 3}`, { ...own, "data-level": level }, 0],
    },
    blockquote: { content: `(heading | ${WITHIN})+`, group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", own, 0] },
    bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", own, 0] },
    ordered_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ol" }], toDOM: () => ["ol", own, 0] },
    list_item: { content: `paragraph ${WITHIN}*`, defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    table: { content: "table_head table_row*", group: "block", isolating: true, parseDOM: [{ tag: "table" }], toDOM: () => ["table", ["tbody", 0]] },
    table_head: { content: "table_header+", parseDOM: [{ tag: "tr.head" }], toDOM: () => ["tr", 0] },
    table_row: { content: "table_cell+", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
    table_header: cell("th"),
    table_cell: cell("td"),
    // Markdown that the editor has no form for, as it was typed.
    source: { content: "text*", group: "block", code: true, marks: "", parseDOM: [{ tag: "pre.app-editor__source", preserveWhitespace: "full" }], toDOM: () => ["pre", { ...own, class: "app-editor__source" }, ["code", 0]] },
    text: { group: "inline" },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      excludes: "link code",
      parseDOM: [{ tag: "a[href]", getAttrs: (link) => ADDRESS.test(link.getAttribute("href")) && { href: link.getAttribute("href") } }],
      toDOM: ({ attrs: { href } }) => ["a", { href, class: "govuk-link" }, 0],
    },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  },
});
