/**
 * One message through a real broker: a room of the first lesson's exercise, where a subscriber is
 * waiting, watched while a client connects, publishes and leaves.
 */
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { LineChunk } from '../../workbench/device/messages.ts';
import { type Room, RoomError } from '../../workbench/room/room.ts';
import { accepted, connect, disconnect, publish } from './packets.ts';

export const exercise = 'first-message/publish';
export const topic = 'hello/mqtt';

const patienceMs = 15_000;

/**
 * Sends `payload` through a fresh broker of `room`; `onEntries` receives the trace as it happens. The
 * room is disposed then: between two messages it is not watched, so a server may let it go. Rejects
 * with a RoomError if the message does not reach the subscriber in time.
 */
export async function send(
  room: Room,
  payload: string,
  onEntries: (entries: readonly TraceEntry[]) => void,
): Promise<void> {
  const line = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new RoomError('timeout', 'no delivery')), patienceMs);
  try {
    await Promise.race([transmit(room, payload, onEntries, line.signal), late.promise]);
  } finally {
    clearTimeout(timer);
    line.abort();
    room.dispose();
  }
}

async function transmit(
  room: Room,
  payload: string,
  onEntries: (entries: readonly TraceEntry[]) => void,
  signal: AbortSignal,
): Promise<void> {
  await room.reset();
  const delivered = new Promise<void>((resolve) => {
    const missing = new Set([isDelivery, isDisconnect]);
    room.subscribe((event) => {
      if (event.type !== 'entries') return;
      onEntries(event.entries);
      for (const is of missing) if (event.entries.some(is)) missing.delete(is);
      if (missing.size === 0) resolve();
    });
  });
  await publishOnce(room, payload, signal);
  await delivered;
}

/** Done when the subscriber has the message and the publisher has sent DISCONNECT. */
const isDelivery = (entry: TraceEntry) =>
  entry.type === 'packet' && entry.direction === 'to-client' && entry.bytes[0] === 0x30;
const isDisconnect = (entry: TraceEntry) =>
  entry.type === 'packet' && entry.direction === 'to-broker' && entry.bytes[0] === 0xe0;

/** Connects, publishes and leaves; resolves when the line is closed. */
async function publishOnce(room: Room, payload: string, signal: AbortSignal): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const post = (chunk: LineChunk) => port1.postMessage(chunk);
  let isAccepted = false;
  port1.onmessage = ({ data }: MessageEvent<LineChunk>) => {
    if (!(data instanceof Uint8Array) || isAccepted) return;
    isAccepted = accepted(data);
    if (isAccepted) for (const packet of [publish(topic, payload), disconnect()]) post(packet);
    post(null);
  };
  post(connect('home-page'));
  await room.openLine('publisher', port2, signal);
  if (!isAccepted) throw new Error('the broker refused');
}
