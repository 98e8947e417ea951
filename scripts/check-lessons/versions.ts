/** The versions of the real programs that lessons run with here; undefined for one that is not there. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { MosquittoVersion } from '../../sandbox/protocol/mosquitto.ts';
import { pahoPython } from '../test/paho.ts';
import { which } from '../test/system.ts';

const outputOf = (program: string, ...args: string[]): string =>
  spawnSync(program, args, { encoding: 'utf8' }).stdout ?? '';

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

export const mosquittoNamed = (version: MosquittoVersion | string): string =>
  `Mosquitto ${version}`;

/** The machine's own, which runs the code blocks. */
export const ownMosquitto = once((): string | undefined => {
  const broker = which('mosquitto');
  const version = broker && /mosquitto version (\S+)/.exec(outputOf(broker, '-h'))?.[1];
  return version === undefined ? undefined : mosquittoNamed(version);
});

export const ownPaho = once((): string | undefined => {
  const python = pahoPython();
  const version =
    python && outputOf(python, '-c', 'import paho.mqtt; print(paho.mqtt.__version__)').trim();
  return version ? `paho-mqtt ${version}` : undefined;
});

/** The one that learners' programs get. */
export const ownMqttJs = once((): string => {
  const file = new URL('../../node_modules/mqtt/package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return `MQTT.js ${version}`;
});
