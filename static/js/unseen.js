// What nobody sees is left out of what is pasted, and the person is told: characters of no width, soft hyphens, marks
// that turn the order of the letters. The server refuses them (core/language/unseen.py, which has the whole rule and the reasons);
// here it is only spared to those who copy from a word processor or a page.
const hidden = /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/gu;
// A joiner stays behind a letter of a script that is spelt with it, and in an emoji.
const joiners = /(?<![\u0600-\u109f\u1200-\u139f\u1680-\u1cff\p{So}\p{Sk}\ufe0f])[\u200c\u200d]/gu;

export function withoutUnseen(text) {
  return text.replace(hidden, "").replace(joiners, "");
}

function isTextField(field) {
  return field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && /^(text|search|url)$/.test(field.type));
}

export function tell(field) {
  let note = field.parentElement.querySelector("[data-unseen-note]");
  if (!note) {
    note = document.createElement("p");
    note.className = "govuk-body-s app-muted";
    note.dataset.unseenNote = "";
    note.setAttribute("role", "status");
    field.after(note);
  }
  note.textContent = document.body.dataset.saysUnseen;
}

document.addEventListener("paste", (event) => {
  const field = event.target;
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  const seen = withoutUnseen(pasted);
  if (!isTextField(field) || field.readOnly || field.disabled || seen === pasted) return;
  event.preventDefault();
  // As if it had been typed, so that it can be undone and is saved; where a browser does not know this, by hand.
  if (!document.execCommand("insertText", false, seen)) {
    field.setRangeText(seen, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  tell(field);
});

// The box beside the server's refusal does at once what saving with it would do.
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-remove-unseen]") || !target.checked || !target.form) return;
  for (const field of target.form.elements) {
    if (isTextField(field) && field.value !== withoutUnseen(field.value)) field.value = withoutUnseen(field.value);
  }
});
