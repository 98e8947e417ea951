/** What became of the broker's process, in words. */
import { heldKinds, isNothing, type Held } from '../../../sandbox/protocol/process.ts';
import type { BrokerEntry } from '../../../sandbox/protocol/trace.ts';
import type { Words } from '../i18n/words.ts';

/** “2 retained messages, 1 session”; of nothing: “nothing”. */
export function heldText(held: Held, words: Words): string {
  if (isNothing(held)) return words('workbench.held.nothing');
  return heldKinds
    .filter((kind) => held[kind] > 0)
    .map((kind) => words(`workbench.held.${kind}`, { count: held[kind] }))
    .join(words('workbench.held.comma'));
}

/** What happened, what its file has, and what is lost. */
export function brokerText({ what, file, lost }: BrokerEntry, words: Words): string {
  const parts = [words(`workbench.broker.${what}`)];
  const has =
    what === 'started' ? 'read' : what === 'saved' || what === 'stopped' ? 'wrote' : 'kept';
  if (file) parts.push(words(`workbench.broker.${has}`, { held: heldText(file, words) }));
  if (lost) parts.push(words('workbench.broker.lost', { held: heldText(lost, words) }));
  return parts.join(words('workbench.broker.then'));
}

/** The process runs after it, or had been running all the time. */
export const isEnd = ({ what }: BrokerEntry): boolean => what !== 'saved' && what !== 'started';
