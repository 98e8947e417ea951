/** Makes a connected client from a parsed command line (client/client_shared.c, 2.0.11). */
import {
  ConnectionError,
  type ConnectionFailure,
  type ProgramIo,
  resolvePath,
} from '../programs/program.ts';
import { byteLength, isValidUtf8 } from './argument-checks.ts';
import type { ClientFacts } from './changes.ts';
import type { ClientConfig } from './client-config.ts';
import { MosquittoClient, type ClientEvents } from './client.ts';
import type { ClientOptions } from './packets.ts';
import { err, strerror } from './codes.ts';

/** The messages of the C library and of libmosquitto for each connection failure. */
const words: Record<ConnectionFailure, (facts: ClientFacts) => string> = {
  refused: ({ systemError }) => `Error: ${systemError('Connection refused')}\n`,
  'unknown-host': ({ spell }) => `Unable to connect (${spell(strerror(err.eai))}).\n`,
  tls: ({ spell }) => `Unable to connect (${spell(strerror(err.tls))}).\n`,
};
/** The user names that libmosquitto accepts (lib/options.c). */
const userNameFits = (name: string): boolean => byteLength(name) <= 65_535 && isValidUtf8(name);

export const refusalWords = (error: unknown, facts: ClientFacts): string =>
  words[error instanceof ConnectionError ? error.refusal : 'refused'](facts);

/** `mosquitto_new` and `client_opts_set`: errors in the options before anything is sent. */
export function optionFault(config: ClientConfig, io: ProgramIo): string | undefined {
  const { cafile, capath, psk, userName, password, id, idPrefix } = config;
  const unnamed = id === undefined && idPrefix === undefined;
  if ((unnamed && !config.clean) || id === '' || (id !== undefined && !isValidUtf8(id))) {
    return config.kind === 'pub'
      ? 'Error: Invalid id.\n'
      : 'Error: Invalid id and/or clean_session.\n';
  }
  if (config.willTopic !== undefined && config.version < 5 && config.properties.will.length > 0) {
    return 'Error: Problem setting will.\n';
  }
  const nameless = userName === undefined && password !== undefined && config.version < 5;
  if (nameless || (userName !== undefined && !userNameFits(userName))) {
    return 'Error: Problem setting username and/or password.\n';
  }
  if ((cafile ?? capath) !== undefined) {
    const found =
      cafile === undefined
        ? io.files.list(resolvePath(io.cwd, capath!)) !== undefined
        : io.files.read(resolvePath(io.cwd, cafile)) !== undefined;
    if (!found) return 'Error: Problem setting TLS options: File not found.\n';
  }
  if (psk !== undefined && !/^[\da-fA-F]+$/.test(psk)) {
    return 'Error: Problem setting TLS-PSK options.\n';
  }
  // Without TLS there is nothing to log.
  if (config.keylog && !config.noTls) return 'Unable to connect (Invalid input).\n';
  // A Unix socket: a room has none.
  if (config.port === 0) return `Error: ${config.facts.systemError('No such file or directory')}\n`;
  return undefined;
}

export function makeClient(
  config: ClientConfig,
  io: ProgramIo,
  events: ClientEvents,
): MosquittoClient {
  const { willTopic, cafile, capath, psk } = config;
  const tls =
    !config.noTls &&
    ((cafile ?? capath ?? psk) !== undefined || config.useOsCertificates || config.port === 8883);
  const port = config.port ?? ((cafile ?? capath ?? psk) !== undefined ? 8883 : 1883);
  const { webSocket } = config;
  const target = { host: config.host ?? 'localhost', port, tls, webSocket };
  const few = config.messageCount > 0 && config.messageCount < 20;
  const id = config.idPrefix === undefined ? config.id : `${config.idPrefix}${io.pid}`;
  const options: ClientOptions = {
    nameless: config.facts.nameless,
    namelessConnack: config.facts.namelessConnack,
    ...(id !== undefined && { id }),
    version: config.version,
    clean: config.clean,
    keepAlive: config.keepAlive,
    ...(config.userName !== undefined && { userName: config.userName }),
    ...(config.password !== undefined && { password: config.password }),
    ...(willTopic !== undefined && {
      will: {
        topic: willTopic,
        payload: config.willPayload ?? '',
        qos: config.willQos,
        retain: config.willRetain,
        properties: config.properties.will,
      },
    }),
    properties: config.properties.connect,
    maxInflight: config.maxInflight,
    // With -C, or the broker would send more than are wanted.
    receiveMaximum: few ? config.messageCount : 20,
  };
  const log = (text: string): void => io.stdout.write(`${text}\n`);
  return new MosquittoClient(options, { ...events, ...(config.debug && { log }) }, (lineEvents) =>
    io.connect(target, lineEvents),
  );
}
