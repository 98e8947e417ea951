/** The same files in the sandbox: its listeners on free ports, its lines, its broker. */
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Duplex } from 'readable-stream';
import { WebSocketServer } from 'ws';
import { readBrokerFiles } from '../../mosquitto/files.ts';
import type { ConfiguredBroker, Listener } from '../../mosquitto/files.ts';
import { engineOptions } from '../../mosquitto/engine-options.ts';
import type { AcceptedOn } from '../../shared/accepted-on.ts';
import { createBroker } from '../../engine/builtin/index.ts';
import { limitValues } from '../../shared/config.ts';
import { Line } from '../../line/line.ts';
import { WebSocketStream } from '../../server/listeners/ws-stream.ts';
import type { Files } from '../../mosquitto/conf/problem.ts';
import type { TestCertificates } from './certificates.ts';

export interface Subject {
  start: ConfiguredBroker;
  said: string[];
  /** The port that stands for one of the files'. */
  port(port: number): number;
  stop(): Promise<void>;
}

export async function startSandbox(files: Files, tls: TestCertificates): Promise<Subject> {
  const start = readBrokerFiles(files);
  const arrivals = new Map<number, AcceptedOn>();
  const lines = new Map<number, { line: Line; port: number }>();
  const acceptedOn = (id: number): AcceptedOn | undefined => {
    const arrival = arrivals.get(id);
    return arrival && { ...arrival, clientId: lines.get(id)?.line.clientId };
  };
  const broker = await createBroker(engineOptions(start, acceptedOn));
  const packetBytes = start.maxPacketSize || Infinity;
  const values = limitValues();
  const limits = { ...values, packetBytes: Math.min(values.packetBytes, packetBytes) };
  let count = 0;

  function take(socket: Duplex, listener: Listener, certificate?: AcceptedOn['certificate']): void {
    const { port, protocol, tls: isTls } = listener;
    const already = (at: number) => [...lines.values()].filter((line) => line.port === at).length;
    const door = start.reach({ port, protocol, tls: isTls, from: 'localhost' }, already);
    if (typeof door === 'string') {
      socket.destroy();
      return;
    }
    count += 1;
    const id = count;
    arrivals.set(id, { port, ...(certificate === undefined ? {} : { certificate }) });
    const line = new Line(
      {
        limits,
        append: () => 0,
        decide: null,
        conditions: () => undefined,
        connect: (stream) => broker.handle(stream, { line: id }),
        closed: () => lines.delete(id),
      },
      id,
      socket,
      { transport: protocol === 'mqtt' ? 'tcp' : 'websocket', role: 'outside' },
    );
    lines.set(id, { line, port });
  }

  const servers: Server[] = [];
  const ports = new Map<number, number>();
  for (const listener of start.listeners) {
    const server = serve(listener, tls, take);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    servers.push(server);
    ports.set(listener.port, (server.address() as AddressInfo).port);
  }
  return {
    start,
    said: start.log.map(({ text }) => text),
    port: (port) => ports.get(port) ?? 1,
    async stop() {
      for (const { line } of lines.values()) line.close('room');
      await broker.close();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}

function serve(
  listener: Listener,
  tls: TestCertificates,
  take: (socket: Duplex, listener: Listener, certificate?: AcceptedOn['certificate']) => void,
): Server {
  if (listener.protocol === 'websockets') {
    const server = createHttpServer();
    const sockets = new WebSocketServer({ server, handleProtocols: () => 'mqtt' });
    sockets.on('connection', (socket) => take(new WebSocketStream(socket), listener));
    return server;
  }
  if (!listener.tls) {
    return createTcpServer({ noDelay: true }, (socket) =>
      take(socket as unknown as Duplex, listener),
    );
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
      const { subject } = socket.getPeerCertificate();
      const name = subject?.CN;
      const commonName = Array.isArray(name) ? name[0] : name;
      take(
        socket as unknown as Duplex,
        listener,
        commonName === undefined ? undefined : { commonName, subject: `CN=${commonName}` },
      );
    },
  );
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}
