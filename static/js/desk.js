// Who of one's own State has the section open, and the marks of the review desk: a press sets one or takes it away
// without leaving the place. Without this, and where the server does not answer, the form is sent as it is.
import { Here } from "./here.js";
import { isLocked, isTaken } from "./lock-out.js";

async function press(form, button) {
  const [mark, wanted] = button.value.split(":");
  const body = new URLSearchParams(new FormData(form, button));
  form.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" }, redirect: "manual" });
    const { is_set: isSet } = await response.json();
    if (!response.ok || String(Number(isSet)) !== wanted) throw new Error("not our server's word");
    button.setAttribute("aria-pressed", String(isSet));
    button.value = `${mark}:${isSet ? 0 : 1}`;
    form.parentElement.querySelector(".app-marks__who")?.remove(); // the page says it anew when it is loaded
    if (mark === "read") form.parentElement.querySelector("[data-read-before]")?.remove();
  } catch {
    if (isLocked() || isTaken()) return;
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: "press", value: button.value });
    form.append(pressed);
    form.submit(); // takes its values at once; whoever stays on the page presses again
    pressed.remove();
  } finally {
    form.removeAttribute("aria-busy");
  }
}

for (const form of document.querySelectorAll("form[data-mark]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.hasAttribute("aria-busy")) press(form, event.submitter);
  });
}

const here = document.querySelector("[data-together]");
if (here) new Here(here).start();
