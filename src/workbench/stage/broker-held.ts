import type { BrokerProcess } from '../../../sandbox/protocol/process.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import { previewOf } from '../trace/payload-preview.ts';

export interface Note {
  topic: string;
  text: string;
}
export interface Mailbox {
  clientId: string;
  queued: number;
}
/** A part of a list; the rest is counted. */
export interface Some<T> {
  shown: readonly T[];
  more: number;
}
export interface BrokerHeld {
  notes: Some<Note>;
  /** One for each session whose client is away, and for each that has a queue. */
  mailboxes: Some<Mailbox>;
  /** Why its process does not run. */
  ended?: Exclude<BrokerProcess['state'], 'running'>;
}
const mostNotes = 6;
const mostMailboxes = 4;
const mostText = 40;

export function brokerHeld({ retained, clients, process }: BrokerState): BrokerHeld {
  // What the broker says of itself nobody has told it.
  const told = retained.filter(({ topic }) => !topic.startsWith('$SYS/'));
  const notes = told.map(({ topic, payload }) => ({ topic, text: previewOf(payload, mostText) }));
  const mailboxes = clients
    .filter(({ connected, queued }) => !connected || queued > 0)
    .map(({ clientId, queued }) => ({ clientId, queued }))
    // Those that fill are seen.
    .sort((a, b) => b.queued - a.queued);
  const ended = process && process.state !== 'running' ? { ended: process.state } : {};
  return { notes: some(notes, mostNotes), mailboxes: some(mailboxes, mostMailboxes), ...ended };
} // prettier-ignore

export const some = <T>(all: readonly T[], most: number): Some<T> => ({
  shown: all.slice(0, most),
  more: Math.max(0, all.length - most),
});
