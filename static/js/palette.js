// The list of places over a page (portal/search/places.py): what may be opened is the server's answer to each word.
// A combobox with a listbox, as the ARIA practices have it: the focus stays in the box, the arrows choose.
const dialog = document.querySelector("#palette");
const box = dialog.querySelector("#palette-text");
const list = dialog.querySelector("#palette-list");
const status = dialog.querySelector("[data-palette-status]");
const WAIT = 150;
let chosen = -1;
let asked = null;
let timer = 0;

const options = () => [...list.querySelectorAll("[role=option]")];

const choose = (at) => {
  const all = options();
  chosen = all.length ? (at + all.length) % all.length : -1;
  all.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
  if (chosen < 0) box.removeAttribute("aria-activedescendant");
  else {
    box.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }
};

const show = (page) => {
  const places = new DOMParser().parseFromString(page, "text/html").querySelector("#places");
  list.replaceChildren();
  let number = 0;
  for (const section of places?.querySelectorAll("section") ?? []) {
    const group = document.createElement("div");
    const head = document.createElement("p");
    head.className = "app-palette__kind";
    head.id = `palette-kind-${list.children.length}`;
    head.textContent = section.querySelector("h2").textContent;
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", head.id);
    group.append(head);
    for (const hit of section.querySelectorAll("li")) {
      const link = hit.querySelector("a");
      const option = document.createElement("a");
      option.className = "app-palette__option";
      option.id = `palette-option-${number++}`;
      option.href = link.getAttribute("href");
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.append(...link.cloneNode(true).childNodes);
      group.append(option);
    }
    list.append(group);
  }
  status.textContent = number
    ? dialog.dataset.saysNumber.replace("%number%", new Intl.NumberFormat(document.documentElement.lang).format(number))
    : dialog.dataset.saysNone;
  if (!number) {
    const nothing = document.createElement("p");
    nothing.className = "app-palette__kind";
    nothing.textContent = dialog.dataset.saysNone;
    list.append(nothing);
  }
  choose(0);
};

// What stood there belongs to other words: with nothing chosen Enter sends the form, which asks for the words of now.
const forget = () => {
  clearTimeout(timer);
  asked?.abort();
  chosen = -1;
  box.removeAttribute("aria-activedescendant");
  for (const option of options()) option.setAttribute("aria-selected", "false");
};

const load = async () => {
  asked?.abort();
  asked = new AbortController();
  const words = new URLSearchParams({ from: window.location.pathname });
  if (box.value.trim()) words.set("q", box.value.trim());
  else for (const each of recent()) words.append("recent", each);
  try {
    const answer = await fetch(`${dialog.dataset.url}?${words}`, { signal: asked.signal, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    show(await answer.text());
  } catch (error) {
    if (error.name === "AbortError") return;
    list.replaceChildren();
    choose(-1);
    status.textContent = dialog.dataset.saysFailed;
  }
};

export const recent = () => {
  try {
    return JSON.parse(sessionStorage.getItem(`recent:${document.body.dataset.person}`) ?? "[]");
  } catch {
    return [];
  }
};

export const begin = () => {
  forget();
  list.replaceChildren();
  load();
};

box.addEventListener("input", () => {
  forget();
  timer = setTimeout(load, WAIT);
});
box.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    choose(chosen + step);
  } else if (event.key === "Enter" && chosen >= 0 && !event.isComposing) {
    event.preventDefault();
    const { href } = options()[chosen];
    dialog.close();
    window.location.assign(href);
  }
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[role=option]")) dialog.close();
});
