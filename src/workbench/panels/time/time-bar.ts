import type { Words } from '../../i18n/words.ts';
import type { Moment } from '../../time/moment.ts';
import { ClientLines } from '../../trace/clients.ts';
import { TraceCursor } from '../../trace/trace-cursor.ts';
import { createView, html } from '../../ui/view.ts';
import { momentText, shortText } from './step-text.ts';
import { captureView, timeView } from './time-view.ts';

/** The time line of one exercise. It draws itself after each change, and drives a replay. */
export function createTimeBar(moment: Moment, words: Words) {
  const cursor = new TraceCursor();
  let lines = new ClientLines();
  let frame = 0;
  const { element, draw } = createView(() => {
    const { fresh, begun } = cursor.take(moment);
    if (begun) lines = new ClientLines();
    for (const entry of fresh) lines.add(entry);
    const said = momentText(moment, lines, words);
    return timeView({ moment, said, short: shortText(moment, lines, words) }, words);
  });

  const banner = createView(() => html`<div>${captureView(moment, () => moment.close(), words)}</div>`); // prettier-ignore

  function tick(now: number, before: number): void {
    frame = 0;
    moment.tick(now - before);
    if (moment.mode === 'playing') frame = requestAnimationFrame((next) => tick(next, now));
  }
  const stop = moment.onChange(() => {
    draw();
    banner.draw();
    if (moment.mode !== 'playing' || frame) return;
    frame = requestAnimationFrame((now) => tick(now, now));
  });
  return {
    element,
    banner: banner.element,
    dispose(): void {
      stop();
      cancelAnimationFrame(frame);
    },
  };
}
