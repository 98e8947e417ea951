/**
 * Who may do what in the shared room of a class. Everybody reads everything. A member writes below `class/<member>/`
 * and below `class/all/`, and nowhere else. The server knows who a connection is, whatever client identifier it
 * chooses: the broker puts the member's name in front of it, so that nobody can take over another one's session.
 */
import { mostSharedBytes, readSharedTopic, sharedTopics } from '../../protocol/shared-room.ts';
import type { RoomRules } from '../../room/room-broker.ts';

/** A member's name in topics, or the server. */
export type Who = string;
export const server: Who = 'server';

export interface Wanted {
  topic: string;
  payload: Uint8Array;
  retain: boolean;
}

export interface SharedHost {
  isMember(who: Who): boolean;
  isPaused(): boolean;
  /** Whether it fits into the member's share of what is retained. */
  mayRetain(who: Who, topic: string, payloadBytes: number): boolean;
  /** It is about to be published. */
  published(who: Who, message: Wanted): void;
  refused(who: Who): void;
}

/** `mei.lamp`: a name in topics has no point. */
export const sharedClientId = (who: Who, clientId: string): string => `${who}.${clientId}`;
export const whoHas = (clientId: string): Who => clientId.split('.', 1)[0]!;

export function mayWrite(who: Who, topic: string): boolean {
  const to = readSharedTopic(topic);
  return to !== null && (to.of === who || topic.startsWith(sharedTopics.common));
}

/** A group of a shared subscription is one member's, or everybody's: nobody takes messages out of another one's. */
export const mayShare = (who: Who, group: string): boolean =>
  group === 'all' || group === who || group.startsWith(`${who}-`);

export const sharedRules =
  (host: SharedHost) =>
  (whoOf: (line: number) => Who | undefined): RoomRules => {
    const isKnown = (who: Who | undefined): who is Who =>
      who !== undefined && (who === server || host.isMember(who));
    function mayPublish(who: Who, wanted: Wanted): boolean {
      const { topic, payload, retain } = wanted;
      if (host.isPaused() || !host.isMember(who) || !mayWrite(who, topic)) return false;
      if (payload.length > mostSharedBytes) return false;
      return !retain || host.mayRetain(who, topic, payload.length);
    }
    return {
      maxKeepAlive: 60,
      nameOf({ clientId, userName, line }) {
        const who = whoOf(line);
        const isOwn = who === undefined || who === server;
        return { clientId: isOwn ? clientId : sharedClientId(who, clientId), userName };
      },
      authenticate: ({ line }) => (isKnown(whoOf(line)) ? 0 : 5),
      authorizePublish({ clientId }, topic, { payload = new Uint8Array(), retain }) {
        const who = whoHas(clientId);
        const wanted = { topic, payload, retain };
        const may = mayPublish(who, wanted);
        if (may) host.published(who, wanted);
        else host.refused(who);
        return may;
      },
      authorizeSubscribe({ clientId }, _filter, group) {
        const who = whoHas(clientId);
        return host.isMember(who) && (group === undefined || mayShare(who, group));
      },
      authorizeDeliver: ({ clientId }) => host.isMember(whoHas(clientId)),
    };
  };
