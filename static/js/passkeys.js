// Forms with data-passkey: "create" makes a passkey, "get" uses one, "sign-in" uses one of whoever comes. What the device
// signs goes into the hidden field "credential", and the form is sent as any other. Options come as JSON with bytes in
// base64url, from the page or, for "sign-in", from the form's own address.

const BYTES = new Set(["challenge", "id"]);

function toBytes(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}

function toText(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// "rp.id" is a name and stays; the ids of credentials and of the person are bytes.
function readOptions({ rp, ...options }) {
  const read = (value, name) => {
    if (Array.isArray(value)) return value.map((each) => read(each));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, read(inner, key)]));
    }
    return BYTES.has(name) ? toBytes(value) : value;
  };
  return rp ? { rp, ...read(options) } : read(options);
}

function writeCredential(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const written = Object.fromEntries(
    parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]),
  );
  if (response.getTransports) written.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: written,
  });
}

async function optionsFor(form) {
  if (form.dataset.passkey === "sign-in") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    return (await answer.json()).request_options;
  }
  const given = JSON.parse(document.getElementById(form.dataset.options).textContent);
  return given.creation_options ?? given.request_options;
}

async function ask(form) {
  const problem = form.querySelector("[data-problem]");
  const button = form.querySelector("button[type=submit]");
  problem.hidden = true;
  button.disabled = true;
  try {
    const publicKey = readOptions((await optionsFor(form)).publicKey);
    const isNew = form.dataset.passkey === "create";
    const credential = await navigator.credentials[isNew ? "create" : "get"]({ publicKey });
    form.elements.credential.value = writeCredential(credential);
    form.submit();
  } catch {
    // Cancelled, too slow, or no passkey here: browsers do not tell a page which, so that it cannot spy.
    button.disabled = false;
    problem.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
