// Which block of the surface is which of the text that was read: only those keep the characters that they were made of.

// The nodes of blocks as they are read: where such a one stands with the same characters, it stays, each at one place.
export function reused(blocks, known, make) {
  const old = known.slice();
  return blocks.map(({ node, source }) => {
    const fresh = make(node);
    const at = old.findIndex((each) => each.source === source && each.node.eq(fresh));
    return at < 0 ? fresh : old.splice(at, 1)[0].node;
  });
}

// -> { parts, isToEnd }: the blocks as writing.js takes them, and whether the text ends as it was read.
// read: [{ node, source, before, place }]; known: of each node of them, also of one that is the same again (undone).
export function partsOf(nodes, read, known, treeOf) {
  const there = new Set(nodes.map((node) => known.get(node)?.node ?? node));
  let last = -1;
  const parts = nodes.map((node, index) => {
    let own = known.get(node);
    if (!own) {
      own = read.find((each) => each.place > last && !there.has(each.node) && each.node.eq(node));
      if (own) {
        there.add(own.node);
        known.set(node, own);
      }
    }
    // What stands between two blocks stays, also where one of them was changed in its place.
    const isChanged = !own && read[last + 1] && !there.has(read[last + 1].node);
    const place = own ? own.place : isChanged ? last + 1 : -1;
    const follows = place === last + 1 && (!index || last >= 0);
    last = place;
    return { node: () => treeOf(node), source: own?.source, before: read[place]?.before, follows };
  });
  return { parts, isToEnd: last >= 0 && last === read.length - 1 };
}
