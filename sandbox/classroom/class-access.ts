/**
 * Who may do what on a class's broker. A learner writes to their own presence and screen, and reads what
 * the teacher and the server write to them or to all; nothing of another learner.
 */
import {
  mostLeadBytes,
  mostPresenceBytes,
  mostScreenBytes,
  readClassTopic,
} from '../protocol/class-topics.ts';
import type { RoomRules } from '../room/room-broker.ts';

/** A member is known by their id. */
export type Who = string;
export const server: Who = 'server';
export const teacher: Who = 'teacher';

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

const lead = new Set(['note', 'bring', 'freeze', 'look']);

export function mayWrite(who: Who, topic: string, { payloadBytes, retain }: Message): boolean {
  if (who === server) return true;
  const to = readClassTopic(topic);
  if (!to) return false;
  if (who === teacher) return lead.has(to.what) && payloadBytes <= mostLeadBytes;
  if (to.of !== who) return false;
  if (to.what === 'presence') return payloadBytes <= mostPresenceBytes;
  return to.what === 'screen' && !retain && payloadBytes <= mostScreenBytes;
}

export function mayRead(who: Who, topic: string): boolean {
  if (who === server || who === teacher) return true;
  const to = readClassTopic(topic);
  return to !== null && (to.of === who || to.of === 'all');
}

/** With wildcards only within what may be read as a whole. */
export function maySubscribe(who: Who, filter: string): boolean {
  if (who === server || who === teacher) return true;
  const [root, of, ...rest] = filter.split('/');
  return root === 'class' && (of === who || of === 'all') && rest.length > 0;
}

/** @param isMember whether the class still has this member */
export const classRules =
  (isMember: (id: string) => boolean) =>
  (whoOf: (line: number) => Who | undefined): RoomRules => {
    const isKnown = (who: Who): boolean => who === server || who === teacher || isMember(who);
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
