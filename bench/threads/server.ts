/**
 * A server in a process of its own. Arguments: where the room is handled (`main`, `worker`). It listens, and
 * writes to its parent what its threads have used.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { MessageChannel, Worker } from 'node:worker_threads';
import { once } from 'node:events';
import type { Duplex } from 'readable-stream';
import { post } from './port-stream.ts';
import { openRoom } from './rooms.ts';

/** Microseconds of CPU: of the main thread, and of all. */
export interface Used {
  main: number;
  all: number;
}

const where = process.argv[2];

async function accept(): Promise<(socket: Socket) => void> {
  if (where === 'main') {
    const room = await openRoom();
    return (socket) =>
      void room.attach(socket as unknown as Duplex, { transport: 'tcp', role: 'outside' });
  }
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  await once(worker, 'message');
  process.on('message', (message) => message === 'busy' && worker.postMessage('busy'));
  return (socket) => {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage(port2, [port2]);
    socket.on('data', (bytes: Buffer) => post(port1, bytes));
    port1.on('message', (bytes: Uint8Array) => socket.write(bytes));
    socket.on('close', () => port1.close());
    socket.on('error', () => {});
  };
}

const attach = await accept();
const server = createServer({ noDelay: true }, attach).listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('message', (message) => {
  if (message !== 'used') return;
  const sum = ({ user, system }: NodeJS.CpuUsage): number => user + system;
  process.send!({ main: sum(process.threadCpuUsage()), all: sum(process.cpuUsage()) } as Used);
});
process.on('disconnect', () => process.exit());
process.send!((server.address() as AddressInfo).port);
