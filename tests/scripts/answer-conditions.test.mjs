// What the page thinks is asked, where an organization says that a matter is not within its competence. The rules are those of
// questionnaires/definitions/conditions.py. Run by tests/architecture/test_scripts.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { askedCodes } from "../../static/js/answer-conditions.js";

const numRuns = Number(process.env.FC_RUNS ?? 2000);
const OPTIONS = ["Yes", "No"];
const OUTSIDE = { choices: [], text: "A remark.", outside: true };
const codes = ["X.1", "X.2", "X.3", "X.4"];
const answers = fc.record({ choices: fc.subarray(OPTIONS, { maxLength: 1 }), text: fc.constantFrom("", "words") });

function trees(earlier) {
  const code = fc.constantFrom(...earlier);
  return fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.record({ op: fc.constant("in"), code, values: fc.subarray(OPTIONS, { minLength: 1 }) }),
      fc.record({ op: fc.constant("answered"), code }),
      fc.record({ op: fc.constantFrom("any", "all"), of: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ op: fc.constant("not"), of: tie("tree") }),
    ),
  })).tree;
}

const conditions = fc.tuple(...codes.map((_code, place) => (place ? fc.option(trees(codes.slice(0, place))) : fc.constant(null))));

function asked(conditions, given) {
  const item = (code, place) => [code, { condition: conditions[place], answer: () => given[code] ?? { choices: [], text: "" } }];
  const children = codes.map((code) => [`${code}.a`, { condition: null, answer: () => ({ choices: [], text: "" }) }]);
  return askedCodes(new Map([...codes.map(item), ...children]));
}

test("what is asked beside a competence is asked whatever would be answered there", () => {
  fc.assert(
    fc.property(conditions, fc.array(answers, { minLength: 4, maxLength: 4 }), fc.subarray(codes, { minLength: 1 }), (conditions, given, outside) => {
      const all = Object.fromEntries(codes.map((code, place) => [code, given[place]]));
      const open = asked(conditions, { ...all, ...Object.fromEntries(outside.map((code) => [code, OUTSIDE])) });
      const closed = asked(conditions, all);
      for (const code of open) assert(closed.has(code), code);
      for (const code of outside) assert(!open.has(`${code}.a`), code);
    }),
    { numRuns },
  );
});

test("a follow-up on No is not asked, one that another answer decides is", () => {
  const no = { op: "not", of: { op: "in", code: "X.1", values: ["Yes"] } };
  const either = { op: "any", of: [no, { op: "in", code: "X.2", values: ["Yes"] }] };
  const open = asked([null, null, no, either], { "X.1": OUTSIDE, "X.2": { choices: ["Yes"], text: "" } });
  assert.deepEqual([...open], ["X.1", "X.2", "X.4", "X.2.a", "X.4.a"]);
});
