/** The same files in a room: its listeners on free ports, each connection a line of the room. */
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Duplex } from 'readable-stream';
import { WebSocketServer } from 'ws';
import { createBroker } from '../../engine/builtin/index.ts';
import type { LineInfo } from '../../line/line-info.ts';
import type { ConfigFiles } from '../../mosquitto/conf/problem.ts';
import { readBrokerFiles, type Listener } from '../../mosquitto/files.ts';
import type { FileModes } from '../../protocol/exercise.ts';
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import { Room } from '../../room/room.ts';
import { WebSocketStream } from '../../server/listeners/ws-stream.ts';
import { entriesOf } from '../seen.ts';
import type { TestCertificates } from './certificates.ts';
import type { ProcessDeed } from './mosquitto.ts';

export interface Subject {
  started: boolean;
  /** What it has logged by now. */
  log(): string[];
  /** The port that stands for one of the files'. */
  port(port: number): number;
  operate(deed: ProcessDeed): Promise<void>;
  stop(): Promise<void>;
}

export async function startSandbox(
  version: MosquittoVersion,
  files: ConfigFiles,
  tls: TestCertificates,
  modes?: FileModes,
): Promise<Subject> {
  const room = new Room({ code: 'differential', engine: createBroker, mosquitto: version });
  await room.reset({ ...files, ...(modes && { modes }) });
  // A closed room has no trace any more.
  let kept: string[] | undefined;
  const logged = () => entriesOf(room, 'log').map(({ text }) => text);
  room.observe({ ended: () => void (kept = logged()) });
  const { started, listeners } = readBrokerFiles(files, version, modes);
  const servers: Server[] = [];
  const ports = new Map<number, number>();
  for (const listener of listeners) {
    const { port, protocol } = listener;
    const server = serve(listener, tls, (socket, transport, certificate) => {
      const info: LineInfo = { transport, role: 'outside', loopback: true };
      const known = certificate === undefined ? {} : { certificate };
      const line = room.attach(socket, { ...info, ...known, target: { port, protocol } });
      if (typeof line === 'string') socket.destroy();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    servers.push(server);
    ports.set(port, (server.address() as AddressInfo).port);
  }
  return {
    started,
    log: () => kept ?? logged(),
    port: (port) => ports.get(port) ?? 1,
    operate: (deed) => room.operate(deed),
    async stop() {
      await room.close('stopping');
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}

type Take = (
  socket: Duplex,
  transport: LineInfo['transport'],
  certificate?: LineInfo['certificate'],
) => void;

function serve(listener: Listener, tls: TestCertificates, take: Take): Server {
  if (listener.protocol === 'websockets') {
    const server = createHttpServer();
    const sockets = new WebSocketServer({ server, handleProtocols: () => 'mqtt' });
    sockets.on('connection', (socket) => take(new WebSocketStream(socket), 'websocket'));
    return server;
  }
  if (!listener.tls) {
    return createTcpServer({ noDelay: true }, (socket) => take(socket as unknown as Duplex, 'tcp'));
  }
  const server = createTlsServer(
    {
      ca: tls.ca,
      cert: tls.certificate,
      key: tls.key,
      // Mosquitto asks for a certificate only where it requires one.
      requestCert: listener.requireCertificate,
      rejectUnauthorized: listener.requireCertificate,
      noDelay: true,
    },
    (socket: TLSSocket) => {
      const name = socket.getPeerCertificate().subject?.CN;
      const commonName = Array.isArray(name) ? name[0] : name;
      const certificate = commonName && { commonName, subject: `CN=${commonName}` };
      take(socket as unknown as Duplex, 'tls', certificate || undefined);
    },
  );
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}
