// A colleague's save comes to a page that shows the answer of before. What was not touched here is replaced where it
// stands; what is being written stays, and a line says that the save of it will meet another one.

export function arrive(item, answer) {
  if (!item?.baseInput || answer.revision <= item.edit.base || item.panel) return;
  if (item.isDirty) {
    if (!answer.is_own) tell(item, answer.told);
    return;
  }
  const stay = held();
  const cited = JSON.stringify(item.content().citations);
  item.write(answer);
  if (answer.text || answer.citations.length) item.openWords();
  item.baseInput.value = answer.revision;
  item.edit.rest({ base: answer.revision, stored: item.content(), isTouched: false });
  item.markSaved();
  item.showErrors({});
  item.element.querySelector("[data-merged]")?.remove();
  // What was said of the laws that stood there does not hold for others; the page says anew when it is loaded.
  if (JSON.stringify(item.content().citations) !== cited) item.element.querySelectorAll("[data-law-flag]").forEach((flag) => flag.remove());
  item.say(answer.words);
  item.element.querySelector("[data-history]").hidden = false;
  stay();
}

function tell(item, words) {
  let line = item.element.querySelector("[data-meanwhile]");
  if (!line) {
    line = document.createElement("p");
    line.className = "app-question__meanwhile";
    line.dataset.meanwhile = "";
    line.setAttribute("role", "status");
    item.element.querySelector(".app-question__foot").after(line);
  }
  if (line.textContent !== words) line.textContent = words;
}

// The line goes with the save that it speaks of.
export function untell(item) {
  item.element.querySelector("[data-meanwhile]")?.remove();
}

// What the person looks at stays where it is on the screen, though what stands above grows: the field with the cursor
// where it is in sight, else the first question that is. Gives what puts it back.
function held() {
  const root = document.documentElement;
  const inSight = (element) => element && element.getBoundingClientRect().bottom > 0 && element.getBoundingClientRect().top < innerHeight;
  const active = document.activeElement?.closest("[data-question]") && document.activeElement;
  const anchor = inSight(active) ? active : [...document.querySelectorAll("[data-question]:not([hidden])")].find(inSight);
  const before = anchor?.getBoundingClientRect().top;
  root.style.overflowAnchor = "none"; // once is enough
  return () => {
    if (anchor) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
    requestAnimationFrame(() => (root.style.overflowAnchor = ""));
  };
}
