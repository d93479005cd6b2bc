// A picture of the days of the plan, for who would rather look than read.
// @ts-check
(() => {
  'use strict';
  const { word } = prepbook;
  const { dayIn, percent, svg, picture } = prepbook.picture;
  /** Pixels of the narrowest pictures, those of phones, and of those with room; and of a letter of a label, the space after it included. */
  const NARROW = 280;
  const WIDE = 560;
  const LETTER = 7.5;
  /** Letters of the interview's date. */
  const DATE = 7;

  /** @type {PlanPicture['daysOf']} */
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
  /** @type {PlanPicture['drawPlan']} */
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

  prepbook.planPicture = { daysOf, drawPlan };
})();
