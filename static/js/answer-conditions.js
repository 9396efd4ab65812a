// When is a question asked? The same rules as questionnaires/definitions/conditions.py, so that follow-ups appear at once, also
// while there is no connection. The server decides anew with every save. What hangs on a matter that is not within the
// competence of who answers is neither true nor false: null.

const parentOf = (code) => code.slice(0, code.lastIndexOf("."));

function leafHolds(leaf, answer) {
  if (answer.outside) return null;
  if (leaf.op === "answered") return answer.choices.length > 0 || answer.text.trim() !== "";
  const chosen = leaf.values ? answer.choices.filter((choice) => leaf.values.includes(choice)) : answer.choices;
  return chosen.length >= (leaf.op === "selected" ? leaf.min : 1);
}

const opposite = (value) => (value === null ? null : !value);

// What one of them decides alone, whatever is open; else open where any is.
function joined(values, deciding) {
  if (values.includes(deciding)) return deciding;
  return values.includes(null) ? null : !deciding;
}

// items: Map of code -> { condition, answer() }. Gives the Set of the codes that are asked.
export function askedCodes(items) {
  const known = new Map();

  function holds(tree) {
    if (tree.op === "any") return joined(tree.of.map(holds), true);
    if (tree.op === "all") return joined(tree.of.map(holds), false);
    if (tree.op === "not") return opposite(holds(tree.of));
    const asked = items.has(tree.code) && isAsked(tree.code);
    return asked ? leafHolds(tree, items.get(tree.code).answer()) : asked;
  }

  function under(parent) {
    if (!items.has(parent)) return true;
    const asked = isAsked(parent);
    return asked && items.get(parent).answer().outside ? null : asked;
  }

  function isAsked(code) {
    if (!known.has(code)) {
      const { condition } = items.get(code);
      known.set(code, joined([under(parentOf(code)), condition ? holds(condition) : true], false));
    }
    return known.get(code);
  }

  return new Set([...items.keys()].filter(isAsked));
}
