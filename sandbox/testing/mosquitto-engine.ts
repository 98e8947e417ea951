/** Debian's mosquitto as a room's engine: a process for each run, which reads the room's files. */
import { connect } from 'node:net';
import type { Duplex } from 'readable-stream';
import { createWebSocketStream, WebSocket } from 'ws';
import type { EngineFactory } from '../engine/broker.ts';
import { outside } from '../engine/outside/index.ts';
import { parseConf } from '../mosquitto/conf/parse.ts';
import type { BrokerFiles } from '../protocol/exercise.ts';
import { startMosquitto } from './differential/mosquitto.ts';
import { ownVersion } from './differential/other-mosquittos.ts';

/** @param files those of the run that begins, and the version that they choose */
export const mosquittoEngine = (files: () => BrokerFiles): EngineFactory =>
  outside(async () => {
    const { mosquitto = ownVersion, modes, ...texts } = files();
    const { started, log, port, stop } = await startMosquitto(mosquitto, texts, undefined, modes);
    const { listeners = [] } = parseConf(texts['mosquitto.conf'], texts, mosquitto).options ?? {};
    const isWebSocket = (at: number) =>
      listeners.some((each) => each.port === at && each.protocol === 'websockets');
    if (started) {
      return {
        dial: (at = 1883) => (isWebSocket(at) ? dialWebSocket(port(at)) : dial(port(at))),
        stop,
      };
    }
    await stop();
    throw new Error(`mosquitto did not start: ${log.join('\n')}`);
  });

function dial(port: number): Duplex {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  return socket as unknown as Duplex;
}

/** What is written before the upgrade waits in the stream. */
function dialWebSocket(port: number): Duplex {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, 'mqtt', { perMessageDeflate: false });
  return createWebSocketStream(socket) as unknown as Duplex;
}
