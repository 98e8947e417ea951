/**
 * Who may do what on a class's broker. A learner writes to their own presence and screen, and reads what the server
 * writes to them or to all; nothing of another learner. The teacher's pages only read: what the teacher says, the
 * server stores before it writes it. A learner's screen is read by a connection that looks at this learner alone; the
 * server has told the learner before it lets such a connection in.
 */
import { mostPresenceBytes, mostScreenBytes, readClassTopic } from '../protocol/class-topics.ts';
import { lookerAt } from '../protocol/class-screen.ts';
import type { RoomRules } from '../room/room-broker.ts';

/** A member is known by their id. */
export type Who = string;
export const server: Who = 'server';
export const teacher: Who = 'teacher';
/** Whom such a connection looks at; null for any other. */
const lookedAt = (who: Who): string | null =>
  who.startsWith(lookerAt('')) ? who.slice(lookerAt('').length) : null;

export interface Message {
  payloadBytes: number;
  retain: boolean;
}

/** A client's identifier begins with who it is: it can't take over another one's session. */
export const clientIdOf = (who: Who, more: string): string => `${who}.${more}`;
const whoIs = ({ clientId }: { clientId: string }): Who => clientId.split('.', 1)[0]!;

/** Before a connection has an identity of the class it may nothing. */
export function mayConnect(who: Who | undefined, clientId: string): boolean {
  return who !== undefined && clientId.startsWith(clientIdOf(who, '')) && clientId.length <= 64;
}

/** What of a member those who look at them read. */
const shown = new Set(['screen', 'presence']);

export function mayWrite(who: Who, topic: string, { payloadBytes, retain }: Message): boolean {
  if (who === server) return true;
  const to = readClassTopic(topic);
  if (!to) return false;
  if (to.of !== who) return false;
  if (to.what === 'presence') return payloadBytes <= mostPresenceBytes;
  return to.what === 'screen' && !retain && payloadBytes <= mostScreenBytes;
}

export function mayRead(who: Who, topic: string): boolean {
  if (who === server) return true;
  const to = readClassTopic(topic);
  if (who === teacher) return to?.what !== 'screen';
  const looked = lookedAt(who);
  if (looked !== null) return to?.of === looked && shown.has(to.what);
  return to !== null && (to.of === who || to.of === 'all');
}

/** With wildcards only within what may be read as a whole. */
export function maySubscribe(who: Who, filter: string): boolean {
  if (who === server) return true;
  // A screen is in none of what reaches them: `mayRead`.
  if (who === teacher) return readClassTopic(filter)?.what !== 'screen';
  if (lookedAt(who) !== null) return mayRead(who, filter);
  const [root, of, ...rest] = filter.split('/');
  return root === 'class' && (of === who || of === 'all') && rest.length > 0;
}

/** @param isMember whether the class still has this member */
export const classRules =
  (isMember: (id: string) => boolean) =>
  (whoOf: (line: number) => Who | undefined): RoomRules => {
    const isKnown = (who: Who): boolean =>
      who === server || who === teacher || isMember(lookedAt(who) ?? who);
    return {
      maxKeepAlive: 60,
      authenticate({ clientId, line }) {
        const who = whoOf(line);
        return mayConnect(who, clientId) && isKnown(who!) ? 0 : 5;
      },
      authorizePublish: (client, topic, message) =>
        isKnown(whoIs(client)) && mayWrite(whoIs(client), topic, message),
      authorizeSubscribe: (client, filter) =>
        isKnown(whoIs(client)) && maySubscribe(whoIs(client), filter),
      authorizeDeliver: (client, topic) => mayRead(whoIs(client), topic),
    };
  };
