import type { Words } from '../../i18n/words.ts';
import type { Moment } from '../../time/moment.ts';
import type { Step } from '../../time/steps.ts';
import { type ClientLines, readPacket } from '../../trace/clients.ts';
import { clientNameOf } from '../../trace/packet-rows.ts';

/** The moment in words, as a screen reader says it: “packet 12 of 40, 1.3 s, PUBLISH from sensor”. */
export function momentText(moment: Moment, lines: ClientLines, words: Words): string {
  if (moment.isLive) return words(moment.capture ? 'time.last' : 'time.now');
  const { steps, count, entriesLeftOut } = moment;
  const step = steps[count - 1];
  const said = step
    ? words('time.at', { ...numbersOf(step, steps), what: whatOf(step, lines, words) })
    : words('time.start');
  return entriesLeftOut > 0 && !step ? words('time.left-out', { count: entriesLeftOut }) : said;
}
/** The same for the eye: “12/40”, and what happened. */
export function shortText(moment: Moment, lines: ClientLines, words: Words): [string, string] {
  const step = moment.steps[moment.count - 1];
  if (moment.isLive || moment.steps.length === 0) return ['', ''];
  if (!step) return [`0/${moment.steps.at(-1)!.packets}`, momentText(moment, lines, words)];
  const { packet, all, seconds } = numbersOf(step, moment.steps);
  const what = whatOf(step, lines, words);
  return [`${packet}/${all}`, words('time.at.short', { seconds, what })];
}

const numbersOf = ({ packets, at }: Step, steps: readonly Step[]) => ({
  packet: packets,
  all: steps.at(-1)!.packets,
  seconds: (at / 1000).toFixed(1),
});

function whatOf({ entry }: Step, lines: ClientLines, words: Words): string {
  if (entry.type === 'line-refused') return words('time.what.refused-line');
  if (entry.type === 'broker') return words(`time.what.broker.${entry.what}`);
  const client = clientNameOf(lines.of(entry.line), words);
  if (entry.type === 'line-closed') return words('time.what.closed', { client });
  if (entry.type === 'refused') return words('time.what.refused', { client });
  const kind = readPacket(entry)?.kind ?? '?';
  return words(`time.what.${entry.direction}`, { client, kind });
}
