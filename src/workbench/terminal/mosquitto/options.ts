/**
 * Every option of mosquitto_pub, mosquitto_sub and mosquitto_rr, as `client_config_line_proc` of
 * client/client_shared.c (2.0.11) reads it: an option a row.
 */
import { atof, atoi, byteLength, isTopic, isValidUtf8 } from './argument-checks.ts';
import type { ClientConfig } from './client-config.ts';
import { checkFormat } from './format-check.ts';
import type { ClientOption, UsageError } from './option.ts';
import { addTopic, filterOption, setSessionExpiry, setUrl, setVersion } from './option-values.ts';

const pub = ['pub'] as const;
const sub = ['sub'] as const;
const receivers = ['sub', 'rr'] as const;
const senders = ['pub', 'rr'] as const;

const one = ({ mode }: ClientConfig): UsageError =>
  mode === 'none' ? undefined : 'Error: Only one type of message can be sent at once.\n\n';
const exclusive =
  (key: 'id' | 'idPrefix') =>
  (config: ClientConfig): UsageError =>
    config[key] === undefined
      ? undefined
      : 'Error: -i and -I argument cannot be used together.\n\n';

const text = (takes: string, key: 'userName' | 'password' | 'cafile' | 'capath' | 'certfile' | 'keyfile' | 'psk' | 'pskIdentity' | 'host' | 'willPayload'): ClientOption => ({
  takes,
  set: (config, value) => void (config[key] = value),
}); // prettier-ignore
const flag = (set: (config: ClientConfig) => void, only?: ClientOption['only']): ClientOption => ({
  ...(only && { only }),
  set,
});
/** Accepted without effect: there is no such socket, engine or proxy in a room. */
const unused = (takes: string): ClientOption => ({ takes, set: () => undefined });
/** Came with 2.1. */
const recent = (option: ClientOption): ClientOption => ({ ...option, since: '2.1.2' });

