/** A WebSocket of the server that sends JSON: opened again when it is lost, each time a little later. */

export type StreamStatus = 'connecting' | 'live' | 'lost';

export interface JsonStream {
  /** Below `class/`. */
  path: string;
  message(json: string): void;
  status(status: StreamStatus): void;
}

const firstWaitMs = 500;
const mostWaitMs = 5_000;

export function openJsonStream({ path, message, status }: JsonStream): { close(): void } {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = firstWaitMs;
  let isClosed = false;

  function connect(): void {
    const url = new URL(`${import.meta.env.BASE_URL}class/${path}`, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const opened = new WebSocket(url);
    socket = opened;
    opened.onopen = () => {
      waitMs = firstWaitMs;
      status('live');
    };
    opened.onmessage = ({ data }) => {
      if (typeof data === 'string' && !isClosed) message(data);
    };
    opened.onclose = () => {
      if (isClosed) return;
      status('lost');
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
