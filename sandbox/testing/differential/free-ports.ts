/** Ports for programs that do not accept "any": they are chosen first and taken later. */
import { createServer } from 'node:net';

/** Below the ports that the machine gives to clients: none of those takes one in between. */
const FIRST = 20_000;
const COUNT = 12_000;
/** What this process has given away, taken by now or not yet. */
const given = new Set<number>();

export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (given.size > COUNT / 2) given.clear();
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port!;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
