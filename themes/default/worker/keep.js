// Keeps the handbook in the reader's browser. prepbook puts `edition` before this: a name, and the hash of each file by
// its address from the site's root. A file is stored at its address with the hash behind it, so that one which a new
// edition does not change is copied, not fetched. What the reader wrote is kept elsewhere; nothing here touches it.
// @ts-check
/* global edition */
(() => {
  'use strict';
  const worker = /** @type {any} */ (self);
  /** @type {string} */
  const scope = worker.registration.scope;
  const root = new URL(scope).pathname;
  /** Other handbooks may stand below other paths of the same host. */
  const prefix = `prepbook ${root} `;
  const own = prefix + edition.name;
  /** What the reader opened of a handbook that is too large to be kept whole. */
  const opened = `${prefix}opened`;
  /** Where it is noted which pages and which caches are of former editions. */
  const note = `${scope}sw.js?former`;
  const anyHash = { ignoreSearch: true, ignoreVary: true };

  /**
   * Addresses with the keys under which their files are stored.
   * @param {Record<string, string>} list
   */
  const stored = (list) =>
    Object.entries(list).map(([address, hash]) => {
      const { href } = new URL(address, scope);
      return /** @type {[string, string]} */ ([href, `${href}?${hash}`]);
    });
  const core = stored(edition.core);
  const all = new Map([...core, ...stored(edition.rest)]);

  const plain = (/** @type {string} */ url) => url.replace(/[?#].*/s, '').replace(/\/index\.html$/, '/');
  /** A navigation takes no answer that a redirect led to. */
  const direct = (/** @type {Response} */ answer) => (answer.redirected ? new Response(answer.body, answer) : answer);

  /**
   * Whether a file is that of this edition. While a new one is being published, a host may give some files of each.
   * @param {string} key
   * @param {Response} file
   */
  const isOurs = async (key, file) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const hash = key.slice(key.lastIndexOf('?') + 1);
    return hash === Array.from(digest.slice(0, hash.length / 2), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };

  /**
   * Fetches a file of this edition, and stores it if it is.
   * @param {string} url
   * @param {Cache} [cache]
   */
  const load = async (url, cache) => {
    const answer = await fetch(url, { cache: 'no-cache' });
    if (!answer.ok) throw new Error(`${answer.status}: ${url}`);
    const file = direct(answer);
    const key = all.get(url) ?? url;
    if (!(await isOurs(key, file.clone()))) {
      if (cache) throw new Error(`another edition: ${url}`);
      return file;
    }
    // Whoever removed the cache meanwhile wants it gone.
    const into = cache ?? ((await caches.has(own)) ? await caches.open(own) : undefined);
    await into?.put(key, file.clone());
    return file;
  };

  /**
   * Stores files, a few at a time. False when some are still missing because none may be fetched.
   * @param {Cache} cache
   * @param {[string, string][]} files
   * @param {boolean} mayFetch
   */
  const keep = async (cache, files, mayFetch) => {
    const present = new Set((await cache.keys()).map(({ url }) => url));
    const missing = files.filter(([, key]) => !present.has(key));
    let complete = true;
    const work = async () => {
      for (let file = missing.shift(); file; file = missing.shift()) {
        const [url, key] = file;
        const same = await caches.match(key, { ignoreVary: true });
        if (same) await cache.put(key, same);
        else if (mayFetch) await load(url, cache);
        else complete = false;
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    return complete;
  };

  /** Notes what is left of former editions. Their pages stay open when the reader asked for this one in another tab. */
  const takeOver = async () => {
    const pages = (await worker.clients.matchAll({ type: 'window' })).map((/** @type {{ id: string }} */ { id }) => id);
    const caching = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own && name !== opened);
    const cache = await caches.open(own);
    await cache.put(note, new Response(JSON.stringify({ pages, caching })));
    await worker.clients.claim();
  };

  /**
   * Removes former editions once no page of theirs is open.
   * @param {Cache} cache
   */
  const forget = async (cache) => {
    const noted = await cache.match(note);
    if (!noted) return;
    const { pages, caching } = await noted.json();
    const open = await Promise.all(pages.map((/** @type {string} */ id) => worker.clients.get(id)));
    if (open.some(Boolean)) return;
    await Promise.all(caching.map((/** @type {string} */ name) => caches.delete(name)));
    await cache.delete(note);
  };

  /** Keeps a page that was opened before there was a worker. */
  const keepOpened = async (/** @type {string} */ url) => {
    const cache = await caches.open(opened);
    if (!all.has(url) && !(await cache.match(url))) await cache.add(url);
  };

  /** @type {Promise<boolean> | undefined} */
  let keeping;
  const keepAll = async (/** @type {boolean} */ mayFetch) => {
    // A newer worker may have removed this one's cache while a page still asks this one.
    if (!(await caches.has(own))) return false;
    const cache = await caches.open(own);
    const complete = await keep(cache, [...all], mayFetch);
    await forget(cache);
    return complete && edition.whole;
  };

  /** The page for what is not kept. It is answered at any address: its links, which go one folder up, must go to the root. */
  const notKept = async () => {
    const page = await caches.match(all.get(`${scope}offline/`) ?? '', { ignoreVary: true });
    if (!page) return Response.error();
    const html = (await page.text()).replaceAll('../', root);
    return new Response(html, { status: 503, headers: page.headers });
  };

  /**
   * What is kept, else what the network gives, else what a former edition had.
   * @param {Request} request
   */
  const answer = async (request) => {
    const url = plain(request.url);
    const key = all.get(url);
    const kept = key && (await caches.match(key, { ignoreVary: true }));
    if (kept) return kept;
    // What a former edition's page is made of has its hash in its name; a host may answer anything for it by now.
    const same = !key && url.startsWith(`${scope}assets/`) && (await caches.match(url, anyHash));
    if (same) return same;
    const fresh = await (key ? load(url).catch(() => fetch(request)) : fetch(request)).catch(() => undefined);
    if (fresh?.status === 200 && !key && !edition.whole) {
      const cache = await caches.open(opened);
      await cache.put(url, direct(fresh.clone())).catch(() => {});
    }
    if (fresh?.ok || fresh?.type === 'opaqueredirect') return fresh;
    // What the host has taken down is gone here, too.
    if (fresh && fresh.status < 500 && (await caches.has(opened))) await (await caches.open(opened)).delete(url);
    const former = (await caches.match(url, anyHash)) ?? fresh;
    if (former) return former;
    if (request.mode !== 'navigate') return Response.error();
    return all.has(`${url}/`) ? Response.redirect(`${url}/${new URL(request.url).search}`) : notKept();
  };

  worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(caches.open(own).then((cache) => keep(cache, core, true))));
  worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(takeOver()));
  worker.addEventListener('fetch', (/** @type {any} */ event) => {
    const { request } = event;
    // A stream of the author's preview never ends, and a worker with an answer under way is not replaced.
    const isStream = request.headers.get('accept') === 'text/event-stream';
    if (request.method === 'GET' && request.url.startsWith(scope) && !isStream) event.respondWith(answer(request));
  });
  // A page asks to be shown the new edition, or to have the rest kept: with `spare`, as far as that costs no data.
  worker.addEventListener('message', (/** @type {any} */ event) => {
    if (event.data === 'show') return event.waitUntil(worker.skipWaiting());
    const page = edition.whole ? undefined : keepOpened(plain(event.source.url)).catch(() => {});
    // Tabs that ask meanwhile wait for the same work.
    keeping ??= keepAll(event.data === 'keep').finally(() => (keeping = undefined));
    const done = keeping.then((complete) => complete && event.source.postMessage('kept'));
    event.waitUntil(Promise.all([page, done]).catch(() => {}));
  });
})();
