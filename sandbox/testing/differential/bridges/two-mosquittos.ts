/** Two Debian's mosquittos; the bridge's connection leads through a proxy that notes each packet. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { FrameCutter } from '../../../mqtt/frame-cutter.ts';
import type { BrokerName } from '../../../protocol/exercise.ts';
import type { MosquittoVersion } from '../../../protocol/mosquitto.ts';
import { startMosquitto } from '../mosquitto.ts';
import type { BridgedPair, TwoFiles, WireFrame } from './pair.ts';

export async function twoMosquittos(
  version: MosquittoVersion,
  files: TwoFiles,
): Promise<BridgedPair> {
  const cloud = await startMosquitto(version, files.cloud);
  const wire: WireFrame[] = [];
  const sockets = new Set<Socket>();
  const cut = () => sockets.forEach((socket) => socket.destroy());
  const note = (from: BrokerName, socket: Socket, to: Socket) => {
    const cutter = new FrameCutter();
    socket.on('data', (chunk) => {
      for (const bytes of cutter.push(new Uint8Array(chunk)).frames)
        wire.push({ from, bytes: new Uint8Array(bytes) });
      to.write(chunk);
    });
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      to.destroy();
    });
  };
  const proxy = createServer((socket) => {
    const far = connect(cloud.port(1883), '127.0.0.1');
    note('house', socket, far);
    note('cloud', far, socket);
  });
  const listen = (port: number) =>
    new Promise<void>((done) => proxy.listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = proxy.address() as AddressInfo;
  const conf = files.house['mosquitto.conf']!.replaceAll('cloud:1883', `127.0.0.1:${port}`);
  const house = await startMosquitto(version, { ...files.house, 'mosquitto.conf': conf });
  const brokers = { house, cloud };
  const own = (text: string) =>
    text.replaceAll(`127.0.0.1:${port}`, 'cloud:1883').replaceAll(`${hostname()}.`, 'house.');
  return {
    reach: (broker) => ({ port: brokers[broker].port(1883) }),
    wire,
    own,
    cut,
    async operate(broker, deed) {
      // Nobody listens where no broker runs.
      if (broker === 'cloud' && (deed === 'stop' || deed === 'kill')) proxy.close();
      await brokers[broker].operate(deed);
      if (broker === 'cloud' && deed === 'start') await listen(port);
    },
    log: (broker) => brokers[broker].log.concat(brokers[broker].logged()).map(own),
    async stop() {
      cut();
      proxy.close();
      await Promise.all([house.stop(), cloud.stop()]);
    },
  };
}
