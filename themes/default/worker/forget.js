// Stands in place of the worker when a handbook is not to be kept: removes what an earlier edition kept, then itself.
// @ts-check
(() => {
  'use strict';
  const worker = /** @type {any} */ (self);
  const forget = async () => {
    const names = await caches.keys();
    const ours = names.filter((name) => name.startsWith(`prepbook ${new URL(worker.registration.scope).pathname} `));
    await Promise.all(ours.map((name) => caches.delete(name)));
    await worker.registration.unregister();
  };
  worker.addEventListener('install', () => worker.skipWaiting());
  worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(forget()));
})();
