/** Debian's mosquitto as a room's engine: a process for each run, which reads the room's files. */
import { connect } from 'node:net';
import type { Duplex } from 'readable-stream';
import type { EngineFactory } from '../engine/broker.ts';
import { outside } from '../engine/outside/index.ts';
import type { ConfigFiles } from '../mosquitto/conf/problem.ts';
import type { MosquittoVersion } from '../protocol/mosquitto.ts';
import { startMosquitto } from './differential/mosquitto.ts';
import { ownVersion } from './differential/other-mosquittos.ts';

/** @param files those of the run that begins, and the version that they choose */
export const mosquittoEngine = (
  files: () => ConfigFiles & { mosquitto?: MosquittoVersion | undefined },
): EngineFactory =>
  outside(async () => {
    const { mosquitto = ownVersion, ...texts } = files();
    const { started, log, port, stop } = await startMosquitto(mosquitto, texts);
    if (started) return { dial: (at = 1883) => dial(port(at)), stop };
    await stop();
    throw new Error(`mosquitto did not start: ${log.join('\n')}`);
  });

function dial(port: number): Duplex {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  return socket as unknown as Duplex;
}
