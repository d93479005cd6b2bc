// My data: what this browser keeps, in words, and the ways for it to leave, come in, come back and go.
// @ts-check
(() => {
  'use strict';
  const { make, kept, keep, folder, exchange } = prepbook;
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
  const many = (/** @type {number} */ number, /** @type {string} */ one, more = `${one}s`) => `${number} ${number === 1 ? one : more}`;
  const size = (/** @type {number} */ bytes) => (bytes < 1000 ? many(bytes, 'byte') : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

  // ---------- what is kept ----------

  /** @type {[keyof ReturnType<Exchange['count']>, string, string, string?][]} */
  const words = [
    ['plans', 'Plan', 'interview'],
    ['ticks', 'Plan', 'tick'],
    ['ratings', 'Questions', 'rating'],
    ['answers', 'Questions', 'answer of yours', 'answers of yours'],
    ['notes', 'Questions', 'note'],
    ['tries', 'Practice', 'try', 'tries'],
    ['recordings', 'Practice', 'recording'],
    ['stories', 'Stories', 'story', 'stories'],
  ];
  /** What a document holds, by heading. */
  const inWords = (/** @type {Frozen<Doc>} */ doc) => {
    const counts = exchange.count(doc);
    /** @type {Map<string, string[]>} */
    const told = new Map();
    for (const [name, heading, one, more] of words) {
      const number = counts[name];
      if (!number) continue;
      const text = name === 'plans' && doc.plan ? (doc.plan.open ? 'no date yet' : `interview on ${day(doc.plan.interview)}`) : many(number, one, more);
      told.set(heading, [...(told.get(heading) ?? []), text]);
    }
    return told;
  };
  const sentence = (/** @type {Frozen<Doc>} */ doc) => [...inWords(doc).values()].flat().join(', ') || 'nothing';
  const statuses = {
    saved: 'All saved.',
    saving: 'Saving…',
    unsaved: 'Not saved: the browser has no room or refuses. Export a file now.',
    blocked: 'This browser keeps nothing for this site: it is in a mode that forbids it, or its settings do.',
    newer: 'Written by a newer edition, so nothing is changed here. Reload to get that edition.',
  };

  /** Questions that this edition no longer has: what was said to them is kept. */
  const showFormer = async (/** @type {Frozen<Doc>} */ doc) => {
    const ids = Object.keys(doc.questions);
    if (ids.length) await prepbook.load('practice').catch(() => {});
    const known = new Set(self.prepbookHandbook?.questions.map(({ id }) => id) ?? ids);
    const former = ids.filter((id) => !known.has(id));
    at('my_former').hidden = former.length === 0;
    at('my_former').textContent = former.length ? `Kept from an earlier edition, whose questions this one does not have: ${former.slice(0, 5).join(', ')}${former.length > 5 ? `, and ${former.length - 5} more` : ''}.` : '';
  };
  const showKept = async (/** @type {Store} */ store) => {
    const { doc, status } = store;
    const told = inWords(doc);
    at('my_counts').replaceChildren(...Array.from(told, ([heading, texts]) => make('div', {}, make('dt', {}, heading), make('dd', {}, texts.join(', ')))));
    at('my_counts').hidden = told.size === 0;
    showFormer(doc);
    at('my_nothing').hidden = told.size > 0 || status === 'newer';
    if (at('my_status').textContent !== statuses[status]) at('my_status').textContent = statuses[status];
    at('my_reminder').hidden = !prepbook.records.isExportDue(doc, kept('exported'), now());
    const exported = kept('exported');
    at('my_exported').textContent = exported ? `Last exported on ${moment(exported)}.` : 'Not exported from this browser yet.';
    const { inDatabase, inCopy, bytes, isPersisted } = await store.details();
    const sounds = doc.audio.reduce((sum, one) => sum + one.bytes, 0);
    const where = inDatabase && inCopy ? 'in a database and a copy beside it' : inDatabase ? 'in a database' : inCopy ? 'in a copy of at most two million letters, since the database is refused' : 'only until this page is closed';
    const stays = isPersisted ? 'The browser keeps it until you delete it.' : 'The browser may clear it when the disk is full, and a private window forgets it when closed.';
    at('my_place').textContent = told.size ? `${size(bytes)}${sounds ? ` and ${size(sounds)} of sound` : ''}, on this device alone, ${where}. ${stays}` : '';
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
    at('my_export').after(' ', button('Share the file', share));
  };
  const makeLink = async (/** @type {Store} */ store) => {
    const packed = await exchange.pack(store.doc).catch(() => null);
    const field = /** @type {HTMLInputElement} */ (at('my_link_text'));
    at('my_link_shown').hidden = !packed;
    if (!packed) {
      at('my_exported').textContent = 'There is too much for a link. Take a file.';
      return;
    }
    field.value = `${location.href.replace(/#.*/s, '')}#take=${packed}`;
    field.focus();
    field.select();
  };

  // ---------- in ----------

  /** @type {Record<string, [string, string]>} */
  const kinds = {
    settings: ['Settings', 'Settings'],
    plan: ['Plan', 'Plan'],
    ticks: ['Ticks', 'Ticks'],
    questions: ['Question', 'Questions'],
    attempts: ['Try', 'Tries'],
    stories: ['Story', 'Stories'],
    run: ['Practice under way', 'Practice under way'],
  };
  const columns = /** @type {const} */ ([
    ['fresh', 'New'],
    ['newer', 'Newer in the file'],
    ['older', 'Newer here'],
    ['gone', 'Deleted there'],
    ['same', 'The same'],
    ['only', 'Only here'],
  ]);
  const table = (/** @type {ReturnType<Exchange['compare']>} */ told) => {
    const rows = Object.keys(kinds).filter((kind) => told[kind] && Object.values(told[kind]).some(Boolean));
    const shown = columns.filter(([name]) => rows.some((kind) => told[kind][name]));
    return make(
      'table', { class: 'comparison' },
      make('caption', { class: 'vh' }, 'What the file would change here'),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'Records'), ...shown.map(([, title]) => make('th', { scope: 'col', class: 'number' }, title)))),
      make('tbody', {}, ...rows.map((kind) => make('tr', {}, make('th', { scope: 'row' }, kinds[kind][1]), ...shown.map(([name]) => make('td', { class: 'number' }, String(told[kind][name] || '–')))))),
    );
  };
  const say = (/** @type {(Node | string)[]} */ ...inside) => at('my_import').replaceChildren(...inside);

  /** Takes a document in, and offers the way back. */
  const take = async (/** @type {Store} */ store, /** @type {Frozen<Doc>} */ doc, /** @type {'merge' | 'replace'} */ how, /** @type {string} */ why) => {
    try {
      const { isSafe, undo } = await store.take(doc, how, why);
      const back = async () => {
        const before = (await store.backups()).find(({ id }) => id === undo)?.doc;
        if (!before) return say(make('p', {}, 'The state before is no longer among the earlier states.'));
        await take(store, before, 'replace', 'undo');
      };
      const told = why === 'undo' ? 'Undone. All is as before.' : how === 'merge' ? 'Merged.' : 'Replaced.';
      const note = make('p', { class: 'note', tabindex: '-1' }, isSafe ? `${told} Here is now: ${sentence(store.doc)}.` : 'Taken in, but not saved yet.');
      say(note, make('p', {}, button(why === 'undo' ? 'Take it in again' : 'Undo', back)));
      note.focus();
    } catch {
      const note = make('p', { class: 'note bad', tabindex: '-1' }, 'Nothing was changed: the browser has no room to put the present state aside. Export it, delete what you can spare, then try again.');
      say(note);
      note.focus();
    }
    showBackups(store);
  };
  const preview = (/** @type {Store} */ store, /** @type {ReturnType<Exchange['parse']>} */ { doc, refused, why }, /** @type {string} */ from) => {
    if (!doc) {
      const note = make('p', { class: 'note bad', tabindex: '-1' }, `${why} Nothing was changed.`);
      say(note);
      note.focus();
      return;
    }
    const told = exchange.compare(store.doc, doc);
    const sum = (/** @type {keyof typeof told[string]} */ name) => Object.values(told).reduce((all, one) => all + one[name], 0);
    const brings = sum('fresh') + sum('newer') + sum('gone');
    const heading = make('h3', { tabindex: '-1' }, `${from} holds ${sentence(doc)}`);
    const cancel = () => {
      say(make('p', { class: 'hint' }, 'Nothing was changed.'));
      at('my_file').focus();
    };
    const loses = sum('older') + sum('only');
    const actions = make(
      'p', { class: 'actions' },
      button('Merge', () => take(store, doc, 'merge', 'import'), 'button go'), ' ',
      button('Replace what is here', () => take(store, doc, 'replace', 'import')), ' ',
      button('Cancel', cancel),
    );
    say(
      heading,
      ...(Object.values(told).some((one) => Object.values(one).some(Boolean)) ? [table(told)] : []),
      make('p', {}, `Merge keeps the later of each record: ${brings ? `${many(brings, 'record')} would change here` : 'nothing would change here'}. Replace makes everything as the file has it${loses ? `: ${many(loses, 'record')} of yours would go` : ''}. Both can be undone.`),
      ...(refused.length ? [make('p', { class: 'note bad' }, `${many(refused.length, 'place')} in the file cannot be read and would be left out: ${refused.slice(0, 3).join(', ')}${refused.length > 3 ? ', …' : ''}.`)] : []),
      actions,
    );
    heading.focus();
  };

  // ---------- back ----------

  /** @type {Record<string, string>} */
  const reasons = { import: 'before an import', undo: 'before an undo', restore: 'before an earlier state was brought back', migration: 'before a new edition changed the form', unreadable: 'found and could not be read whole' };
  const showBackups = async (/** @type {Store} */ store) => {
    const backups = await store.backups().catch(() => []);
    at('my_earlier').hidden = backups.length === 0;
    at('my_backups').replaceChildren(
      ...backups.map(({ at: when, why, raw, doc }) =>
        make(
          'li', {},
          make('p', {}, make('b', {}, moment(when)), `, ${reasons[why] ?? why}. ${doc ? `Holds ${sentence(doc)}.` : 'Holds nothing that can be read here.'}`),
          make(
            'p', { class: 'actions' },
            ...(doc ? [button('Bring it back', () => take(store, doc, 'replace', 'restore')), ' '] : []),
            button('Download', () => prepbook.saveFile(`prepbook-${when.slice(0, 10)}-before.json`, doc ? exchange.fileText(doc) : typeof raw === 'string' ? raw : JSON.stringify(raw), 'application/json')),
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
    return [...(await ours()).map(() => 'pages for reading offline'), ...(await workers()).map(() => 'the worker')];
  };
  const erase = async (/** @type {Store} */ store) => {
    const left = [...(await store.erase()), ...(await forgetPages().catch(() => ['pages for reading offline']))];
    say();
    at('my_link_shown').hidden = true;
    const note = make('p', { class: left.length ? 'note bad' : 'note', tabindex: '-1' }, left.length ? `Left: ${left.join(', ')}. Close the other tabs of this handbook and try again.` : 'All is deleted. Nothing is left here: no database, no settings, no pages for reading offline.');
    at('my_deleted').replaceChildren(note);
    await showKept(store);
    await showBackups(store);
    note.focus();
  };
  const askToErase = (/** @type {Store} */ store) => {
    const dialog = prepbook.makeDialog(
      'ask', 'Delete everything?',
      make('p', {}, exchange.isEmpty(store.doc) ? 'There is nothing of yours but settings and pages kept for reading offline.' : `This goes for good: ${sentence(store.doc)}, with all earlier states. It cannot be undone, unless you have exported a file.`),
      make(
        'p', { class: 'actions' },
        button('Keep it', () => dialog.close(), 'button go'), ' ',
        button('Export first', () => exportFile(store)), ' ',
        button('Delete everything', () => {
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
      (navigator.clipboard?.writeText(field.value) ?? Promise.reject()).then(() => (copy.textContent = 'Copied'), () => field.focus());
    });
    const file = /** @type {HTMLInputElement} */ (at('my_file'));
    file.addEventListener('change', async () => {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      // Chosen again after it was mended, it is read again.
      const text = await (chosen.size > LARGEST ? null : chosen.text().catch(() => ''));
      preview(store, text === null ? { state: 'unreadable', refused: [], why: 'The file is larger than 50 MB.' } : exchange.parse(text, now()), chosen.name);
      file.value = '';
    });
    const link = async () => {
      const packed = /^#take=(.+)$/s.exec(location.hash)?.[1];
      if (!packed) return;
      // What stands in the address stands in the history.
      history.replaceState(null, '', location.pathname);
      preview(store, exchange.parse(await exchange.unpack(packed).catch(() => ''), now()), 'The link');
    };
    addEventListener('hashchange', link);
    await link();
  };
  begin().catch(() => (at('my_status').textContent = 'What is kept could not be opened. Reload the page.'));
})();
