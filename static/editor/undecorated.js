// Stands in the bundle for the decorations of prosemirror-view, which the editor has none of: they are as large as a tenth
// of it (tools/build_editor.mjs, docs/adr/0065). Only the attributes of the surface itself are one.
export class NodeType {
  constructor(attrs) {
    this.attrs = attrs;
  }

  eq(other) {
    return JSON.stringify(this.attrs) === JSON.stringify(other.attrs);
  }
}

export class Decoration {
  static node(from, to, attrs) {
    return Object.assign(new Decoration(), { from, to, type: new NodeType(attrs) });
  }

  eq(other) {
    return this.from === other.from && this.to === other.to && this.type.eq(other.type);
  }
}

const none = { eq: () => true };

export const viewDecorations = () => none;
