/** What the programs of the house do for each other, and why it fails. For hints alone. */
import { matches } from '../../sandbox/mqtt/topic-match.ts';
import { delivered, packets, published } from '../../sandbox/checks/view.ts';
import type { View } from '../../sandbox/protocol/exercise.ts';
import { COMMAND, DOOR, LAMP, PANEL, STATE, topicOf } from './attempts.ts';

export const HOUSE = [DOOR, PANEL, LAMP];

/** A connection for the work of the house, and none on which the lamp says who it is not. */
export const isOwn = (view: View, on: number): boolean =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker' }).some(
    ({ line, packet: { userName } }) =>
      line.line === on &&
      HOUSE.includes(line.name ?? '') &&
      (line.name !== LAMP || (userName !== undefined && userName !== 'admin')),
  );
/** The broker's log: it dropped what a program of the house has to say (Mosquitto's words). */
export function denied(view: View): { device: string; topic: string } | undefined {
  const own: [string, string][] = [
    [DOOR, STATE],
    [PANEL, COMMAND],
    [LAMP, topicOf(LAMP, 'state')],
    [PANEL, topicOf(LAMP, 'set')],
  ];
  const found = own.find(([device, topic]) =>
    view.entries.some(
      (entry) =>
        entry.type === 'log' &&
        entry.text.startsWith(`Denied PUBLISH from ${device} `) &&
        entry.text.includes(`'${topic}'`),
    ),
  );
  return found && { device: found[0], topic: found[1] };
}
/** A message that came to the broker, and that its receiver may not read. */
export function unread(view: View): { device: string; topic: string } | undefined {
  const ways: [string, string, string][] = [
    [DOOR, PANEL, STATE],
    [LAMP, PANEL, topicOf(LAMP, 'state')],
    [PANEL, DOOR, COMMAND],
    [PANEL, LAMP, topicOf(LAMP, 'set')],
  ];
  const found = ways.find(
    ([from, to, topic]) =>
      published(view, from, topic).length > 0 &&
      delivered(view, to, topic).length === 0 &&
      packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: to }).some(({ packet }) =>
        packet.subscriptions.some(({ filter }) => matches(filter, topic)),
      ),
  );
  return found && { device: found[1], topic: found[2] };
}
