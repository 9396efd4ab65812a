// One more row for a legal reference: one that is there for who has no script, or a copy of the last one. Gives the row.
export function addCitation(element) {
  const rows = [...element.querySelectorAll("[data-citation]")];
  const hidden = rows.find((row) => row.classList.contains("app-no-js-only"));
  const row = hidden ?? rows.at(-1).cloneNode(true);
  row.classList.remove("app-no-js-only");
  if (hidden) return row;
  const number = rows.length + 1;
  const error = row.querySelector("[data-citation-error]");
  Object.assign(error, { id: error.id.replace(/\d+$/, number), hidden: true, textContent: "" });
  for (const input of row.querySelectorAll("input")) {
    const id = input.id.replace(/\d+$/, number);
    input.classList.remove("govuk-input--error");
    input.ariaInvalid = null;
    input.removeAttribute("aria-describedby");
    row.querySelector(`label[for="${CSS.escape(input.id)}"]`).htmlFor = id;
    Object.assign(input, { id, value: "" });
  }
  rows.at(-1).after(row);
  return row;
}
