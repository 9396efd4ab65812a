// The tour of a page: one stop after the other, each beside the landmark to which it points. It holds nothing up: the page
// works beside it, Escape leaves, and nothing moves but the page, at once, to where the landmark is.
const form = document.querySelector("[data-tour]");
const landmarkOf = (stop) =>
  [...document.querySelectorAll(`[data-stop="${stop.dataset.stopOf}"]`)].find((each) => each.checkVisibility());
const stops = [...form.querySelectorAll("[data-stop-of]")].filter(landmarkOf);
const before = document.activeElement;
let here = -1;

function hide() {
  if (here < 0) return;
  stops[here].hidePopover();
  document.querySelector(".app-toured")?.classList.remove("app-toured");
}

function show(number) {
  hide();
  here = number;
  const stop = stops[here];
  const landmark = landmarkOf(stop) ?? document.querySelector("#main-content"); // the page may have changed meanwhile
  const [next, leave, place] = ["next", "leave", "place"].map((each) => stop.querySelector(`[data-${each}]`));
  const isLast = here === stops.length - 1;
  place.textContent = place.dataset.says.replace("%number%", here + 1).replace("%all%", stops.length);
  if (isLast) {
    next.remove();
    leave.textContent = leave.dataset.saysEnd;
  }
  landmark.classList.add("app-toured");
  landmark.scrollIntoView({ block: "center" });
  stop.showPopover();
  (isLast ? leave : next).focus({ preventScroll: true });
}

function end() {
  const isInside = form.contains(document.activeElement);
  hide();
  here = -1;
  // Back to where the person was; whoever was nowhere goes on with the content of the page.
  if (!isInside) return;
  const main = document.querySelector("#main-content");
  if (before === document.body) main.tabIndex = -1;
  (before === document.body ? main : before).focus({ preventScroll: true });
}

form.addEventListener("click", ({ target }) => {
  if (target.closest("[data-next]")) show(here + 1);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  // Where the server does not hear of it, the next visit shows the tour once more.
  const options = { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", keepalive: true };
  fetch(form.action, options).catch(() => {});
  end();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || here < 0 || document.querySelector("dialog[open]")) return;
  form.requestSubmit();
});

// Whoever comes for a place on the page is led to it, and has the tour on another visit.
if (stops.length && !window.location.hash) show(0);
