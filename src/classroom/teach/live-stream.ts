/** Keeps the teacher's page connected to the live stream of a class. */
import { parseClassMessage, type ClassMessage } from '../../../sandbox/protocol/classroom.ts';

export type StreamStatus = 'connecting' | 'live' | 'lost';

interface StreamListener {
  message(message: ClassMessage): void;
  status(status: StreamStatus): void;
}

const firstWaitMs = 500;
const mostWaitMs = 5_000;

export function openLiveStream(id: string, listener: StreamListener): { close(): void } {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = firstWaitMs;
  let isClosed = false;

  function connect(): void {
    const url = new URL(
      `${import.meta.env.BASE_URL}class/${encodeURIComponent(id)}`,
      location.href,
    );
    url.protocol = url.protocol.replace('http', 'ws');
    const opened = new WebSocket(url);
    socket = opened;
    opened.onopen = () => {
      waitMs = firstWaitMs;
      listener.status('live');
    };
    opened.onmessage = ({ data }) => {
      const message = typeof data === 'string' ? parseClassMessage(data) : undefined;
      if (message?.type === 'ended') isClosed = true;
      if (message) listener.message(message);
    };
    opened.onclose = () => {
      if (isClosed) return;
      listener.status('lost');
      timer = setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * 2, mostWaitMs);
    };
  }
  connect();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
