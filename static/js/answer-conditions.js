// When is a question asked? The same rules as questionnaires/definitions/conditions.py, so that follow-ups appear at once, also
// while there is no connection. The server decides anew with every save.

const parentOf = (code) => code.slice(0, code.lastIndexOf("."));

function leafHolds(leaf, answer) {
  if (leaf.op === "answered") return answer.choices.length > 0 || answer.text.trim() !== "";
  const chosen = leaf.values ? answer.choices.filter((choice) => leaf.values.includes(choice)) : answer.choices;
  return chosen.length >= (leaf.op === "selected" ? leaf.min : 1);
}

// items: Map of code -> { condition, answer() }. Gives the Set of the codes that are asked.
export function askedCodes(items) {
  const known = new Map();

  function holds(tree) {
    if (tree.op === "any") return tree.of.some(holds);
    if (tree.op === "all") return tree.of.every(holds);
    if (tree.op === "not") return !holds(tree.of);
    return items.has(tree.code) && isAsked(tree.code) && leafHolds(tree, items.get(tree.code).answer());
  }

  function isAsked(code) {
    if (!known.has(code)) {
      const { condition } = items.get(code);
      const parent = parentOf(code);
      known.set(code, (!items.has(parent) || isAsked(parent)) && (!condition || holds(condition)));
    }
    return known.get(code);
  }

  return new Set([...items.keys()].filter(isAsked));
}
