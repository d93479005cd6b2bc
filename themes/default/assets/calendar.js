// The plan as a calendar file (RFC 5545): an event a day with work, at the reader's own time wherever that is. A file that
// is made again after a change has the same events with a higher number, so that calendars move them.
// @ts-check
(() => {
  'use strict';
  /** Bytes of a line, as the standard has it. */
  const LINE = 75;
  const encoder = new TextEncoder();

  /** @type {(value: string) => string} */
  const escaped = (value) => value.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n').replace(/[\u0000-\u001f\u007f]/g, '');
  /** Breaks a line where it has too many bytes, never inside a letter. */
  const folded = (/** @type {string} */ line) => {
    const out = [];
    let part = '';
    let length = 0;
    for (const letter of line) {
      const bytes = encoder.encode(letter).length;
      if (length + bytes > LINE) {
        out.push(part);
        part = ' ';
        length = 1;
      }
      part += letter;
      length += bytes;
    }
    return [...out, part].join('\r\n');
  };
  const digits = (/** @type {string} */ text) => text.replace(/[-:]/g, '');

  /** @type {Prepbook['calendar']} */
  const calendar = ({ handbook, plan, now, today, home }) => {
    const points = prepbook.schedule.pointsOf(handbook.checkpoints, plan);
    const stamp = `${digits(now).slice(0, 15)}Z`;
    const time = `${digits(plan.time ?? '18:30')}00`;
    const sequence = plan.sequence ?? 0;
    const uid = (/** @type {string} */ checkpoint) => `${plan.id ?? plan.start}-${checkpoint}@prepbook`;
    const events = handbook.checkpoints.flatMap(({ id }) => {
      const own = points.find(({ checkpoint }) => checkpoint.id === id);
      const together = points.filter(({ date }) => date === own?.date);
      const head = ['BEGIN:VEVENT', `UID:${uid(id)}`, `DTSTAMP:${stamp}`, `SEQUENCE:${sequence}`];
      if (!own || together[0] !== own) {
        // It may stand in a calendar since an earlier file.
        if (!sequence) return [];
        return [...head, `DTSTART:${digits(plan.start)}T${time}`, 'STATUS:CANCELLED', `SUMMARY:${escaped(handbook.checkpoints.find((one) => one.id === id)?.title ?? id)}`, 'END:VEVENT'];
      }
      const summary = escaped(together.map(({ checkpoint }) => checkpoint.title).join('; '));
      const isNight = own.checkpoint.day === null;
      const minutes = isNight ? own.checkpoint.minutes ?? plan.minutes : plan.minutes;
      const tasks = together.flatMap(({ checkpoint }) => checkpoint.tasks.map(({ text }) => `- ${text}`));
      return [
        ...head,
        `DTSTART:${digits(own.date)}T${time}`,
        `DURATION:PT${minutes}M`,
        `SUMMARY:${summary}`,
        `DESCRIPTION:${escaped(tasks.join('\n'))}`,
        ...(home.startsWith('http') ? [`URL:${new URL(own.checkpoint.url, home).href}`] : []),
        'STATUS:CONFIRMED',
        'TRANSP:OPAQUE',
        // What is over needs no alarm.
        ...(own.date < today ? [] : ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT10M', `DESCRIPTION:${summary}`, 'END:VALARM']),
        'END:VEVENT',
      ];
    });
    const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//prepbook//plan//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escaped(handbook.title)}`, ...events, 'END:VCALENDAR'];
    return `${lines.map(folded).join('\r\n')}\r\n`;
  };
  prepbook.calendar = calendar;
})();
