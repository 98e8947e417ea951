/** What a broker writes to its disk, and reads when it starts. Plain data that nobody changes. */
import type { MqttVersion, QoS } from '../protocol/mqtt.ts';
import type { Held } from '../protocol/process.ts';

export interface SavedMessage {
  /** The same for the same message, in each file of a broker and in those after it. */
  id: number;
  topic: string;
  payload: Uint8Array;
  qos: QoS;
  retain: boolean;
  /** As they stand in a PUBLISH, without their length. */
  properties?: Uint8Array;
  /** Date.now() at which it expires. */
  expiresAt?: number;
  publisher?: string;
}

export interface SavedDelivery {
  message: SavedMessage;
  qos: QoS;
  retain: boolean;
  identifiers: number[];
  shared?: string;
}

export interface SavedSession {
  clientId: string;
  version: MqttVersion;
  keepAlive: number;
  userName?: string;
  /** Seconds that it outlives its connection. */
  expiryInterval: number;
  /** Date.now() at which it ends. */
  endsAt?: number;
  subscriptions: {
    filter: string;
    qos: QoS;
    noLocal: boolean;
    retainAsPublished: boolean;
    identifier?: number;
  }[];
  queue: SavedDelivery[];
  inflight: {
    packetId: number;
    delivery: SavedDelivery;
    waitsFor: 'PUBACK' | 'PUBREC' | 'PUBCOMP';
  }[];
  /** Packet identifiers of the client's own QoS 2 messages that wait for their PUBREL. */
  incoming: number[];
  lastId: number;
}

export interface SavedState {
  retained: SavedMessage[];
  sessions: SavedSession[];
}

export const nothingHeld: Held = {
  retained: 0,
  sessions: 0,
  subscriptions: 0,
  queued: 0,
  inflight: 0,
};

export function heldBy({ retained, sessions }: SavedState): Held {
  const sum = (of: (session: SavedSession) => number) =>
    sessions.reduce((total, session) => total + of(session), 0);
  return {
    retained: retained.length,
    sessions: sessions.length,
    subscriptions: sum(({ subscriptions }) => subscriptions.length),
    queued: sum(({ queue }) => queue.length),
    inflight: sum(({ inflight }) => inflight.length),
  };
}

/** How many messages are in it, however many sessions have them. */
export function messagesIn({ retained, sessions }: SavedState): number {
  const deliveries = sessions.flatMap(({ queue, inflight }) => [
    ...queue,
    ...inflight.map(({ delivery }) => delivery),
  ]);
  return new Set([...retained, ...deliveries.map(({ message }) => message)].map(({ id }) => id))
    .size;
}

/** What a broker had in its memory that the file does not have. */
export function lostWith(memory: SavedState, file: SavedState | undefined): Held {
  if (!file) return heldBy(memory);
  const ids = new Set(file.retained.map(({ id }) => id));
  const kept = new Map(file.sessions.map((session) => [session.clientId, session]));
  const lost = {
    ...nothingHeld,
    retained: memory.retained.filter(({ id }) => !ids.has(id)).length,
  };
  for (const session of memory.sessions) {
    const saved = kept.get(session.clientId);
    if (!saved) lost.sessions++;
    const filters = new Set(saved?.subscriptions.map(({ filter }) => filter));
    const saves = [...(saved?.queue ?? []), ...(saved?.inflight ?? []).map((one) => one.delivery)];
    const messages = new Set(saves.map(({ message }) => message.id));
    lost.subscriptions += session.subscriptions.filter(({ filter }) => !filters.has(filter)).length;
    lost.queued += session.queue.filter(({ message }) => !messages.has(message.id)).length;
    lost.inflight += session.inflight.filter(
      (one) => !messages.has(one.delivery.message.id),
    ).length;
  }
  return lost;
}
