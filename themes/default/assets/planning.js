// Makes the reader's plan from the form, changes and deletes it, and gives it to a calendar. Loaded when one of these is wanted.
// @ts-check
(() => {
  'use strict';
  const { make, word, schedule, handbook } = prepbook;
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const field = (/** @type {string} */ id) => /** @type {HTMLInputElement | HTMLSelectElement} */ (at(id));
  const today = () => schedule.dayOf(new Date());
  const tell = (/** @type {(Node | string)[]} */ ...text) => at('coach_status').replaceChildren(...text);
  const button = (/** @type {string} */ text, /** @type {() => unknown} */ press, kind = 'button') => {
    const element = make('button', { type: 'button', class: kind }, text);
    element.addEventListener('click', () => void press());
    return element;
  };

  /** @type {Prepbook['openPlanning']} */
  prepbook.openPlanning = (store, { form, setChanging }) => {
    const save = /** @type {HTMLElement} */ (form.querySelector('.go'));
    const leave = () => {
      save.textContent = word('plan-card.make');
      cancel.remove();
      drop.remove();
      setChanging(false);
      at('coach_title').focus();
    };
    const cancel = button(word('button.cancel'), leave);
    const drop = button(word('plan-card.delete'), () => {
      const { plan } = store.doc;
      const back = button(word('button.undo'), () => {
        void store.change((doc) => (doc.plan = structuredClone(/** @type {DocPlan} */ (plan))));
        tell();
        at('coach_title').focus();
      });
      void store.change((doc) => (doc.plan = null));
      leave();
      tell(`${word('plan-card.deleted')} `, back);
    }, 'button danger');

    const change = () => {
      const { plan } = store.doc;
      setChanging(true);
      if (plan) {
        const isOver = !plan.open && schedule.daysBetween(today(), plan.interview) < 0;
        field('coach_date').value = isOver || plan.open ? '' : plan.interview;
        field('coach_date').dispatchEvent(new Event('input'));
        field('coach_company').value = plan.company ?? '';
        field('coach_level').value = plan.level ?? '';
        field('coach_minutes').value = String(plan.minutes);
        field('coach_time').value = plan.time ?? '18:30';
        form.querySelector('.coach-time')?.removeAttribute('hidden');
        if (!isOver) save.textContent = word('plan-card.save');
        form.querySelector('.actions:not(.soon)')?.append(' ', cancel, ' ', drop);
      }
      field('coach_date').focus();
    };

    const makePlan = (/** @type {FormData | undefined} */ about) => {
      const given = (/** @type {string} */ name) => String(about?.get(name) ?? '');
      const start = today();
      const isOpen = Boolean(about?.has('open'));
      const before = store.doc.plan;
      const interview = isOpen ? (before?.open ? before.interview : schedule.endOf(start)) : given('interview');
      const id = Math.random().toString(36).slice(2, 10);
      if (!interview || (!isOpen && interview < start)) return tell(word('plan-card.choose-day'));
      tell();
      void store.change((doc) => {
        // A plan whose interview is over is another one.
        const old = doc.plan && (doc.plan.open || doc.plan.interview >= start) ? doc.plan : null;
        doc.plan = {
          ...old,
          id: old?.id ?? id,
          start: old?.start ?? start,
          interview,
          open: isOpen || undefined,
          company: given('company'),
          level: given('level'),
          minutes: Number(given('minutes')),
          time: given('time'),
          sequence: old ? (old.sequence ?? 0) + 1 : 0,
        };
      });
      leave();
    };

    const toCalendar = async () => {
      const { plan } = store.doc;
      if (!plan) return;
      try {
        await prepbook.load('calendar');
        prepbook.saveFile(`${word('plan-card.file')}.ics`, prepbook.calendar({ handbook, plan, now: new Date().toISOString(), today: today(), home: prepbook.home.href }), 'text/calendar');
        tell(word('plan-card.calendar-made'));
      } catch {
        tell(word('plan-card.calendar-failed'));
      }
    };

    return { change, make: makePlan, toCalendar };
  };
})();
