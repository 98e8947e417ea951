/** Keeps the teacher's page connected to the live stream of a class. */
import { parseClassMessage, type ClassMessage } from '../../../sandbox/protocol/classroom.ts';
import { openJsonStream, type StreamStatus } from '../reopened-socket.ts';

export type { StreamStatus } from '../reopened-socket.ts';

interface StreamListener {
  message(message: ClassMessage): void;
  status(status: StreamStatus): void;
}

export function openLiveStream(id: string, listener: StreamListener): { close(): void } {
  const stream = openJsonStream({
    path: encodeURIComponent(id),
    status: (status) => listener.status(status),
    message(json) {
      const message = parseClassMessage(json);
      // It ends with this: nothing is opened again.
      if (message?.type === 'ended') stream.close();
      if (message) listener.message(message);
    },
  });
  return stream;
}
