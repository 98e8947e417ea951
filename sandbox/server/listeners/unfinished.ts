/** What a client has sent of a WebSocket message that is not whole: ws keeps it, and has no count of it. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { MemoryGuard } from '../fair/memory-guard.ts';

/** Bytes of a control frame around its data, masked. */
const controlBytes = 6;

/** Counts these bytes for the network address, which closes the WebSocket with the most if they are too many. */
export function guardUnfinished(
  memory: Pick<MemoryGuard, 'add'>,
  { opened, socket, remote }: { opened: WebSocket; socket: Duplex; remote: string },
): void {
  const read = (): number => (socket as Duplex & { bytesRead?: number }).bytesRead ?? 0;
  /** Bytes up to the last whole message, and those of control frames after it. */
  let done = read();
  opened.on('message', () => (done = read()));
  // Control frames may stand among the fragments of a message (RFC 6455, section 5.4).
  for (const event of ['ping', 'pong'] as const)
    opened.on(event, ({ length }: Buffer) => (done += controlBytes + length));
  const forget = memory.add({
    remote,
    received: true,
    bytes: () => Math.max(0, read() - done),
    evict: () => {
      opened.close(1009, 'too many messages that are not whole');
      opened.terminate();
    },
  });
  opened.once('close', forget);
}
