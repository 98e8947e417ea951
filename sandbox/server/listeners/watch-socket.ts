/** A viewer's WebSocket: frames, pacing and back-pressure; `room/serve-watch.ts` does the rest. */
import type { Writable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Room } from '../../room/room.ts';
import { serveWatch, watchPosition } from '../../room/serve-watch.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import { wsBinaryFrame } from './ws-frame.ts';

/** A page asks a few things a second; the rest is a mistake or malice. */
const requestsPerSecond = 50;

export async function serveWatchSocket(
  socket: WebSocket,
  raw: Writable,
  room: Room,
  query: URLSearchParams,
): Promise<void> {
  const isOpen = () => socket.readyState === 1;
  const server = serveWatch(
    room,
    {
      binary: (batch) => void (isOpen() && raw.write(wsBinaryFrame(batch))),
      message(message) {
        if (!isOpen()) return;
        socket.send(JSON.stringify(message));
        if (message.type === 'closing') socket.close(4000, message.reason);
      },
      unsent: () => socket.bufferedAmount,
    },
    watchPosition(query),
  );
  const bucket = new TokenBucket(requestsPerSecond, requestsPerSecond * 2);
  const receive = (data: string | null): void => {
    if (!server.receive(data)) socket.close(1008, 'not a request');
  };
  /** Who doesn't read responses gets no more of them: a response may be a thousand times its request. */
  const waiting: (string | null)[] = [];
  const { unsentBytes, responseMs } = room.limits;
  const isBehind = () => socket.bufferedAmount > unsentBytes;
  let patience: ReturnType<typeof setTimeout> | undefined;
  socket.on('close', () => {
    clearTimeout(patience);
    server.close();
  });
  const rest = (): void => {
    socket.pause();
    patience = setTimeout(() => socket.terminate(), responseMs);
    raw.once('drain', () => {
      clearTimeout(patience);
      while (waiting.length > 0 && !isBehind()) receive(waiting.shift()!);
      if (waiting.length > 0) return rest();
      socket.resume();
    });
  };
  socket.on('error', () => socket.terminate());
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (!bucket.tryTake()) return socket.close(1008, 'too many requests');
    const text = isBinary ? null : String(data);
    if (waiting.length === 0 && !isBehind()) return receive(text);
    // What was read already; there is no more than the bucket holds.
    if (waiting.push(text) === 1) rest();
  });
  await server.ready.catch(() => socket.close(1011));
}
