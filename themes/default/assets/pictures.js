// Pictures for who would rather look than read: the days of the plan, the last tries of a question, themes over time. What
// they show is worked out without a page; each is drawn as SVG whose places are shares of its width, so that letters keep
// their size, and says in a sentence what it shows.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  const DAY = 86_400_000;
  /** Pixels of the narrowest pictures, those of phones, and of those with room; and of a letter of a label, the space after it included. */
  const NARROW = 280;
  const WIDE = 560;
  const LETTER = 7.5;
  /** Letters of the interview's date. */
  const DATE = 7;
  /** How many tries are shown. */
  const TAKES = 5;
  const language = () => document.documentElement.lang || 'en';
  const dayIn = (/** @type {string | number} */ day, /** @type {Intl.DateTimeFormatOptions} */ options = { weekday: 'short', day: 'numeric', month: 'short' }) => new Date(typeof day === 'string' ? `${day}T12:00:00` : day).toLocaleDateString(language(), options);
  const percent = (/** @type {number} */ share) => `${Math.round(share * 10_000) / 100}%`;
  const svg = (/** @type {string} */ name, /** @type {Record<string, string | number>} */ attributes, /** @type {(Node | string)[]} */ ...inside) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...inside);
    return element;
  };
  const picture = (/** @type {string} */ kind, /** @type {string} */ told, /** @type {number} */ height, /** @type {Node[]} */ ...inside) => svg('svg', { class: `picture ${kind}`, role: 'img', 'aria-label': told, width: '100%', height }, ...inside);

  // ---------- the plan, from today on ----------

  /** @type {Pictures['daysOf']} */
  const daysOf = ({ days, points }, { minutes, open }) => {
    const momentOn = (/** @type {string} */ day) => points.find(({ date, isDone }) => date === day && !isDone)?.checkpoint.moment ?? '';
    const most = Math.max(minutes, ...days.map((day) => day.minutes), 1);
    const columns = days.length + (open ? 0 : 1);
    const today = word('plan-card.today');
    const share = (/** @type {{ length: number }} */ label, /** @type {number} */ width) => ((label.length + 1) * LETTER) / width;
    const last = { length: open ? 0 : DATE };
    /** Of some days, those whose labels stand apart on so wide a picture, between today's and that of the interview. */
    const apart = (/** @type {readonly PlanDay[]} */ some, /** @type {number} */ width) => {
      let end = share(today, width);
      return some.filter((day) => {
        const from = days.indexOf(day) / columns;
        const to = from + share(momentOn(day.date), width);
        if (from < end || to > 1 - share(last, width)) return false;
        end = to;
        return true;
      });
    };
    const roomy = apart(days.filter(({ date }, nth) => nth && momentOn(date)), WIDE);
    const always = apart(roomy, NARROW);
    return {
      days: days.map((day, nth) => {
        const { date, minutes: tasks, isNight } = day;
        const moment = momentOn(date);
        return { date, from: nth / columns, width: 1 / columns, work: Math.min(tasks, most) / most, talk: isNight ? 0 : Math.max(minutes - tasks, 0) / most, moment, label: nth === 0 ? today : roomy.includes(day) ? moment : '', needsRoom: nth > 0 && !always.includes(day) };
      }),
      end: open ? null : 1 - 1 / columns,
    };
  };
  /** @type {Pictures['drawPlan']} */
  const drawPlan = (view, plan) => {
    const [top, high, height] = [8, 48, 84];
    const { days, end } = daysOf(view, plan);
    const base = top + high;
    const named = days.filter(({ moment }) => moment);
    const told = [word('picture.days', { n: days.length }), ...named.map(({ moment, date }, nth) => (nth === 0 && date === days[0].date ? word('picture.moment-today', { moment }) : word('picture.moment-on', { moment, date: dayIn(date) }))), ...(end === null ? [] : [word('picture.interview-on', { date: dayIn(plan.interview) })])].join(', ');
    const bars = days.flatMap(({ from, width, work, talk, moment }) => {
      const place = { x: percent(from + width * 0.1), width: percent(width * 0.8) };
      const tall = work * high;
      return [
        svg('rect', { class: 'talk', ...place, y: base - tall - talk * high, height: talk * high }),
        svg('rect', { class: 'work', ...place, y: base - tall, height: tall }),
        ...(moment ? [svg('circle', { class: 'point', cx: percent(from + width / 2), cy: base + 7, r: 3.5 })] : []),
      ];
    });
    const labels = days.flatMap(({ from, label, needsRoom }) => (label ? [svg('text', { ...(needsRoom && { class: 'roomy' }), x: percent(from), y: height - 4 }, label)] : []));
    const goal = end === null ? [] : [svg('rect', { class: 'goal', x: percent(end + 0.1 / days.length), width: percent(0.8 / (days.length + 1)), y: top, height: high }), svg('text', { x: '100%', y: height - 4, 'text-anchor': 'end' }, dayIn(plan.interview, { day: 'numeric', month: 'short' }))];
    return picture('days', told, height, ...bars, svg('line', { x1: 0, x2: '100%', y1: base, y2: base }), ...goal, ...labels);
  };

  // ---------- the last tries of a question ----------

  /** @type {Pictures['takesOf']} */
  const takesOf = (attempts, parts) => {
    const its = attempts.filter((one) => (one.parts?.length ?? 0) === parts.length && (one.ms ?? 0) > 0).toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1)).slice(-TAKES);
    const told = parts.map((part) => part.told);
    const rows = [...its.map(({ startedAt, parts = [] }) => ({ at: startedAt, lengths: [...parts] })), ...(told.some(Boolean) ? [{ at: '', lengths: told }] : [])];
    const totals = rows.map(({ lengths }) => lengths.reduce((sum, one) => sum + one, 0));
    const longest = Math.max(...totals, 1);
    return its.length < 2 ? [] : rows.map((row, nth) => ({ ...row, total: totals[nth], shares: row.lengths.map((one) => one / longest) }));
  };
  /** @type {Pictures['drawTakes']} */
  const drawTakes = (attempts, parts) => {
    const { make, clocks } = prepbook;
    const rows = takesOf(attempts, parts);
    if (!rows.length) return null;
    const height = 24;
    const lines = rows.flatMap(({ at, lengths, shares, total }) => {
      const name = at ? dayIn(Date.parse(at), { day: 'numeric', month: 'short' }) : word('picture.model');
      let from = 0;
      const cells = shares.map((share, nth) => {
        const cell = svg('rect', { class: parts[nth].step, x: percent(from), width: percent(Math.max(share - 0.003, 0)), y: 0, height });
        from += share;
        return cell;
      });
      const told = `${name}, ${clocks.time(total)}: ${parts.map(({ title }, nth) => `${title} ${word('told.seconds', { n: Math.round(lengths[nth] / 1000) })}`).join(', ')}`;
      return [make('dt', {}, name, make('span', {}, clocks.time(total))), make('dd', {}, picture('take', told, height, ...cells))];
    });
    return make('section', { class: 'run-history' }, make('h3', {}, word('picture.last-tries')), make('dl', { class: 'run-bars' }, ...lines));
  };

  // ---------- themes over time ----------

  /** @type {Pictures['themesOf']} */
  const themesOf = (handbook, attempts, now) => {
    const themeOf = new Map(handbook.questions.map(({ id, theme }) => [id, theme]));
    const rated = attempts.flatMap(({ question, rating, startedAt }) => (question && rating !== undefined && themeOf.has(question) ? [{ theme: themeOf.get(question), rating, at: Date.parse(startedAt) }] : []));
    const begin = Math.min(...rated.map(({ at }) => at));
    const length = Math.max(now - begin, DAY);
    return handbook.themes
      .map(({ id, title, url }) => {
        const its = rated.filter(({ theme }) => theme === id).sort((one, other) => one.at - other.at);
        const latest = its.slice(-3);
        return { title, url, dots: its.map(({ at, rating }) => ({ x: (at - begin) / length, y: rating / 3 })), mean: latest.reduce((sum, { rating }) => sum + rating, 0) / (latest.length || 1) };
      })
      .filter(({ dots }) => dots.length)
      .sort((one, other) => one.mean - other.mean);
  };
  /** @type {Pictures['drawThemes']} */
  const drawThemes = (handbook, attempts, now) => {
    const { make, home } = prepbook;
    const rows = themesOf(handbook, attempts, now);
    const height = 36;
    const ratings = [word('rating.no-story-within'), word('rating.rambled-within'), word('rating.solid-within'), word('rating.ready-within')];
    const lines = rows.map(({ title, url, dots, mean }) => {
      const x = (/** @type {number} */ share) => percent(0.02 + 0.96 * share);
      const y = (/** @type {number} */ share) => 6 + (1 - share) * (height - 12);
      const first = ratings[Math.round(dots[0].y * 3)];
      const last = ratings[Math.round(mean)];
      const about = { theme: title, n: dots.length, first, last };
      const told = dots.length > 1 ? word('picture.theme-since', about) : word('picture.theme', about);
      const steps = dots.slice(1).map((dot, nth) => svg('line', { class: 'way', x1: x(dots[nth].x), y1: y(dots[nth].y), x2: x(dot.x), y2: y(dot.y) }));
      const spots = dots.map((dot) => svg('circle', { class: dot.y >= 0.5 ? 'strong' : 'weak', cx: x(dot.x), cy: y(dot.y), r: 4 }));
      return make('div', {}, make('dt', {}, make('a', { href: new URL(url, home).href }, title)), make('dd', {}, picture('theme', told, height, svg('line', { x1: 0, x2: '100%', y1: height / 2, y2: height / 2 }), ...steps, ...spots), make('span', { 'aria-hidden': 'true' }, last)));
    });
    return rows.length ? make('dl', { class: 'theme-pictures' }, ...lines) : null;
  };

  prepbook.pictures = { daysOf, drawPlan, takesOf, drawTakes, themesOf, drawThemes };
})();
