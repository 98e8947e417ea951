/** Whether the course gets its ports. */
import { createServer } from 'node:net';
import type { Finding } from './finding.ts';

type Why = 'free' | 'taken' | 'forbidden' | 'no-address' | 'other';

export function tryPort(host: string, port: number): Promise<Why> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EADDRINUSE') resolve('taken');
      else if (code === 'EACCES') resolve('forbidden');
      else if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') resolve('no-address');
      else resolve('other');
    });
    server.listen({ host, port }, () => server.close(() => resolve('free')));
  });
}

export interface WantedPort {
  flag: '--port' | '--mqtt-port' | '--tls-port';
  what: string;
  port: number;
}

/** @param own the ports of this course, if it is open now */
export async function portFinding(
  host: string,
  { flag, what, port }: WantedPort,
  own: readonly unknown[],
  tryIt = tryPort,
): Promise<Finding> {
  const about = `port ${port}`;
  if (own.includes(port)) return { about, state: 'good', text: `${what}: the open course has it` };
  const why = await tryIt(host, port);
  if (why === 'free') return { about, state: 'good', text: `${what}: free` };
  if (why === 'no-address')
    return {
      about,
      state: 'bad',
      text: `${host} is no address of this machine`,
      todo: ['leave out --host, or choose one of the addresses above'],
    };
  const text = {
    taken: 'another program has it',
    forbidden: 'this user may not use it',
    other: 'it can’t be opened',
  }[why];
  return {
    about,
    // The others move to the next free port by themselves.
    state: flag === '--port' ? 'bad' : 'note',
    text: `${what}: ${text}`,
    todo: [
      why === 'forbidden'
        ? `ports below 1024 are the administrator's: ${flag} <number above 1023>`
        : flag === '--port'
          ? `end that program, or choose another port: --port ${port === 8080 ? 4321 : 8080}`
          : `the next free port is used; ${flag} <number> chooses another. Programs of the lessons then need that number`,
    ],
  };
}
