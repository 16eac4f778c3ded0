// Answers for one programme when the network does not: the page as it was last received, and
// the files that it needs. Its scope is the address of that programme, no other page passes here.

const KEPT = `programme:${self.registration.scope}`;
const KEPT_MS = 2 * 24 * 3600 * 1000;
const PATIENCE_MS = 5000;
const PAGE = new URL(self.registration.scope).pathname;

self.addEventListener("install", (event) => {
  event.waitUntil(fetch(PAGE).then(keepPage).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  const keeping = caches.open(KEPT).then((kept) => kept.addAll(event.data.keep));
  event.waitUntil(keeping.then(() => port.postMessage("kept")));
});

// A page that this person may not read any more is forgotten.
async function keepPage(response) {
  const isSentAway = response.redirected || response.type === "opaqueredirect";
  if (isSentAway || [401, 403, 404].includes(response.status)) {
    await caches.delete(KEPT);
  } else if (response.ok) {
    const headers = new Headers(response.headers);
    headers.set("X-Kept-At", String(Date.now()));
    const copy = new Response(await response.clone().blob(), { headers });
    await (await caches.open(KEPT)).put(PAGE, copy);
  }
  return response;
}

async function keptPage() {
  const kept = await caches.match(PAGE, { cacheName: KEPT });
  if (kept && Date.now() - Number(kept.headers.get("X-Kept-At")) < KEPT_MS) return kept;
  await caches.delete(KEPT);
  return Response.error();
}

async function page(request) {
  try {
    return await keepPage(await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) }));
  } catch {
    return keptPage();
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: KEPT })) ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === PAGE) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});
