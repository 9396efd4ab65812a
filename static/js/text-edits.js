// Brings a colleague's changes into a text that the person goes on typing. runs: [["same" | "added" | "removed", words]],
// how `sent` becomes what is stored now; `now` is what the box holds. Gives the new text of the box; null where the
// person has meanwhile typed at a place that was changed.
export function applied(runs, typedAndSent, now) {
  const known = runs.filter(([change]) => change !== "added").map(([, words]) => words).join("");
  const sent = known === typedAndSent.trimEnd() ? known : typedAndSent; // the server takes no blanks at the end
  if (known !== sent) {
    return now === sent ? runs.filter(([change]) => change !== "removed").map(([, words]) => words).join("") : null;
  }
  const typed = stretch(sent, now);
  let place = 0;
  let shift = 0;
  let text = now;
  for (const [change, words] of runs) {
    const removed = change === "removed" ? words.length : 0;
    if (change !== "same") {
      const isBefore = place + removed <= typed.start;
      const isAfter = place >= typed.end;
      if (now !== sent && (isBefore === isAfter)) return null;
      const at = place + shift + (isBefore && now !== sent ? 0 : now.length - sent.length);
      text = text.slice(0, at) + (removed ? "" : words) + text.slice(at + removed);
      shift += removed ? -removed : words.length;
    }
    if (change !== "added") place += words.length;
  }
  return text;
}

// Two texts of one person in one box: what stands there, then the other, unless one holds the other already.
export function both(here, other) {
  if (here.includes(other)) return here;
  return other.includes(here) ? other : `${here.trimEnd()}\n\n${other}`;
}

// The caret stays at its words when others come in before it.
export function replaceText(box, text) {
  if (box.value === text) return;
  const { value, selectionStart, selectionEnd } = box;
  let same = 0;
  while (same < value.length && value[same] === text[same]) same += 1;
  const moved = (place) => (place > same ? place + text.length - value.length : place);
  box.value = text;
  if (box === document.activeElement) box.setSelectionRange(moved(selectionStart), moved(selectionEnd));
}

// Where the two differ: from `start` to `end` in `before`.
function stretch(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let back = 0;
  while (back < most - start && before[before.length - 1 - back] === after[after.length - 1 - back]) back += 1;
  return { start, end: before.length - back };
}
