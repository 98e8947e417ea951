/** The broker's state as its file has it, and back (src/persist_write.c, src/persist_read.c). */
import { Buffer } from 'buffer';
import { encodeText } from './message-properties.ts';
import {
  hasExpired,
  keepApart,
  propertiesOf,
  type Delivery,
  type Message,
  type Read,
} from './message.ts';
import type { RetainedStore } from './retained-store.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './session-store.ts';
import type { SavedDelivery, SavedMessage, SavedSession, SavedState } from '../saved-state.ts';

/**
 * Mosquitto saves a session only if its client connected without Clean Start, and no shared
 * subscription. `everything` has the others too that would outlive their connections.
 */
export function savedState(
  sessions: SessionStore,
  retained: RetainedStore,
  everything: boolean,
): SavedState {
  const messages = new Map<Message, SavedMessage>();
  const write = (message: Message): SavedMessage => {
    const known = messages.get(message) ?? savedMessage(message);
    messages.set(message, known);
    return known;
  };
  return {
    // The states of bridges are not saved.
    retained: [...retained.all()].filter(({ topic }) => !topic.startsWith('$SYS')).map(write),
    sessions: [...sessions.byId.values()]
      .filter((session) => !session.connectInfo.clean || (everything && outlives(session)))
      .map((session) => savedSession(session, write, everything)),
  };
}

/**
 * Puts back what was saved. The broker holds nothing yet. `expiry`: seconds that a session without an
 * end lasts without its client; undefined: none of them ends before its client comes.
 */
export function restoreState(
  { retained, sessions }: SavedState,
  into: { sessions: SessionStore; retained: RetainedStore },
  expiry: number | undefined,
): void {
  const messages = new Map<SavedMessage, Message>();
  const read: Read = (saved) => {
    const known = messages.get(saved) ?? restoredMessage(saved);
    messages.set(saved, known);
    return known;
  };
  for (const saved of retained) {
    const message = read(saved);
    if (!hasExpired(message)) into.retained.set(message);
  }
  for (const session of sessions) into.sessions.restore(session, read, expiry);
}

const outlives = ({ connected, expiryInterval, connectInfo }: Session): boolean =>
  connected ? (connectInfo.sessionExpiryInterval ?? 0) > 0 : expiryInterval > 0;

let savedMessages = 0;

function savedMessage(message: Message): SavedMessage {
  keepApart(message);
  const properties = propertiesOf(message);
  const { topic, payload, qos, retain, expiresAt, publisher } = message;
  return {
    id: (message.savedId ??= ++savedMessages),
    ...{ topic, payload, qos, retain },
    ...(properties.length > 0 && { properties }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(publisher !== undefined && { publisher }),
  };
}

function restoredMessage({ id, properties, ...rest }: SavedMessage): Message {
  const message: Message = { ...rest, savedId: id };
  if (properties)
    message.parts = { topic: encodeText(rest.topic), properties: Buffer.from(properties) };
  return message;
}

function savedSession(
  session: Session,
  write: (message: Message) => SavedMessage,
  everything: boolean,
): SavedSession {
  const { clientId, connectInfo, outgoing, connected, since } = session;
  const { version, keepAlive, userName } = connectInfo;
  const asked = version === 5 ? (connectInfo.sessionExpiryInterval ?? 0) : 0xffff_ffff;
  const expiryInterval = connected ? asked : session.expiryInterval;
  const isEndless = expiryInterval === 0xffff_ffff;
  const delivery = ({ message, ...rest }: Delivery): SavedDelivery => ({
    ...rest,
    message: write(message),
  });
  return {
    clientId,
    version,
    keepAlive,
    ...(userName !== undefined && { userName }),
    expiryInterval,
    ...(!isEndless && { endsAt: (connected ? Date.now() : since) + expiryInterval * 1000 }),
    subscriptions: [...session.subscriptions.values()]
      .filter(({ group }) => everything || !group)
      .map(({ filter, qos, noLocal, retainAsPublished, identifier }) => ({
        ...{ filter, qos, noLocal, retainAsPublished },
        ...(identifier !== undefined && { identifier }),
      })),
    queue: outgoing.queue.map(delivery),
    inflight: [...outgoing.inflight].map(([packetId, exchange]) => ({
      packetId,
      delivery: delivery(exchange.delivery),
      waitsFor: exchange.waitsFor,
    })),
    incoming: [...session.incoming],
    lastId: outgoing.lastId,
  };
}
