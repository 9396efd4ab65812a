// A button that copies a field; without scripts the field is selected by hand.
for (const place of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(place.dataset.copy);
  const told = place.querySelector("[data-copy-done]");
  if (!field || !navigator.clipboard) continue;
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    told.textContent = told.dataset.copyDone;
  });
}
