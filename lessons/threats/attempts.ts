/** What the lamp's program tried, with one connection after the other, once somebody had broken into it. */
import { delivered, packets, published } from '../../sandbox/checks/view.ts';
import type { View } from '../../sandbox/protocol/exercise.ts';

export const [DOOR, PANEL, LAMP] = ['door', 'panel', 'lamp'];
export const topicOf = (thing: string, what: 'set' | 'state') => `home/${thing}/${what}`;
export const [COMMAND, STATE] = [topicOf(DOOR, 'set'), topicOf(DOOR, 'state')];

const textOf = (payload: Uint8Array) => new TextDecoder().decode(payload);
/** Messages with that text that the broker delivered to a program. */
export const got = (view: View, name: string, topic: string, text: string) =>
  delivered(view, name, topic).filter(({ packet }) => textOf(packet.payload) === text);

/** One connection that the lamp's program opened, and what the broker answered. */
export interface Attempt {
  userName: string | undefined;
  clientId: string;
  line: number;
  /** Number of its CONNECT's entry. */
  n: number;
  /** Of its CONNACK; undefined as long as there is none. */
  code: number | undefined;
}
function attempts(view: View): Attempt[] {
  const answers = packets(view, { kind: 'CONNACK', direction: 'to-client', name: LAMP });
  return packets(view, { kind: 'CONNECT', direction: 'to-broker', name: LAMP }).map(
    ({ packet: { userName, clientId }, entry: { n }, line: { line } }) => {
      const answer = answers.find((one) => one.line.line === line);
      return { userName, clientId, line, n, code: answer?.packet.reasonCode };
    },
  );
}
export const nameless = (view: View) =>
  attempts(view).find(({ userName }) => userName === undefined);
export const asAdmin = (view: View) => attempts(view).find(({ userName }) => userName === 'admin');
/** The lamp's password, and the door's id. */
export const asDoor = (view: View) =>
  attempts(view).find(({ userName, clientId }) => userName === LAMP && clientId === DOOR);
/** On which of them the lamp tried, under its own name, what is not its business. */
export const asItself = (view: View) => {
  const own = attempts(view).filter(({ userName }) => userName === LAMP);
  return own.find(({ line }) => tried(view, line));
};
const tried = (view: View, on: number) =>
  published(view, LAMP, COMMAND).some(({ line }) => line.line === on) &&
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: LAMP }).some(
    ({ line, packet }) =>
      line.line === on && packet.subscriptions.some(({ filter }) => filter === 'home/door/#'),
  );

/** The door received `unlock`: whoever was the lamp's program then. */
export function unlockedBy(view: View, by: Attempt | undefined): boolean {
  if (!by) return false;
  const sent = published(view, LAMP, COMMAND).find(({ line }) => line.line === by.line);
  if (!sent) return false;
  const next = attempts(view).find(({ n }) => n > sent.entry.n)?.n ?? Infinity;
  return got(view, DOOR, COMMAND, 'unlock').some(
    ({ entry }) => entry.n > sent.entry.n && entry.n < next,
  );
}
/** What the lamp read of the door while it was there with one connection. */
export const readBy = (view: View, by: Attempt | undefined) =>
  packets(view, { kind: 'PUBLISH', direction: 'to-client', name: LAMP }).find(
    ({ line, packet }) => line.line === by?.line && packet.topic.startsWith('home/door/'),
  )?.packet.topic;
