// Adds Django's CSRF token to every htmx request that changes something.
// The cookie is out of reach of scripts: the token is that of the form which sends, or
// of another form of the page (the one that signs out is on every page of a person).

const SAFE_METHODS = ["get", "head", "options", "trace"];
const FIELD = "input[name=csrfmiddlewaretoken]";

function csrfToken(element) {
  const form = element.closest("form");
  const field = (form && form.querySelector(FIELD)) || document.querySelector(FIELD);
  return field ? field.value : "";
}

document.addEventListener("htmx:configRequest", (event) => {
  if (!SAFE_METHODS.includes(event.detail.verb)) {
    event.detail.headers["X-CSRFToken"] = csrfToken(event.detail.elt);
  }
});
