// Adds Django's CSRF token to every htmx request that changes something.
// The token is read from the cookie when the request leaves, so a page kept open
// over a sign-in still sends the current one.

const SAFE_METHODS = ["get", "head", "options", "trace"];

function csrfToken() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
  return cookie ? decodeURIComponent(cookie[1]) : field ? field.value : "";
}

document.addEventListener("htmx:configRequest", (event) => {
  if (!SAFE_METHODS.includes(event.detail.verb)) {
    event.detail.headers["X-CSRFToken"] = csrfToken();
  }
});
