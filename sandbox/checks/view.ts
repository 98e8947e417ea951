/**
 * Helpers that checks and hints call on a view: pure functions, so that an exercise reads like its
 * sentences.
 */
import type { Hint, View } from '../protocol/exercise.ts';
import type {
  ConnackPacket,
  Direction,
  Packet,
  PacketKind,
  PublishPacket,
} from '../protocol/mqtt.ts';
import type {
  DeviceState,
  LineOpenedEntry,
  LineRole,
  PacketEntry,
  RefusedEntry,
} from '../protocol/trace.ts';
import { kindOf, packetOf } from '../mqtt/packet.ts';

export interface Where<K extends PacketKind = PacketKind> {
  kind?: K;
  direction?: Direction;
  /** The client of the line: a device's or an actor's name. */
  role?: LineRole;
  name?: string;
  /** Exactly this topic. Only a PUBLISH has a topic. */
  topic?: string;
  /** Also packets that a fault dropped: what the sender sent, not what the receiver has. */
  lost?: boolean;
}

/** A packet with its trace entry and its line. */
export interface Seen<P extends Packet = Packet> {
  packet: P;
  entry: PacketEntry;
  line: LineOpenedEntry;
}

/** Distributes over both, for one type may stand for several kinds, as SUBACK's does. */
type PacketOfKind<K extends PacketKind> = K extends PacketKind
  ? Packet extends infer P
    ? P extends { kind: PacketKind }
      ? K extends P['kind']
        ? P
        : never
      : never
    : never
  : never;

/**
 * Every packet of the view that matches, in the order of the trace. A packet that a fault dropped
 * or holds is left out: no receiver has it.
 */
export function packets<K extends PacketKind>(
  view: View,
  where: Where<K>,
): Seen<PacketOfKind<K>>[] {
  const lines = new Map<number, LineOpenedEntry>();
  const found: Seen<PacketOfKind<K>>[] = [];
  for (const entry of view.entries) {
    if (entry.type === 'line-opened') lines.set(entry.line, entry);
    if (entry.type !== 'packet') continue;
    if (!where.lost && (entry.fate === 'dropped' || entry.fate === 'held')) continue;
    if (where.direction && entry.direction !== where.direction) continue;
    // The kind is in the first byte: most packets are passed over without being decoded.
    if (where.kind && kindOf(entry.bytes[0] ?? 0) !== where.kind) continue;
    const line = lines.get(entry.line);
    if (!line) continue;
    if (where.role && line.role !== where.role) continue;
    if (where.name !== undefined && line.name !== where.name) continue;
    const packet = packetOf(entry) as PacketOfKind<K>;
    if (where.topic !== undefined && (packet as Packet as PublishPacket).topic !== where.topic) {
      continue;
    }
    found.push({ packet, entry, line });
  }
  return found;
}

/**
 * CONNACKs with code 0 that a program of the exercise received. They are found by the program's
 * name: a command in the page's terminal has the role of a device too.
 */
export function accepted(view: View, device: string): Seen<ConnackPacket>[] {
  return packets(view, {
    kind: 'CONNACK',
    direction: 'to-client',
    role: 'device',
    name: device,
  }).filter(({ packet }) => packet.reasonCode === 0);
}

/** PUBLISH packets of a program of the exercise that reached the broker. */
export function published(view: View, device: string, topic?: string): Seen<PublishPacket>[] {
  return packets(view, {
    kind: 'PUBLISH',
    direction: 'to-broker',
    role: 'device',
    name: device,
    ...(topic !== undefined && { topic }),
  });
}

/** PUBLISH packets that the broker delivered to one client, a device or an actor. */
export function delivered(view: View, name: string, topic?: string): Seen<PublishPacket>[] {
  return packets(view, {
    kind: 'PUBLISH',
    direction: 'to-client',
    name,
    ...(topic !== undefined && { topic }),
  });
}

