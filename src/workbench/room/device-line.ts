import { isTlsRefusal } from '../../../sandbox/protocol/tls.ts';
import type { LineChunk } from '../device/messages.ts';

/** Bytes that may wait for a slow room before the line is cut: a port knows no back-pressure. */
const mostWaiting = 4 * 1024 * 1024;

/**
 * Joins a device's port to a WebSocket, as one line of the room. Resolves when the socket is closed,
 * which is after the room has received all that the device sent. Aborting cuts the line at once;
 * `null` from the device closes it after what is still waiting. `onData` is called with the number of
 * bytes that go to the device, before the device has them; `onOpen` when the server has accepted the socket.
 */
export function openDeviceLine(
  url: string,
  port: MessagePort,
  signal: AbortSignal,
  onData: (bytes: number) => void,
  onOpen: () => void = () => {},
): Promise<void> {
  const socket = new WebSocket(url, 'mqtt');
  socket.binaryType = 'arraybuffer';
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let waitingBytes = 0;
  let ended = false;

  const send = (chunk: Uint8Array<ArrayBuffer>): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(chunk);
    else if (socket.readyState === WebSocket.CONNECTING) {
      waiting.push(chunk);
      waitingBytes += chunk.length;
    }
    if (waitingBytes + socket.bufferedAmount > mostWaiting) cut();
  };
  const cut = (): void => {
    waiting = [];
    waitingBytes = 0;
    socket.close();
  };

  port.onmessage = ({ data }: MessageEvent<LineChunk>) => {
    if (data instanceof Uint8Array) send(data as Uint8Array<ArrayBuffer>);
    else if (data === null) {
      ended = true;
      if (socket.readyState === WebSocket.OPEN) socket.close();
    } else cut();
  };
  socket.onopen = () => {
    onOpen();
    for (const chunk of waiting) socket.send(chunk);
    waiting = [];
    waitingBytes = 0;
    if (ended) socket.close();
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!(data instanceof ArrayBuffer)) return cut();
    onData(data.byteLength);
    port.postMessage(new Uint8Array(data) satisfies LineChunk, [data]);
  };
  return new Promise((resolve) => {
    const finish = (): void => {
      signal.removeEventListener('abort', cut);
      port.postMessage(null satisfies LineChunk);
      port.close();
      resolve();
    };
    signal.addEventListener('abort', cut, { once: true });
    if (signal.aborted) cut();
    socket.onclose = ({ reason }) => {
      if (isTlsRefusal(reason)) port.postMessage(reason satisfies LineChunk);
      finish();
    };
  });
}
