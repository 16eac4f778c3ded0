// Says, in words, why what htmx sent was not done: too often, refused, gone, the site does
// not answer, the connection is lost, signed out. The sentences are those of the page
// (templates/includes/failures.html); what was typed stays where it is.

const place = document.getElementById("failures");
const PLAIN_MAX_CHARS = 300;

function isSignedOut(xhr) {
  return Boolean(xhr.responseURL) && new URL(xhr.responseURL).pathname === place.dataset.entrance;
}

function tooOften(xhr) {
  const seconds = Number(xhr.getResponseHeader("Retry-After")) || 60;
  return place.dataset.textOften.replace("%s", Math.ceil(seconds / 60));
}

// Some refusals are a sentence of the site for whoever typed.
function plain(xhr) {
  const type = xhr.getResponseHeader("Content-Type") ?? "";
  const isSentence = xhr.status === 400 && type.startsWith("text/plain") && xhr.responseText.length <= PLAIN_MAX_CHARS;
  return isSentence ? xhr.responseText : place.dataset.textNotTaken;
}

function sentence(xhr) {
  const texts = place.dataset;
  if (xhr.status === 0) return texts.textOffline;
  if (isSignedOut(xhr)) return texts.textSignedOut;
  if (xhr.status === 429) return tooOften(xhr);
  if (xhr.status >= 500) return texts.textBroken;
  const known = { 401: texts.textRefused, 403: texts.textRefused, 404: texts.textGone, 410: texts.textGone, 413: texts.textTooLarge };
  return known[xhr.status] ?? plain(xhr);
}

function tell(text) {
  if (place.querySelector("[data-failure-text]")?.textContent === text) return;
  const message = document.getElementById("failure").content.cloneNode(true);
  message.querySelector("[data-failure-text]").textContent = text;
  message.querySelector("button").addEventListener("click", () => place.replaceChildren());
  place.replaceChildren(message);
}

// A session that ended answers with the page to sign in: not what was asked for.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isSignedOut(event.detail.xhr)) return;
  event.detail.shouldSwap = false;
  event.detail.isError = true;
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => tell(sentence(event.detail.xhr)));
}

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) place.replaceChildren();
});
