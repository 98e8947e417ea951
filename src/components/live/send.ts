/**
 * One message through a real broker: a room of the first lesson's exercise, where a subscriber is
 * waiting, watched while a client connects, publishes and leaves.
 */
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { createRoom } from '../../workbench/room/room-api.ts';
import { WatchStream } from '../../workbench/room/watch-stream.ts';
import { accepted, connect, disconnect, publish } from './packets.ts';

export const exercise = 'first-message/publish';
export const topic = 'hello/mqtt';

const patienceMs = 15_000;

export interface LiveRoom {
  /**
   * Sends `payload` in a fresh broker; `onEntries` receives the trace as it happens. Rejects if it
   * fails.
   */
  send(payload: string, onEntries: (entries: readonly TraceEntry[]) => void): Promise<void>;
  /** The server has closed it: the next message needs another room. */
  readonly over: boolean;
  close(): void;
}

export async function openRoom(origin: string): Promise<LiveRoom> {
  const { address } = await createRoom(origin, exercise);
  const at = `${origin.replace(/^http/, 'ws')}/`;
  let over = false;
  let onEntriesNow: (entries: readonly TraceEntry[]) => void = () => {};
  let welcomed = () => {};
  let reset = () => {};
  const welcome = new Promise<void>((resolve) => (welcomed = resolve));
  const stream = new WatchStream(`${at}watch/${encodeURIComponent(address)}`, {
    onEntries: (entries) => onEntriesNow(entries),
    onMessage(message) {
      if (message.type === 'welcome') welcomed();
      if (message.type === 'done') reset();
    },
  });
  const ended = stream.ended.then((end): never => {
    over = true;
    throw new Error(`the watch stream: ${end}`);
  });
  ended.catch(() => {});

  return {
    get over() {
      return over;
    },
    async send(payload, onEntries) {
      const late = AbortSignal.timeout(patienceMs);
      const given = new Promise<never>((_, reject) =>
        late.addEventListener('abort', () => reject(late.reason as Error)),
      );
      const unless = <T>(promise: Promise<T>) => Promise.race([promise, ended, given]);
      await unless(welcome);
      onEntriesNow = () => {};
      const fresh = new Promise<void>((resolve) => (reset = resolve));
      stream.send({ type: 'reset', id: 1 });
      await unless(fresh);
      const delivered = new Promise<void>((resolve) => {
        const missing = new Set([isDelivery, isDisconnect]);
        onEntriesNow = (entries) => {
          onEntries(entries);
          for (const is of missing) if (entries.some(is)) missing.delete(is);
          if (missing.size === 0) resolve();
        };
      });
      await unless(
        publishOnce(`${at}mqtt/${encodeURIComponent(address)}?device=publisher`, payload),
      );
      await unless(delivered);
    },
    close: () => stream.close(),
  };
}

/** Done when the subscriber has the message and the publisher has sent DISCONNECT. */
const isDelivery = (entry: TraceEntry) =>
  entry.type === 'packet' && entry.direction === 'to-client' && entry.bytes[0] === 0x30;
const isDisconnect = (entry: TraceEntry) =>
  entry.type === 'packet' && entry.direction === 'to-broker' && entry.bytes[0] === 0xe0;

/** Connects, publishes and leaves; resolves when the line is closed. */
function publishOnce(url: string, payload: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'mqtt');
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => socket.send(connect('home-page'));
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!(data instanceof ArrayBuffer)) return;
      if (!accepted(new Uint8Array(data))) return reject(new Error('the broker refused'));
      socket.send(publish(topic, payload));
      socket.send(disconnect());
    };
    socket.onerror = () => reject(new Error('no line'));
    socket.onclose = () => resolve();
  });
}
