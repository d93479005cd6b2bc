// Stories: the reader's own, what they cover as a map, what to do next, and which to tell in which round.
// @ts-check
(() => {
  'use strict';
  const { make, word, stories, home, kept, keep } = prepbook;
  const { themes, companies } = prepbook.topicData;
  /** Findings that are seen before more are asked for. */
  const SEEN = 5;
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const select = (/** @type {string} */ id) => /** @type {HTMLSelectElement} */ (at(id));
  const address = (/** @type {string} */ url) => new URL(url, home).href;
  const button = (/** @type {string} */ text, /** @type {() => unknown} */ press, kind = 'button') => {
    const element = make('button', { type: 'button', class: kind }, text);
    element.addEventListener('click', () => void press());
    return element;
  };
  const newId = () => `${Date.now().toString(36).padStart(9, '0')}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  const named = (/** @type {Frozen<Story>} */ story) => story.title.trim() || word('stories.untitled');
  const svg = (/** @type {string} */ name, /** @type {Record<string, string>} */ attributes, /** @type {(Node | string)[]} */ ...inside) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  /** Lines across a square: nothing fits. */
  const hatch = (/** @type {number} */ x, /** @type {number} */ side) => {
    const lines = [0.25, 0.5, 0.75, 1].flatMap((part) => [`M${x} ${side * part}L${x + side * part} 0`, ...(part < 1 ? [`M${x + side * part} ${side}L${x + side} ${side * part}`] : [])]);
    return svg('path', { class: 'hatch', d: lines.join('') });
  };

  // ---------- rows: themes, or a company's principles ----------

  const topicsOf = (/** @type {string} */ kind) => companies.find(({ id }) => id === kind)?.principles ?? themes;
  const topicTitle = (/** @type {string} */ id) => [...themes, ...companies.flatMap(({ principles }) => principles)].find((topic) => topic.id === id)?.title;

  // ---------- the list ----------

  /** Its fits as squares, a square a theme. */
  const strip = (/** @type {Frozen<Story>} */ story, /** @type {readonly Topic[]} */ topics) => {
    const side = 20;
    const fits = topics.map((topic) => stories.fit(story, topic.id));
    const told = topics.flatMap(({ title }, nth) => (fits[nth] >= 2 ? [`${title} ${fits[nth]}`] : []));
    return svg('svg', { class: 'strip', viewBox: `0 0 ${fits.length * (side + 2)} ${side}`, role: 'img', 'aria-label': told.length ? word('stories.fits', { topics: told.join(', ') }) : word('stories.fits-nothing') },
      ...fits.map((fit, nth) => {
        const x = nth * (side + 2);
        return svg('g', { class: `fit-${fit}` }, svg('title', {}, `${topics[nth].title}: ${fit}`), svg('rect', { x: `${x}`, y: '0', width: `${side}`, height: `${side}`, rx: '3' }), ...(fit ? [svg('text', { x: `${x + side / 2}`, y: '14.5', 'text-anchor': 'middle' }, `${fit}`)] : []));
      }));
  };
  /** A story as it lies in the list. @type {(bank: Bank, id: string) => HTMLElement} */
  const makeCard = ({ store, topics, open, remove }, id) => {
    const story = store.doc.stories[id];
    const figures = (story.numbers ?? []).filter((one) => one.trim());
    const best = topics().filter((topic) => stories.fit(story, topic.id) >= 2).map(({ title }) => title);
    const facts = [story.when, story.people?.length ? word('stories.with', { people: story.people.join(', ') }) : '', figures.join(' · ')].filter(Boolean).join(' · ');
    return make('li', { 'data-id': id },
      strip(story, topics()),
      make('h3', {}, named(story)),
      ...(story.headline ? [make('p', { class: 'said' }, story.headline)] : []),
      make('p', { class: 'hint' }, facts || word('stories.no-facts')),
      make('p', { class: 'hint' }, best.length ? word('stories.fits-sentence', { topics: best.join(', ') }) : word('stories.fits-nothing-sentence')),
      make('p', { class: 'actions' }, button(word('stories.edit'), () => open(id)), ' ', button(word('button.delete'), () => remove(id), 'button danger')));
  };
  /** What they will ask about it, once that is asked for. @type {(store: Store, id: string, flush: () => Promise<unknown> | undefined) => HTMLElement} */
  const makeAsks = (store, id, flush) => {
    const box = make('div', {});
    const details = make('details', { class: 'asks' }, make('summary', {}, word('stories.asks')), box);
    details.addEventListener('toggle', async () => {
      if (!details.open) return;
      try {
        await Promise.all([prepbook.load('tree'), flush()]);
        box.replaceChildren(store.doc.stories[id] ? prepbook.makeStoryTree(store.doc, id) : make('p', { class: 'hint' }, word('stories.title-first')));
      } catch {
        box.replaceChildren(make('p', { class: 'hint' }, word('told.not-loaded')));
      }
    });
    return details;
  };
  /** Takes a story out, and puts it back. @type {(store: Store, id: string, undone: () => void) => Promise<void>} */
  const removeStory = async (store, id, undone) => {
    const story = store.doc.stories[id];
    const uses = Object.entries(store.doc.questions).filter(([, about]) => about.stories?.includes(id)).map(([question]) => question);
    await store.change((doc) => {
      delete doc.stories[id];
      for (const question of uses) if (doc.questions[question]) doc.questions[question].stories = doc.questions[question].stories?.filter((one) => one !== id);
    });
    const undo = button(word('button.undo'), async () => {
      await store.change((doc) => {
        doc.stories[id] = structuredClone(/** @type {Story} */ (story));
        for (const question of uses) {
          const about = (doc.questions[question] ??= {});
          about.stories = [id, ...(about.stories ?? [])];
        }
      });
      at('story-told').replaceChildren(word('stories.is-back', { story: named(story) }));
      undone();
    });
    at('story-told').replaceChildren(`${word('stories.is-deleted', { story: named(story) })} `, undo);
    undo.focus();
  };

  /** Puts rows in their order. What is being written in stays where it is: taken out and put back, it would lose the cursor. */
  const arrange = (/** @type {HTMLElement} */ list, /** @type {HTMLElement[]} */ rows) => {
    const isSame = list.children.length === rows.length && rows.every((row, nth) => list.children[nth] === row);
    if (isSame) return;
    const used = new Set(rows);
    const on = document.activeElement?.closest('[data-id]');
    const focused = on instanceof HTMLElement && !used.has(on) ? on.dataset.id : undefined;
    const which = focused ? Array.from(on?.querySelectorAll('button') ?? []).indexOf(/** @type {HTMLButtonElement} */ (document.activeElement)) : -1;
    for (const old of [...list.children]) if (!used.has(/** @type {HTMLLIElement} */ (old))) old.remove();
    rows.forEach((row, nth) => {
      if (list.children[nth] !== row) list.insertBefore(row, list.children[nth] ?? null);
    });
    if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.querySelectorAll('button')[which]?.focus();
  };

  /** The stories, each as a card or open as fields. @type {(store: Store, topics: () => readonly Topic[], show: () => void) => { bank: Bank, list: HTMLElement, isOpen(): boolean, showList(ids: string[]): void }} */
  const makeList = (store, topics, show) => {
    const list = at('story-list');
    /** The stories whose fields are open, and the one that has just been begun. @type {Map<string, { editor: StoryEditor, row: HTMLElement }>} */
    const open = new Map();
    /** A story's first button, or the one that begins another. */
    const focusOn = (/** @type {string} */ id) => /** @type {HTMLElement} */ (list.querySelector(`[data-id="${CSS.escape(id)}"] button`) ?? at('story-add')).focus();
    const close = (/** @type {string} */ id) => {
      void open.get(id)?.editor.flush();
      open.delete(id);
      show();
      focusOn(id);
    };
    const remove = async (/** @type {string} */ id) => {
      await open.get(id)?.editor.flush();
      open.delete(id);
      if (store.doc.stories[id]) return removeStory(store, id, () => focusOn(id));
      show();
      at('story-add').focus();
    };
    const openStory = async (/** @type {string} */ id, /** @type {Story} */ fresh = { title: '' }) => {
      try {
        await prepbook.load('editor');
      } catch {
        at('story-told').textContent = word('stories.not-loaded');
        return;
      }
      if (!open.has(id)) {
        const editor = prepbook.makeStoryEditor({ store, id, fresh, shapes: ['starl', ...prepbook.storyData.frameworks.map((one) => one.id)], isWhole: true });
        const row = make('li', { class: 'open', 'data-id': id }, editor.element, makeAsks(store, id, () => open.get(id)?.editor.flush()), make('p', { class: 'actions' }, button(word('button.done'), () => close(id), 'button go'), ' ', button(word('button.delete'), () => remove(id), 'button danger')));
        open.set(id, { editor, row });
        show();
      }
      const opened = open.get(id);
      opened?.row.scrollIntoView({ block: 'start' });
      opened?.editor.focus();
    };
    /** @type {Bank} */
    const bank = { store, topics, open: openStory, remove };
    const showList = (/** @type {string[]} */ ids) => {
      const all = [...ids, ...[...open.keys()].filter((id) => !ids.includes(id))];
      const rows = all.map((id) => {
        const row = open.get(id)?.row ?? makeCard(bank, id);
        const name = store.doc.stories[id] ? named(store.doc.stories[id]) : word('stories.new');
        for (const one of row.querySelectorAll('.actions > button')) one.setAttribute('aria-label', word('stories.action-of', { action: one.textContent ?? '', story: name }));
        return row;
      });
      arrange(list, rows);
    };
    return { bank, list, isOpen: () => open.size > 0, showList };
  };

  // ---------- the map ----------

  const covers = { gap: word('stories.gap'), single: word('stories.single') };
  const marks = { gap: () => [hatch(0, 16), svg('rect', { class: 'frame', x: '.75', y: '.75', width: '14.5', height: '14.5' })], single: () => [svg('circle', { class: 'half', cx: '8', cy: '8', r: '6.5' }), svg('path', { class: 'full', d: 'M8 1.5a6.5 6.5 0 0 0 0 13z' })], several: () => [svg('circle', { class: 'full', cx: '8', cy: '8', r: '7' })] };
  const mark = (/** @type {keyof typeof marks} */ cover) => svg('svg', { class: `mark ${cover}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' }, ...marks[cover]());
  const cell = (/** @type {number} */ fit, isChoice = false) => {
    const picture = svg('svg', { class: `cell fit-${fit}${isChoice ? ' choice' : ''}`, viewBox: '0 0 44 32', 'aria-hidden': 'true', focusable: 'false' },
      svg('rect', { x: '1', y: '1', width: '42', height: '30', rx: '4' }), svg('text', { x: '22', y: '21', 'text-anchor': 'middle' }, `${fit}`), ...(isChoice ? [svg('rect', { class: 'ring', x: '4', y: '4', width: '36', height: '24', rx: '3' })] : []));
    return [picture, make('span', { class: 'vh' }, isChoice ? word('stories.tell-first', { fit }) : `${fit}`)];
  };
  /** The stories across, the topics down. */
  const showMap = (/** @type {StoryMap} */ map, /** @type {boolean} */ ofPrinciples) => {
    const numbers = map.stories.map((_, nth) => nth + 1);
    const head = make('tr', {}, make('th', { scope: 'col' }, ofPrinciples ? word('stories.principle') : word('stories.theme')), ...map.stories.map(({ title, isOverused }, nth) => make('th', { scope: 'col', class: 'story-column' }, make('span', { title }, title.trim() || word('stories.untitled-nth', { nth: numbers[nth] })), ...(isOverused ? [make('b', { class: 'over-used' }, `▲ ${word('stories.too-often')}`)] : []))), make('th', { scope: 'col', class: 'cover-column' }, word('stories.cover')));
    const body = map.rows.map((row, topic) => make('tr', { class: row.cover }, make('th', { scope: 'row' }, make('a', { href: address(row.url) }, row.title)),
      ...map.stories.map((story, nth) => make('td', { class: 'story-column' }, ...cell(story.fits[topic], row.choice === nth))),
      make('td', { class: 'cover-column' }, mark(row.cover), ` ${row.cover === 'several' ? word('stories.several', { n: row.good.length }) : covers[row.cover]}`)));
    const first = make('tr', {}, make('th', { scope: 'row' }, word('stories.best-for')), ...map.stories.map(({ first, isOverused }) => make('td', { class: `story-column${isOverused ? ' over-used' : ''}` }, `${first || '–'}`)), make('td', { class: 'cover-column' }));
    at('story-map').replaceChildren(make('table', { class: 'map' }, make('caption', { class: 'vh' }, ofPrinciples ? word('stories.map-principles') : word('stories.map-themes')), make('thead', {}, head), make('tbody', {}, ...body), make('tfoot', {}, first)));
    const hasChoice = map.rows.some(({ choice }) => choice >= 0);
    at('story-key').replaceChildren(mark('gap'), ` ${word('stories.key-gap')} `, mark('single'), ` ${word('stories.key-single')} `, ...(hasChoice ? [make('span', { class: 'of-columns' }, make('span', { class: 'ring-key', 'aria-hidden': 'true' }), ` ${word('stories.key-first')}`)] : []));
  };

  // ---------- what to do next ----------

  /** @type {(bank: Bank, ofPrinciples: () => boolean, show: () => void) => (found: BankFinding[]) => void} */
  const makeFindings = ({ open }, ofPrinciples, show) => {
    let showsAll = false;
    const act = (/** @type {BankFinding} */ { story, topic }) => {
      if (story) return open(story);
      if (!topic) return open(newId());
      open(newId(), ofPrinciples() ? { title: '', principles: [topic] } : { title: '', fit: { [topic]: 2 } });
    };
    return (/** @type {BankFinding[]} */ found) => {
      const seen = showsAll ? found : found.slice(0, SEEN);
      const more = found.length - seen.length;
      const rows = seen.map((one) => {
        const press = button(one.action, () => act(one));
        press.setAttribute('aria-label', word('stories.action-on', { action: one.action, finding: one.say }));
        return make('li', { 'data-kind': one.kind }, make('span', {}, one.say), press);
      });
      if (more) {
        const all = button(word('stories.show-more', { n: more }), () => {
          showsAll = true;
          show();
          at('story-findings').querySelectorAll('button')[SEEN]?.focus();
        });
        rows.push(make('li', { class: 'more' }, all));
      }
      if (!found.length) rows.push(make('li', {}, make('span', {}, word('stories.all-well'))));
      at('story-findings').replaceChildren(...rows);
    };
  };

  // ---------- a day of interviews ----------

  /** @type {(bank: Bank, which: () => string) => () => void} */
  const makeLoop = ({ store, topics }, which) => {
    const number = select('loop-rounds');
    const ofLoop = () => {
      const kept = (store.doc.settings.loop ?? []).map((round) => [...round]);
      if (kept.length) return kept;
      // To begin with, what interviews always come to: the topics in their order, two a round.
      const ids = topics().map(({ id }) => id);
      return [0, 1, 2, 3].map((nth) => [ids[nth * 2] ?? '', ids[nth * 2 + 1] ?? '']);
    };
    const keepLoop = (/** @type {string[][]} */ loop) => store.change((doc) => void (doc.settings.loop = loop));
    /** Made once for a number of rounds; then only what is told changes. @type {HTMLElement[]} */
    let outputs = [];
    let shape = '';
    const drawRounds = (/** @type {string[][]} */ loop, /** @type {readonly Topic[]} */ all) => {
      outputs = [];
      at('loop-list').replaceChildren(...loop.map((round, nth) => make('fieldset', {}, make('legend', {}, word('stories.round', { nth: nth + 1 })), ...round.map((topic, slot) => {
        const choice = make('select', { 'aria-label': word('stories.round-topic', { nth: nth + 1, topic: slot + 1 }) }, make('option', { value: '' }, word('stories.nothing-more')), ...all.map(({ id, title }) => make('option', { value: id }, title)));
        // One of other rows stays to be chosen.
        if (topic && !all.some(({ id }) => id === topic)) choice.append(make('option', { value: topic }, topicTitle(topic) ?? topic));
        choice.value = topic;
        choice.addEventListener('change', () => {
          const next = ofLoop();
          next[nth][slot] = choice.value;
          void keepLoop(next);
        });
        const output = make('span', { class: 'told' });
        outputs.push(output);
        return make('p', {}, choice, output);
      }))));
    };
    const tellRounds = (/** @type {string[][]} */ loop) => {
      const ids = stories.order(store.doc.stories);
      const fits = loop.map((round) => round.map((topic) => ids.map((id) => (topic ? stories.fit(store.doc.stories[id], topic) : 0))));
      const places = stories.assign(fits).flat();
      const asked = loop.flat();
      asked.forEach((topic, nth) => {
        const place = places[nth];
        const fit = place < 0 ? 0 : fits.flat()[nth][place];
        outputs[nth].className = `told ${!topic ? '' : place < 0 ? 'none' : fit === 1 ? 'stretch' : 'good'}`;
        outputs[nth].textContent = !topic ? '' : place < 0 ? word('stories.none-left') : fit === 1 ? word('stories.a-stretch', { story: named(store.doc.stories[ids[place]]) }) : named(store.doc.stories[ids[place]]);
      });
      const topicsAsked = asked.filter(Boolean).length;
      const told = word('stories.loop', { told: places.filter((place) => place >= 0).length, n: topicsAsked });
      if (at('loop-told').textContent !== told) at('loop-told').textContent = told;
    };
    number.addEventListener('change', () => {
      const loop = ofLoop();
      while (loop.length < Number(number.value)) loop.push(['', '']);
      void keepLoop(loop.slice(0, Number(number.value)));
    });
    return () => {
      const loop = ofLoop();
      const all = topics();
      const wants = `${loop.length} ${which()} ${all.length}`;
      number.value = `${loop.length}`;
      if (wants !== shape) drawRounds(loop, all);
      shape = wants;
      tellRounds(loop);
    };
  };

  // ---------- on paper ----------

  /** Two stories a topic, with their figures and room to write. */
  const showPaper = (/** @type {Store} */ store, /** @type {StoryMap} */ map, /** @type {string} */ kind) => {
    const rows = map.rows.map((row) => {
      const told = row.good.toSorted((one, other) => Number(other === row.choice) - Number(one === row.choice) || map.stories[other].fits[map.rows.indexOf(row)] - map.stories[one].fits[map.rows.indexOf(row)]).slice(0, 2);
      const ids = told.map((place) => map.stories[place].id);
      return make('tr', {}, make('th', { scope: 'row' }, row.title),
        make('td', {}, ...ids.map((id) => make('p', {}, make('b', {}, named(store.doc.stories[id])), store.doc.stories[id].headline ? ` ${store.doc.stories[id].headline}` : ''))),
        make('td', {}, ...ids.map((id) => make('p', {}, (store.doc.stories[id].numbers ?? []).filter((one) => one.trim()).slice(0, 3).join(' · ')))),
        make('td', { class: 'room' }));
    });
    const company = companies.find(({ id }) => id === kind);
    at('story-paper').replaceChildren(make('h2', {}, company ? word('stories.paper-principles', { company: company.title }) : word('stories.paper-themes')),
      make('table', rows.length > 11 ? { class: 'dense' } : {}, make('thead', {}, make('tr', {}, ...[company ? word('stories.principle') : word('stories.theme'), word('stories.story'), word('stories.figures'), word('stories.notes')].map((title) => make('th', { scope: 'col' }, title)))), make('tbody', {}, ...rows)));
  };

  // ---------- together ----------

  const today = () => {
    const now = new Date();
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  };
  const PROMPTS = [
    [word('stories.prompt-wrong'), word('stories.prompt-wrong-about')],
    [word('stories.prompt-disagreement'), word('stories.prompt-disagreement-about')],
    [word('stories.prompt-proudest'), word('stories.prompt-proudest-about')],
  ];

  const begin = async () => {
    const store = await prepbook.loadStore();
    const rowsChoice = select('story-rows');
    rowsChoice.append(make('option', { value: '' }, word('stories.themes')), ...companies.map(({ id, title }) => make('option', { value: id }, word('stories.principles-of', { company: title }))));
    const wanted = kept('map') ?? '';
    rowsChoice.value = companies.some(({ id }) => id === wanted) ? wanted : '';
    const topics = () => topicsOf(rowsChoice.value);
    const ofPrinciples = () => Boolean(rowsChoice.value);
    const { bank, list, isOpen, showList } = makeList(store, topics, () => show());
    const showFindings = makeFindings(bank, ofPrinciples, () => show());
    const showLoop = makeLoop(bank, () => rowsChoice.value);
    at('story-prompts').append(...PROMPTS.map(([title, text]) => make('li', {}, make('h3', {}, title), make('p', {}, text), button(word('stories.write-it'), () => bank.open(newId(), { title })))));
    const show = () => {
      const { doc } = store;
      const ids = stories.order(doc.stories);
      const isEmpty = ids.length === 0;
      at('story-none').hidden = !isEmpty || isOpen();
      at('story-print').textContent = isEmpty ? word('stories.print-empty') : word('stories.print');
      for (const id of ['story-coverage', 'story-missing', 'story-loop']) at(id).hidden = isEmpty;
      at('story-paper').hidden = isEmpty;
      at('story-blank').classList.toggle('off', !isEmpty);
      showList(ids);
      if (isEmpty) return;
      const map = stories.map(doc.stories, topics());
      showMap(map, ofPrinciples());
      showFindings(stories.findings(map, doc.stories, doc.questions, today()));
      showLoop();
      showPaper(store, map, rowsChoice.value);
    };
    // What stands around the fields waits until the reader looks up from them: drawing it takes longer than a letter.
    let isWaiting = false;
    const isTyping = () => Boolean(document.activeElement?.closest('.open'));
    store.listen(() => {
      if (!isTyping()) return show();
      isWaiting = true;
    });
    list.addEventListener('focusout', () => {
      if (isWaiting) requestAnimationFrame(() => {
        if (isTyping()) return;
        isWaiting = false;
        show();
      });
    });
    addEventListener('beforeprint', show);
    rowsChoice.addEventListener('change', () => {
      keep('map', rowsChoice.value || null);
      show();
    });
    at('story-add').addEventListener('click', () => bank.open(newId()));
    at('story-print').addEventListener('click', () => print());
    show();
    const linked = decodeURIComponent(location.hash.slice(1));
    if (Object.hasOwn(store.doc.stories, linked)) bank.open(linked);
  };
  begin().catch(() => (at('story-told').textContent = word('told.not-opened')));
})();