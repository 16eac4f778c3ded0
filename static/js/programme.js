// Keeps one's programme on the phone, for when the room has no network. What is kept goes away
// with signing out (the site tells the browser to forget), or by itself after two days.

const worker = document.querySelector("[data-programme-worker]")?.dataset.programmeWorker;

async function keep() {
  const registration = await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready.catch(() => null);
  const active = registration.active ?? (await becomesActive(registration));
  const files = performance.getEntriesByType("resource").map((each) => each.name);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { document.querySelector("[data-programme-kept]").hidden = false; };
  active.postMessage({ keep: files.filter((name) => new URL(name).pathname.startsWith("/static/")) }, [port2]);
}

function becomesActive(registration) {
  return new Promise((resolve) => {
    const coming = registration.installing ?? registration.waiting;
    coming.addEventListener("statechange", () => { if (coming.state === "activated") resolve(coming); });
  });
}

if (worker && "serviceWorker" in navigator) {
  keep().catch(() => {
    // A browser that refuses keeps nothing: the page still follows the session.
  });
}
