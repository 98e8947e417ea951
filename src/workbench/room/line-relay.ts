import { lineReport, lineWindow, type LinePortMessage } from '../../../sandbox/worker/messages.ts';
import type { LineChunk } from '../device/messages.ts';

/** Bytes that may wait for a slow room before the line is cut: a device's port has no back-pressure. */
const mostWaiting = 16 * lineWindow;

/**
 * Joins a device's port to a port of the room's worker, as one line. Resolves when the room has closed
 * the line, which is after it has received all that the device sent. Aborting, or null from the device,
 * closes it. `gone`: the room's worker has ended, nothing comes any more. `onData` is called with the number of bytes that go to the device, before it has them.
 */
export function relayLine(
  device: MessagePort,
  room: MessagePort,
  { signal, gone }: { signal: AbortSignal; gone: AbortSignal },
  onData: (bytes: number) => void,
): Promise<void> {
  let waiting = 0;
  /** Bytes that went to the device and were not yet reported. */
  let passed = 0;
  let ended = false;
  const toRoom = (message: LinePortMessage, transfer: Transferable[] = []): void =>
    room.postMessage(message, transfer);
  const end = (): void => {
    if (!ended) toRoom(null);
    ended = true;
  };
  device.onmessage = ({ data }: MessageEvent<LineChunk>) => {
    if (ended) return;
    if (!(data instanceof Uint8Array)) return end();
    waiting += data.length;
    // Before anything is copied: a program may send one chunk of any size.
    if (waiting > mostWaiting) return end();
    // A copy: the device may have handed over a view of something larger.
    const bytes = new Uint8Array(data);
    toRoom(bytes, [bytes.buffer]);
  };
  return new Promise((resolve) => {
    const finish = (): void => {
      signal.removeEventListener('abort', end);
      gone.removeEventListener('abort', finish);
      end();
      device.postMessage(null satisfies LineChunk);
      device.close();
      room.close();
      resolve();
    };
    room.onmessage = ({ data }: MessageEvent<LinePortMessage>) => {
      if (typeof data === 'number') waiting -= data;
      else if (data === null) finish();
      else if (typeof data === 'string') device.postMessage(data satisfies LineChunk);
      else {
        const { length } = data;
        onData(length);
        device.postMessage(data satisfies LineChunk, [data.buffer]);
        passed += length;
        if (passed < lineReport) return;
        toRoom(passed);
        passed = 0;
      }
    };
    signal.addEventListener('abort', end, { once: true });
    gone.addEventListener('abort', finish, { once: true });
    if (signal.aborted) end();
  });
}
