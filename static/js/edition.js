// Tells what becomes of the automatic saves of a form[data-edition]; the saves themselves
// are htmx attributes, and the button of the form does without both.

const status = () => document.getElementById("save-status");

function markInvalid(form) {
  for (const slot of form.querySelectorAll("[id^='slot-']")) {
    const field = form.elements[slot.id.slice("slot-".length)];
    if (!(field instanceof HTMLElement)) continue;
    if (slot.querySelector("li")) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

for (const form of document.querySelectorAll("form[data-edition]")) {
  form.addEventListener("htmx:beforeRequest", () => { status().textContent = form.dataset.textSaving; });
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    form.addEventListener(failure, () => { status().textContent = form.dataset.textFailed; });
  }
  form.addEventListener("htmx:afterRequest", () => markInvalid(form));
}
