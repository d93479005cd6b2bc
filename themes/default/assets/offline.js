// Has the worker keep the handbook for reading offline, and tells of an edition that waits to be shown. Loaded once the
// page is at rest.
// @ts-check
(() => {
  'use strict';
  const { worker, trusted, make, word } = prepbook;
  const workers = navigator.serviceWorker;

  const keepOffline = async () => {
    const registration = await workers.register(trusted(worker));
    const show = make('button', { type: 'button' }, word('offline.show'));
    show.addEventListener('click', () => {
      if (!registration.waiting) return location.reload();
      workers.addEventListener('controllerchange', () => location.reload(), { once: true });
      registration.waiting.postMessage('show');
    });
    const look = () => {
      registration.installing?.addEventListener('statechange', look);
      if (registration.waiting && registration.active) {
        document.getElementById('newer_edition')?.replaceChildren(`${word('offline.newer')} `, show);
        document.documentElement.setAttribute('data-newer', '');
      } else registration.active?.postMessage(navigator.connection?.saveData ? 'spare' : 'keep');
    };
    workers.addEventListener('message', ({ source, data }) => {
      const line = document.getElementById('saved_offline');
      if (line && data === 'kept' && source === registration.active) line.textContent = word('offline.saved');
    });
    registration.addEventListener('updatefound', look);
    look();
  };
  keepOffline().catch(() => {});
})();