/** By their names; the first is the one that errors use. */
const rows: [names: string, option: ClientOption][] = [
  ['-A', unused('address')],
  ['--cafile', text('file', 'cafile')],
  ['--capath', text('directory', 'capath')],
  ['--cert', text('file', 'certfile')],
  ['--ciphers', unused('ciphers')],
  ['-C', {
    only: sub,
    takes: 'count',
    set(config, value) {
      config.messageCount = atoi(value);
      return config.messageCount < 1 ? `Error: Invalid message count "${config.messageCount}".\n\n` : undefined;
    },
  }],
  ['-c --disable-clean-session', flag((config) => void (config.clean = false))],
  ['-d --debug', flag((config) => void (config.debug = true))],
  ['-e', {
    only: ['rr'],
    takes: 'response topic',
    set(config, topic) {
      if (!isValidUtf8(topic)) return 'Error: Malformed UTF-8 in -e argument.\n\n';
      if (!isTopic(topic)) return `Error: Invalid response topic '${topic}', does it contain '+' or '#'?\n`;
      config.responseTopic = topic;
      return undefined;
    },
  }],
  ['-E', flag((config) => void (config.exitAfterSubscribe = true), sub)],
  ['-f --file', {
    only: senders,
    takes: 'file',
    before: one,
    set(config, value) {
      config.mode = 'file';
      config.file = value;
      return undefined;
    },
  }],
  ['-F', {
    only: receivers,
    takes: 'format',
    set(config, value) {
      config.format = value;
      return checkFormat(value);
    },
  }],
  ['-h --host', text('host', 'host')],
  ['--insecure', flag(() => undefined)],
  ['-i --id', { takes: 'id', before: exclusive('idPrefix'), set: (config, value) => void (config.id = value) }],
  ['-I --id-prefix', { takes: 'id prefix', before: exclusive('id'), set: (config, value) => void (config.idPrefix = value) }],
  ['-k --keepalive', {
    takes: 'keepalive',
    set(config, value) {
      config.keepAlive = atoi(value);
      return config.keepAlive < 5 || config.keepAlive > 65_535 ? 'Error: Invalid keepalive given, it must be between 5 and 65535 inclusive.\n\n' : undefined;
    },
  }],
  ['--key', text('file', 'keyfile')],
  ['--keyform', unused('keyform')],
  ['-L --url', { takes: 'URL', set: setUrl }],
  ['-l --stdin-line', { only: pub, before: one, set: (config) => void (config.mode = 'stdin-lines') }],
  ['-m --message', {
    only: senders,
    takes: 'message',
    before: one,
    set(config, value) {
      if (byteLength(value) > 268_435_455) return 'Error: Message length must be less than 268435455 bytes.\n\n';
      config.mode = 'text';
      config.message = value;
      return undefined;
    },
  }],
  ['-M', {
    takes: 'max_inflight',
    set(config, value) {
      config.maxInflight = atoi(value);
      return config.maxInflight < 1 ? 'Error: Maximum inflight messages must be greater than 0.\n\n' : undefined;
    },
  }],
  ['--nodelay', flag(() => undefined)],
  ['-n --null-message', { only: senders, before: one, set: (config) => void (config.mode = 'null') }],
  ['-N', flag((config) => void (config.endOfLine = false), receivers)],
  ['-p --port', {
    takes: 'port',
    set(config, value) {
      config.port = atoi(value);
      return config.port < 0 || config.port > 65_535 ? `Error: Invalid port given: ${config.port}\n` : undefined;
    },
  }],
  ['--pretty', flag((config) => void (config.pretty = true), receivers)],
  ['-P --pw', text('password', 'password')],
  ['--proxy', unused('proxy url')],
  ['--psk', text('key', 'psk')],
  ['--psk-identity', text('identity', 'pskIdentity')],
  ['-q --qos', {
    takes: 'QoS',
    set(config, value) {
      const qos = atoi(value);
      if (qos < 0 || qos > 2) return `Error: Invalid QoS given: ${qos}\n`;
      config.qos = qos as 0 | 1 | 2;
      return undefined;
    },
  }],
  ['--quiet', flag((config) => void (config.quiet = true))],
  ['-r --retain', flag((config) => void (config.retain = true), pub)],
  ['-R', flag((config) => void (config.noRetain = true), receivers)],
  ['--random-filter', {
    only: sub,
    takes: 'chance',
    set(config, value) {
      config.randomFilter = Math.trunc(10 * atof(value));
      return config.randomFilter > 10_000 || config.randomFilter < 1 ? 'Error: --random-filter chance must be between 0.1-100.0\n\n' : undefined;
    },
  }],
  ['--remove-retained', flag((config) => void (config.removeRetained = true), sub)],
  ['--repeat', {
    only: pub,
    takes: 'count',
    set(config, value) {
      config.repeatCount = atoi(value);
      return config.repeatCount < 1 ? 'Error: --repeat argument must be >0.\n\n' : undefined;
    },
  }],
  ['--repeat-delay', {
    only: pub,
    takes: 'time',
    set(config, value) {
      if (atof(value) < 0) return 'Error: --repeat-delay argument must be >=0.0.\n\n';
      config.repeatDelayMs = atof(value) * 1000;
      return undefined;
    },
  }],
  ['--retain-as-published', flag((config) => void (config.retainAsPublished = true), receivers)],
  ['--retain-handling', recent({
    only: receivers,
    takes: 'option',
    set(config, value) {
      const at = ['always', 'new', 'never'].indexOf(value);
      if (at < 0) return `Error: Unknown value '${value}' for --retain-handling.\n\n`;
      config.retainHandling = at as 0 | 1 | 2;
      return undefined;
    },
  })],
  ['--retained-only', flag((config) => void (config.retainedOnly = true), sub)],
  ['-s --stdin-file', { only: senders, before: one, set: (config) => void (config.mode = 'stdin-file') }],
  ['-t --topic', { takes: 'topic', set: (config, value) => addTopic(config, value, '-t') }],
  ['-T --filter-out', filterOption('-T', 'filter', 'filterOuts')],
  ['--tls-alpn', unused('protocol')],
  ['--no-tls', recent(flag((config) => void (config.noTls = true)))],
  // Read before all others (load-config.ts).
  ['-o', recent(unused('options file'))],
  ['--tls-keylog', recent({ takes: 'file', set: (config) => void (config.keylog = true) })],
  ['--ws', recent(flag((config) => void (config.webSocket = true)))],
  ['--tls-engine', unused('engine_id')],
  ['--tls-engine-kpass-sha1', unused('kpass sha1')],
  ['--tls-use-os-certs', flag((config) => void (config.useOsCertificates = true))],
  ['--tls-version', unused('version')],
  ['-U --unsubscribe', filterOption('-U', 'unsubscribe', 'unsubscribes')],
  ['-u --username', text('username', 'userName')],
  ['--unix', {
    takes: 'socket path',
    set(config, value) {
      config.host = value;
      config.port = 0;
      return undefined;
    },
  }],
  ['-V --protocol-version', { takes: 'version', calls: '--protocol-version', set: setVersion }],
  ['-v --verbose', flag((config) => void (config.verbose = true), receivers)],
  ['-W', {
    only: receivers,
    takes: 'timeout',
    set(config, value) {
      const seconds = atoi(value);
      if (seconds < 1) return `Error: Invalid timeout "${seconds}".\n\n`;
      config.timeoutSeconds = seconds;
      return undefined;
    },
  }],
  ['--will-payload', text('will payload', 'willPayload')],
  ['--will-qos', {
    takes: 'will QoS',
    set(config, value) {
      const qos = atoi(value);
      if (qos < 0 || qos > 2) return `Error: Invalid will QoS ${qos}.\n\n`;
      config.willQos = qos as 0 | 1 | 2;
      return undefined;
    },
  }],
  ['--will-retain', flag((config) => void (config.willRetain = true))],
  ['--will-topic', {
    takes: 'will topic',
    set(config, topic) {
      if (!isValidUtf8(topic)) return 'Error: Malformed UTF-8 in --will-topic argument.\n\n';
      if (!isTopic(topic)) return `Error: Invalid will topic '${topic}', does it contain '+' or '#'?\n`;
      config.willTopic = topic;
      return undefined;
    },
  }],
  ['-x', { takes: 'session expiry interval', set: setSessionExpiry }],
]; // prettier-ignore

export const clientOptions: ReadonlyMap<string, { first: string; option: ClientOption }> = new Map(
  rows.flatMap(([names, option]) => {
    const all = names.split(' ');
    return all.map((name) => [name, { first: all[0]!, option }] as const);
  }),
);
