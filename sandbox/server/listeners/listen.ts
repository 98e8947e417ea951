/**
 * Listening on a port. libuv accepts one connection of a listening socket in each turn of the event
 * loop (since 1.45): a class that opens a lesson would wait in line behind a busy loop. On Linux
 * several sockets share the port, each with a queue of its own (SO_REUSEPORT).
 */
import { createServer, type Server } from 'node:net';

/** Sockets on one port. */
const acceptors = 24;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
/** Node 22.12 and 23.1 have the option. */
const canShare =
  process.platform === 'linux' && (major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12)); // prettier-ignore

/**
 * Resolves once the server listens, with a function that stops accepting; rejects if it cannot: a
 * port that another program has is never shared.
 */
export async function listen(server: Server, port: number, host: string): Promise<() => void> {
  // Of two servers that the system gives a free port at the same moment, both would have the same.
  if (!canShare || port === 0) {
    await bind(server, { port, host });
    return () => void server.close();
  }
  const probe = createServer();
  await bind(probe, { port, host });
  await new Promise((resolve) => probe.close(resolve));
  const shared = { port, host, reusePort: true };
  await bind(server, shared);
  const { allowHalfOpen, noDelay, highWaterMark } = server as Server & Options;
  const more = Array.from({ length: acceptors - 1 }, () =>
    createServer({ allowHalfOpen, noDelay, highWaterMark }, (socket) =>
      server.emit('connection', socket),
    ),
  );
  await Promise.all(more.map((one) => bind(one, shared)));
  return () => {
    for (const one of [server, ...more]) one.close();
  };
}

/** Options that a server keeps as properties. */
interface Options {
  allowHalfOpen: boolean;
  noDelay: boolean;
  highWaterMark: number;
}

function bind(
  server: Server,
  options: { port: number; host: string; reusePort?: boolean },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const listening = (): void => {
      server.off('error', failed);
      resolve();
    };
    const failed = (error: Error): void => {
      server.off('listening', listening);
      reject(error);
    };
    server.once('listening', listening);
    server.once('error', failed);
    server.listen(options);
  });
}
