/** What a learner copies for an assistant of their own choice: text, in the language of the page. Pure. */
import type { Words } from '../i18n/words.ts';
import type { PacketRow } from '../trace/packet-rows.ts';

export interface Asked {
  /** Of the lesson. */
  title: string;
  /** The lesson's own words before the exercise. */
  task: string;
  programs: readonly { name: string; text: string }[];
  checks: readonly { text: string; isTrue: boolean }[];
  hint: string | undefined;
  /** Of the run, oldest first. */
  packets: readonly PacketRow[];
}

const mostPackets = 30;
/** Characters. */
const mostTask = 1_000;
const mostProgram = 8_000;
const mostText = 40;

export function assistantText(asked: Asked, words: Words): string {
  const { title, programs, checks, hint } = asked;
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`help.text.${key}`, values);
  const packets = asked.packets.slice(-mostPackets);
  const parts = [
    t('intro', { title }),
    asked.task && `${t('task')}\n${cut(asked.task, mostTask)}`,
    `${t('checks')}\n${checks.map(({ text, isTrue }) => `[${isTrue ? 'x' : ' '}] ${text}`).join('\n')}`,
    hint && `${t('hint')}\n${hint}`,
    ...programs.map(({ name, text }) => fenced(name, cut(text, mostProgram))),
    packets.length > 0 &&
      fenced(t('packets', { count: packets.length }), packets.map(line).join('\n')),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** A fence that the text itself does not have. */
function fenced(title: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${title}\n${fence}\n${text.trimEnd()}\n${fence}`;
}
function line({ seconds, client, direction, kind, topic, text, marks }: PacketRow): string {
  const arrow = direction === undefined ? '' : direction === 'to-broker' ? '→ broker' : '← broker';
  return [seconds, client, arrow, kind, ...marks, topic, cut(text, mostText)]
    .filter(Boolean)
    .join('  ')
    .replaceAll(/[\r\n]+/g, ' ');
}
const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text);
