/** A viewer behind a MessagePort: the same frames as on a WebSocket, text and bytes. */
import type { Room } from './room.ts';
import { serveWatch, type WatchPosition } from './serve-watch.ts';

/** Both ends are in one process: posted messages never wait in a network buffer. */
export function serveWatchPort(port: MessagePort, room: Room, position: WatchPosition): void {
  const server = serveWatch(
    room,
    {
      // A copy: the bytes are the trace's own.
      binary(batch) {
        const copy = batch.slice();
        port.postMessage(copy, [copy.buffer]);
      },
      message(message) {
        port.postMessage(JSON.stringify(message));
        if (message.type === 'closing') end();
      },
      unsent: () => 0,
    },
    position,
  );
  const end = (): void => {
    server.close();
    port.close();
  };
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!server.receive(data)) end();
  };
  port.addEventListener('close', () => server.close());
  server.ready.catch(end);
}
