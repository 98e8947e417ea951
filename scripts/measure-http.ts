/**
 * `node scripts/measure-http.ts`: twenty readings by HTTP/1.1 over loopback, with Node's own server and
 * client, once on a connection that is kept and once with a new one for each. Bytes are counted on the
 * server's sockets, in both directions. It writes `lessons/mqtt-and-http/measured.ts`.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Usage } from '../sandbox/checks/price.ts';

/** What the lesson's solution publishes. */
export const readings = Array.from({ length: 20 }, (_, n) => (21 + (n + 1) / 10).toFixed(1));
const path = '/kitchen/heater/temperature';
/** The same name on every machine: a port would make the header longer or shorter. */
const host = 'house.example';

export interface Measured extends Usage {
  /** The first request, byte for byte. */
  request: string;
}

/** @throws if a request fails, or isn't answered with 204 */
export async function measure(keepAlive: boolean): Promise<Measured> {
  const sockets = new Set<Socket>();
  let first = '';
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => response.writeHead(204).end());
  });
  server.on('connection', (socket: Socket) => {
    if (sockets.size === 0) socket.once('data', (bytes: Buffer) => (first = bytes.toString()));
    sockets.add(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // With a limit of sockets a client asks to keep the connection even if it then closes it.
  const agent = new Agent({ keepAlive, ...(keepAlive && { maxSockets: 1 }) });
  try {
    for (const reading of readings) await send(reading, port, agent);
  } finally {
    agent.destroy();
    await Promise.all([...sockets].map((socket) => socket.destroyed || once(socket, 'close')));
    server.close();
  }
  const bytes = [...sockets].reduce((sum, one) => sum + one.bytesRead + one.bytesWritten, 0);
  return { bytes, connections: sockets.size, request: first };
}

async function send(reading: string, port: number, agent: Agent): Promise<void> {
  const sent = request({
    ...{ host: '127.0.0.1', port, path, agent, method: 'POST' },
    headers: { host, 'content-length': reading.length },
  });
  sent.end(reading);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  if (response.statusCode !== 204) throw new Error(`answered with ${response.statusCode}`);
  response.resume();
  await once(response, 'close');
}

if (import.meta.main) {
  const { request: _kept, ...kept } = await measure(true);
  const { request: _each, ...each } = await measure(false);
  const file = fileURLToPath(new URL('../lessons/mqtt-and-http/measured.ts', import.meta.url));
  const line = (name: string, { bytes, connections }: Usage) =>
    `  ${name}: { bytes: ${bytes}, connections: ${connections} },\n`;
  writeFileSync(
    file,
    '/** Twenty readings by HTTP/1.1: `node scripts/measure-http.ts` measures and writes it. */\n' +
      `export const measured = {\n${line("'http-kept'", kept)}${line("'http-each'", each)}};\n`,
  );
  console.log(kept, each);
}
