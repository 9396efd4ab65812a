// Runs on every page: says that scripts run, starts the components of the front end, and the menus.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { countOwn } from "./draft-keeper.js";
import "./editor-boxes.js";
import "./form-drafts.js";
import { watch } from "./lock-out.js";
import "./shortcuts.js";
import "./unseen.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
watch();

// A menu is a <details>: it opens without scripts; with them it also closes when the person goes elsewhere.
for (const menu of document.querySelectorAll("details.app-menu")) {
  const close = () => menu.removeAttribute("open");
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      close();
      menu.querySelector("summary").focus();
    }
  });
}

// What is kept in this browser does not outlive the session: it goes once the server has confirmed the sign-out
// (core/web/drafts.py). Whoever has a text that is nowhere else is asked before.
for (const form of document.querySelectorAll('form[action$="/sign-out/"]')) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const count = await countOwn();
    const { saysSignOut, saysSignOutUnsure } = document.body.dataset;
    if (count === 0 || window.confirm(count ? saysSignOut : saysSignOutUnsure)) form.submit();
  });
}

// Ctrl-K (or Command-K), or the button of the bar: the list of places, whose script is loaded when it is first asked for.
const palette = document.querySelector("#palette");
if (palette) {
  // The box is there before its script is, so that no letter goes to the page under it.
  const openPalette = (event) => {
    event.preventDefault();
    if (palette.open) return;
    palette.querySelector("form").reset();
    palette.showModal();
    import("./palette.js").then(({ begin }) => begin());
  };
  document.querySelector("[data-palette]")?.addEventListener("click", openPalette);
  document.addEventListener("keydown", (event) => {
    if (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) openPalette(event);
  });
  // Where one was, for this tab; the server says of which it is still true that one may go there.
  try {
    const key = `recent:${document.body.dataset.person}`;
    const before = JSON.parse(sessionStorage.getItem(key) ?? "[]").filter((each) => each !== window.location.pathname);
    sessionStorage.setItem(key, JSON.stringify([window.location.pathname, ...before].slice(0, 6)));
  } catch {
    // This browser keeps nothing.
  }
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

// On a narrow screen the navigation is a bar at the foot that may be longer than the screen: where one is stays in sight.
document.querySelector(".app-side [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
