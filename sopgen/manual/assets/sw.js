// Keeps every page of the site for days without a network. BUILD and FILES stand above.
const ROOT = new URL("./", self.location);
const PREFIX = `sopgen ${ROOT.pathname} `;
const CACHE = PREFIX + BUILD;
const PATIENCE = 4000; // milliseconds to wait for a slow network before the kept page is shown

self.addEventListener("install", (event) => {
  const wanted = FILES.map((name) => new Request(new URL(name, ROOT), { cache: "no-cache" }));
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(wanted)).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

const kept = async (request) => {
  const address = new URL(request.url);
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  const cache = await caches.open(CACHE);
  return cache.match(address, { ignoreSearch: true });
};

// The network first: a superseded page must not stay in force because a browser kept it.
const answer = async (request) => {
  const asked = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const found = await Promise.race([asked, late]);
    if (found && found.status < 500) return found;
  } catch {
    // no network
  }
  const held = await kept(request);
  if (held || request.mode !== "navigate") return held || asked;
  return asked.catch(() => Response.redirect(new URL("offline.html", ROOT)));
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const inside = request.url.startsWith(ROOT.href);
  if (request.method === "GET" && inside) event.respondWith(answer(request));
});
