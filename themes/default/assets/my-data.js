// My data: what this browser keeps, in words, and the ways for it to leave, come in, come back and go.
// @ts-check
(() => {
  'use strict';
  const { make, word, worded, kept, keep, folder, exchange } = prepbook;
  /** The largest file that is read, in bytes. */
  const LARGEST = 50 * 1024 * 1024;
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const button = (/** @type {string} */ text, /** @type {() => unknown} */ press, kind = 'button') => {
    const element = make('button', { type: 'button', class: kind }, text);
    element.addEventListener('click', () => void press());
    return element;
  };
  const now = () => new Date().toISOString();
  const language = document.documentElement.lang || 'en';
  const moment = (/** @type {string} */ instant) => new Date(instant).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' });
  const day = (/** @type {string} */ date) => new Date(`${date}T12:00:00`).toLocaleDateString(language, { dateStyle: 'long' });
  const size = (/** @type {number} */ bytes) => (bytes < 1000 ? word('my-data.bytes', { n: bytes }) : bytes < 1e6 ? word('my-data.kilobytes', { n: Math.round(bytes / 1000) }) : word('my-data.megabytes', { n: (bytes / 1e6).toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false }) }));

  // ---------- what is kept ----------

  /** @type {[keyof ReturnType<Exchange['count']>, string, (n: number) => string][]} */
  const counted = [
    ['plans', word('my-data.plan'), (n) => word('my-data.count-plans', { n })],
    ['ticks', word('my-data.plan'), (n) => word('my-data.count-ticks', { n })],
    ['ratings', word('my-data.questions'), (n) => word('my-data.count-ratings', { n })],
    ['answers', word('my-data.questions'), (n) => word('my-data.count-answers', { n })],
    ['notes', word('my-data.questions'), (n) => word('my-data.count-notes', { n })],
    ['tries', word('my-data.practice'), (n) => word('my-data.count-tries', { n })],
    ['recordings', word('my-data.practice'), (n) => word('my-data.count-recordings', { n })],
    ['stories', word('my-data.stories'), (n) => word('my-data.count-stories', { n })],
  ];
  /** What a document holds, by heading. */
  const inWords = (/** @type {Frozen<Doc>} */ doc) => {
    const counts = exchange.count(doc);
    /** @type {Map<string, string[]>} */
    const told = new Map();
    for (const [name, heading, tell] of counted) {
      const number = counts[name];
      if (!number) continue;
      const text = name === 'plans' && doc.plan ? (doc.plan.open ? word('my-data.no-date') : word('my-data.interview-on', { date: day(doc.plan.interview) })) : tell(number);
      told.set(heading, [...(told.get(heading) ?? []), text]);
    }
    return told;
  };
  const sentence = (/** @type {Frozen<Doc>} */ doc) => [...inWords(doc).values()].flat().join(', ') || word('my-data.nothing');
  const statuses = {
    saved: word('my-data.saved'),
    saving: word('told.saving'),
    unsaved: word('my-data.unsaved'),
    blocked: word('my-data.blocked'),
    newer: word('my-data.newer'),
  };

  /** Questions that this edition no longer has: what was said to them is kept. */
  const showFormer = async (/** @type {Frozen<Doc>} */ doc) => {
    const ids = Object.keys(doc.questions);
    if (ids.length) await prepbook.load('practice').catch(() => {});
    const known = new Set(prepbook.handbook?.questions.map(({ id }) => id) ?? ids);
    const former = ids.filter((id) => !known.has(id));
    at('my_former').hidden = former.length === 0;
    const about = { questions: former.slice(0, 5).join(', '), more: former.length - 5 };
    at('my_former').textContent = former.length > 5 ? word('my-data.former-more', about) : former.length ? word('my-data.former', about) : '';
  };
  const showKept = async (/** @type {Store} */ store) => {
    const { doc, status } = store;
    const told = inWords(doc);
    at('my_counts').replaceChildren(...Array.from(told, ([heading, texts]) => make('div', {}, make('dt', {}, heading), make('dd', {}, texts.join(', ')))));
    at('my_counts').hidden = told.size === 0;
    showFormer(doc);
    at('my_nothing').hidden = told.size > 0 || status === 'newer';
    // Where nothing is kept, nothing was saved.
    const state = told.size || status !== 'saved' ? statuses[status] : '';
    if (at('my_status').textContent !== state) at('my_status').textContent = state;
    at('my_reminder').hidden = !prepbook.worth.isExportDue(doc, kept('exported'), now());
    const exported = kept('exported');
    at('my_exported').textContent = exported ? word('my-data.exported', { moment: moment(exported) }) : word('my-data.not-exported');
    const { inDatabase, inCopy, bytes, isPersisted } = await store.details();
    const sounds = doc.audio.reduce((sum, one) => sum + one.bytes, 0);
    const about = { size: sounds ? word('my-data.with-sound', { size: size(bytes), sound: size(sounds) }) : size(bytes) };
    const where = inDatabase && inCopy ? word('my-data.in-both', about) : inDatabase ? word('my-data.in-database', about) : inCopy ? word('my-data.in-copy', about) : word('my-data.in-page', about);
    const stays = isPersisted ? word('my-data.persisted') : word('my-data.not-persisted');
    at('my_place').textContent = told.size ? `${where} ${stays}` : '';
    at('my_persist').hidden = isPersisted || told.size === 0 || !navigator.storage?.persist;
  };

  // ---------- out ----------

  const fileName = () => `prepbook-${now().slice(0, 10)}.json`;
  const hasLeft = (/** @type {Store} */ store) => {
    keep('exported', now());
    showKept(store);
  };
  const exportFile = (/** @type {Store} */ store) => {
    prepbook.saveFile(fileName(), exchange.fileText(store.doc), 'application/json');
    hasLeft(store);
  };
  const offerSharing = (/** @type {Store} */ store) => {
    const file = () => new File([exchange.fileText(store.doc)], fileName(), { type: 'application/json' });
    if (!navigator.canShare?.({ files: [file()] })) return;
    const share = () => navigator.share({ files: [file()] }).then(() => hasLeft(store), () => {});
    at('my_export').after(' ', button(word('my-data.share'), share));
  };
  const makeLink = async (/** @type {Store} */ store) => {
    const packed = await exchange.pack(store.doc).catch(() => null);
    const field = /** @type {HTMLInputElement} */ (at('my_link_text'));
    at('my_link_shown').hidden = !packed;
    if (!packed) {
      at('my_exported').textContent = word('my-data.too-much');
      return;
    }
    field.value = `${location.href.replace(/#.*/s, '')}#take=${packed}`;
    field.focus();
    field.select();
  };

  // ---------- in ----------

  /** @type {Record<string, string>} */
  const kinds = {
    settings: word('my-data.kind-settings'),
    plan: word('my-data.kind-plan'),
    ticks: word('my-data.kind-ticks'),
    questions: word('my-data.kind-questions'),
    attempts: word('my-data.kind-attempts'),
    stories: word('my-data.kind-stories'),
    run: word('my-data.kind-run'),
  };
  const columns = /** @type {const} */ ([
    ['fresh', word('my-data.fresh')],
    ['newer', word('my-data.newer-there')],
    ['older', word('my-data.newer-here')],
    ['gone', word('my-data.gone-there')],
    ['same', word('my-data.same')],
    ['only', word('my-data.only-here')],
  ]);
  const table = (/** @type {ReturnType<Exchange['compare']>} */ told) => {
    const rows = Object.keys(kinds).filter((kind) => told[kind] && Object.values(told[kind]).some(Boolean));
    const shown = columns.filter(([name]) => rows.some((kind) => told[kind][name]));
    return make(
      'table', { class: 'comparison' },
      make('caption', { class: 'vh' }, word('my-data.table')),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('my-data.records')), ...shown.map(([, title]) => make('th', { scope: 'col', class: 'number' }, title)))),
      make('tbody', {}, ...rows.map((kind) => make('tr', {}, make('th', { scope: 'row' }, kinds[kind]), ...shown.map(([name]) => make('td', { class: 'number' }, String(told[kind][name] || '–')))))),
    );
  };
  const say = (/** @type {(Node | string)[]} */ ...inside) => at('my_import').replaceChildren(...inside);

  /** Takes a document in, and offers the way back. */
  const take = async (/** @type {Store} */ store, /** @type {Frozen<Doc>} */ doc, /** @type {'merge' | 'replace'} */ how, /** @type {string} */ why) => {
    try {
      const { isSafe, undo } = await store.take(doc, how, why);
      const back = async () => {
        const before = (await store.backups()).find(({ id }) => id === undo)?.doc;
        if (!before) return say(make('p', {}, word('my-data.no-longer')));
        await take(store, before, 'replace', 'undo');
      };
      const about = { records: sentence(store.doc) };
      const told = why === 'undo' ? word('my-data.undone-now', about) : how === 'merge' ? word('my-data.merged-now', about) : word('my-data.replaced-now', about);
      const note = make('p', { class: 'note', tabindex: '-1' }, isSafe ? told : word('my-data.taken-unsaved'));
      say(note, make('p', {}, button(why === 'undo' ? word('my-data.take-again') : word('button.undo'), back)));
      note.focus();
    } catch {
      const note = make('p', { class: 'note bad', tabindex: '-1' }, word('my-data.no-room-aside'));
      say(note);
      note.focus();
    }
    showBackups(store);
  };
  const preview = (/** @type {Store} */ store, /** @type {ReturnType<Exchange['parse']>} */ { doc, refused, why }, /** @type {string} */ from) => {
    if (!doc) {
      const note = make('p', { class: 'note bad', tabindex: '-1' }, word('my-data.nothing-changed-because', { reason: why ?? '' }));
      say(note);
      note.focus();
      return;
    }
    const told = exchange.compare(store.doc, doc);
    const sum = (/** @type {keyof typeof told[string]} */ name) => Object.values(told).reduce((all, one) => all + one[name], 0);
    const brings = sum('fresh') + sum('newer') + sum('gone');
    const heading = make('h3', { tabindex: '-1' }, word('my-data.holds', { file: from, records: sentence(doc) }));
    const cancel = () => {
      say(make('p', { class: 'hint' }, word('my-data.nothing-changed')));
      at('my_file').focus();
    };
    const loses = sum('older') + sum('only');
    const actions = make(
      'p', { class: 'actions' },
      button(word('my-data.merge'), () => take(store, doc, 'merge', 'import'), 'button go'), ' ',
      button(word('my-data.replace'), () => take(store, doc, 'replace', 'import')), ' ',
      button(word('button.cancel'), cancel),
    );
    say(
      heading,
      ...(Object.values(told).some((one) => Object.values(one).some(Boolean)) ? [table(told)] : []),
      make('p', {}, [brings ? word('my-data.merge-keeps', { n: brings }) : word('my-data.merge-nothing'), loses ? word('my-data.replace-loses', { n: loses }) : word('my-data.replace-makes'), word('my-data.both-undone')].join(' ')),
      ...(refused.length ? [make('p', { class: 'note bad' }, word('my-data.refused', { n: refused.length, places: `${refused.slice(0, 3).join(', ')}${refused.length > 3 ? ', …' : ''}` }))] : []),
      actions,
    );
    heading.focus();
  };

  // ---------- back ----------

  /** When each earlier state was put aside, and why. @type {Record<string, (about: { moment: HTMLElement, why: string }) => (Node | string)[]>} */
  const reasons = {
    import: (about) => worded('my-data.before-import', about),
    undo: (about) => worded('my-data.before-undo', about),
    restore: (about) => worded('my-data.before-restore', about),
    migration: (about) => worded('my-data.before-migration', about),
    unreadable: (about) => worded('my-data.unreadable', about),
    other: (about) => worded('my-data.before-other', about),
  };
  const showBackups = async (/** @type {Store} */ store) => {
    const backups = await store.backups().catch(() => []);
    at('my_earlier').hidden = backups.length === 0;
    at('my_backups').replaceChildren(
      ...backups.map(({ at: when, why, raw, doc }) =>
        make(
          'li', {},
          make('p', {}, ...(reasons[why] ?? reasons.other)({ moment: make('b', {}, moment(when)), why }), ' ', doc ? word('my-data.holds-records', { records: sentence(doc) }) : word('my-data.holds-nothing')),
          make(
            'p', { class: 'actions' },
            ...(doc ? [button(word('my-data.bring-back'), () => take(store, doc, 'replace', 'restore')), ' '] : []),
            button(word('button.download'), () => prepbook.saveFile(`${word('my-data.file-before', { date: when.slice(0, 10) })}.json`, doc ? exchange.fileText(doc) : typeof raw === 'string' ? raw : JSON.stringify(raw), 'application/json')),
          ),
        ),
      ),
    );
  };

  // ---------- away ----------

  /** Pages kept for reading offline, and who keeps them; gives what is left. */
  const forgetPages = async () => {
    const ours = async () => (self.caches ? await caches.keys() : []).filter((name) => name.startsWith(`prepbook ${folder.pathname} `));
    const workers = async () => (await navigator.serviceWorker?.getRegistrations() ?? []).filter(({ scope }) => scope === folder.href);
    for (const one of await workers()) await one.unregister();
    for (const name of await ours()) await caches.delete(name);
    return [...(await ours()).map(() => word('my-data.pages')), ...(await workers()).map(() => word('my-data.worker'))];
  };
  const erase = async (/** @type {Store} */ store) => {
    const left = [...(await store.erase()).map((one) => (one === 'database' ? word('my-data.database') : one)), ...(await forgetPages().catch(() => [word('my-data.pages')]))];
    say();
    at('my_link_shown').hidden = true;
    const note = make('p', { class: left.length ? 'note bad' : 'note', tabindex: '-1' }, left.length ? word('my-data.left', { what: left.join(', ') }) : word('my-data.all-deleted'));
    at('my_deleted').replaceChildren(note);
    await showKept(store);
    await showBackups(store);
    note.focus();
  };
  const askToErase = (/** @type {Store} */ store) => {
    const dialog = prepbook.makeDialog(
      'ask', word('my-data.delete-title'),
      make('p', {}, exchange.isEmpty(store.doc) ? word('my-data.delete-little') : word('my-data.delete-all-of', { records: sentence(store.doc) })),
      make(
        'p', { class: 'actions' },
        button(word('my-data.keep'), () => dialog.close(), 'button go'), ' ',
        button(word('my-data.export-first'), () => exportFile(store)), ' ',
        button(word('my-data.delete'), () => {
          dialog.close();
          erase(store);
        }, 'button danger'),
      ),
    );
    dialog.addEventListener('close', () => dialog.remove());
    dialog.showModal();
  };

  const begin = async () => {
    const store = await prepbook.loadStore();
    const show = () => showKept(store);
    store.listen(show);
    await show();
    showBackups(store);
    offerSharing(store);
    at('my_export').addEventListener('click', () => exportFile(store));
    at('my_link').addEventListener('click', () => void makeLink(store));
    at('my_delete').addEventListener('click', () => askToErase(store));
    at('my_persist').addEventListener('click', () => void navigator.storage.persist().then(show, show));
    const copy = /** @type {HTMLElement} */ (at('my_link_shown').querySelector('button'));
    copy.addEventListener('click', () => {
      const field = /** @type {HTMLInputElement} */ (at('my_link_text'));
      field.select();
      (navigator.clipboard?.writeText(field.value) ?? Promise.reject()).then(() => (copy.textContent = word('my-data.copied')), () => field.focus());
    });
    const file = /** @type {HTMLInputElement} */ (at('my_file'));
    file.addEventListener('change', async () => {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      // Chosen again after it was mended, it is read again.
      const text = await (chosen.size > LARGEST ? null : chosen.text().catch(() => ''));
      preview(store, text === null ? { state: 'unreadable', refused: [], why: word('my-data.too-large') } : exchange.parse(text, now()), chosen.name);
      file.value = '';
    });
    const link = async () => {
      const packed = /^#take=(.+)$/s.exec(location.hash)?.[1];
      if (!packed) return;
      // What stands in the address stands in the history.
      history.replaceState(null, '', location.pathname);
      preview(store, exchange.parse(await exchange.unpack(packed).catch(() => ''), now()), word('my-data.the-link'));
    };
    addEventListener('hashchange', link);
    await link();
  };
  begin().catch(() => (at('my_status').textContent = word('told.not-opened')));
})();