/**
 * Of those, the messages that program `from` of the exercise published before, compared by payload.
 */
export function deliveredFrom(
  view: View,
  from: string,
  name: string,
  topic: string,
): Seen<PublishPacket>[] {
  // One character for each byte, so that a long trace is searched once.
  const keyOf = (payload: Uint8Array) => new TextDecoder('latin1').decode(payload);
  const sent = new Map<string, number>();
  for (const { packet, entry } of published(view, from, topic)) {
    const key = keyOf(packet.payload);
    if (!sent.has(key)) sent.set(key, entry.n);
  }
  return delivered(view, name, topic).filter(
    ({ packet, entry }) => (sent.get(keyOf(packet.payload)) ?? Infinity) < entry.n,
  );
}

/** Connections that their client, or that program, ended with DISCONNECT: MQTT.js may still answer on one. */
export const partedLines = (view: View, name?: string): ReadonlySet<number> =>
  new Set(
    packets(view, {
      ...{ kind: 'DISCONNECT', direction: 'to-broker' },
      ...(name !== undefined && { name }),
    }).map(({ line }) => line.line),
  );

/** The last state that the page reported of a device; `off` if it never ran. */
export function stateOf(view: View, device: string): DeviceState {
  let state: DeviceState = 'off';
  for (const entry of view.entries) {
    if (entry.type === 'device' && entry.device === device) state = entry.state;
  }
  return state;
}

/** The program ran to its end: nothing that it has not sent yet will still be sent. */
export const ended = (view: View, device: string): boolean => stateOf(view, device) === 'ended';

/** The program ended with an error in its last run; it may have been stopped since. */
export function hasFailed(view: View, device: string): boolean {
  const states = view.entries.flatMap((entry) =>
    entry.type === 'device' && entry.device === device ? [entry.state] : [],
  );
  return states.lastIndexOf('failed') > states.lastIndexOf('running');
}

/** The program ran and has ended: by itself, by an error, or because it was stopped. */
export function over(view: View, device: string): boolean {
  const ran = view.entries.some((entry) => entry.type === 'device' && entry.device === device);
  return ran && stateOf(view, device) !== 'running';
}

/** Whether two payloads are the same bytes. */
export const samePayload = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Frames of a client that the gate refused: no receiver has them, and the connection is closed. */
export function refusedFrom(view: View, name: string): RefusedEntry[] {
  const lines = new Set<number>();
  return view.entries.filter((entry): entry is RefusedEntry => {
    if (entry.type === 'line-opened' && entry.name === name) lines.add(entry.line);
    return entry.type === 'refused' && lines.has(entry.line);
  });
}

/** The text of a message that was sent as its topic, and the topic as its text. Values: topic and text. */
export const swapped = (device: string, isTopic: (text: string) => boolean): Hint => ({
  id: 'arguments-swapped',
  when(view) {
    for (const { packet } of published(view, device)) {
      const text = new TextDecoder().decode(packet.payload);
      if (isTopic(text) && !isTopic(packet.topic)) return { topic: packet.topic, text };
    }
    return false;
  },
});

/**
 * No CONNECT of the program has come, and none will, or not now: it has ended, or it closed a
 * connection without one, as MQTT.js does if an option doesn't fit into CONNECT.
 */
export function sentNoConnect(view: View, device: string): boolean {
  const where = { kind: 'CONNECT', direction: 'to-broker', role: 'device', name: device } as const;
  // The gate refused one: it was sent.
  if (packets(view, where).length > 0 || refusedFrom(view, device).length > 0) return false;
  const lines = new Set<number>();
  for (const entry of view.entries) {
    const isOwn = entry.type === 'line-opened' && entry.role === 'device' && entry.name === device;
    if (isOwn) lines.add(entry.line);
    if (entry.type === 'line-closed' && entry.by === 'client' && lines.has(entry.line)) return true;
  }
  return over(view, device);
}
