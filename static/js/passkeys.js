// Passkeys: asks the browser for a credential, puts it in the form, sends the form.
// The conversions to and from JSON come from the library's own script, webauthnJSON.
// Without this module the forms stay hidden, and the page offers its other ways.

async function credentialOf(form) {
  if (form.dataset.passkey === "login") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`passkey options: ${answer.status}`);
    return window.webauthnJSON.get((await answer.json()).request_options);
  }
  const source = document.getElementById(form.dataset.passkeyOptions);
  const options = JSON.parse(source.textContent);
  if (form.dataset.passkey === "get") return window.webauthnJSON.get(options.request_options);
  return window.webauthnJSON.create(asked(options.creation_options, form));
}

// A key that replaces the password is kept by the device, and checks who holds it.
function asked(options, form) {
  const box = form.elements.namedItem("passwordless");
  const replaces = Boolean(box && box.checked);
  const selection = options.publicKey.authenticatorSelection;
  selection.residentKey = replaces ? "required" : "discouraged";
  selection.requireResidentKey = replaces;
  if (replaces) selection.userVerification = "required";
  return options;
}

async function use(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const credential = await credentialOf(form);
    form.elements.namedItem("credential").value = JSON.stringify(credential);
    form.submit();
  } catch {
    problem.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", use);
  });
}
