import { parseArgs } from 'node:util';
import type { MosquittoVersion } from '../sandbox/protocol/mosquitto.ts';
import type { ProxiedPort } from '../sandbox/server/listeners/proxied.ts';
import {
  certificate,
  database,
  days,
  hostNames,
  mosquitto,
  networks,
  notEmpty,
  oneOf,
  OptionError,
  portNumber,
  processNumber,
  proxied,
  publicPort,
  roomCode,
  sitePath,
  yesOrNo,
  type Choice,
} from './option-values.ts';
import { usage } from './usage.ts';

/** The options of a host; absent: the sandbox's default. */
export interface HostOptions {
  port?: number;
  mqttPort?: number;
  tlsPort?: number;
  host?: string;
  data?: string | undefined;
  openRoom?: string;
  certificate?: { cert: string; key: string };
  names?: string[];
  proxies?: string[];
  /** Those of them that name the site's path in each request. */
  ingress?: string[];
  /** Where these proxies send the PROXY protocol's header. */
  proxied?: ProxiedPort[];
  base?: string;
  mosquitto?: MosquittoVersion;
  /** A folder of built pages to serve as it is; nothing is built then. */
  site?: string;
  /** A port of this machine alone, for `/metrics`. */
  metricsPort?: number;
  log?: 'plain' | 'json';
  /** Days. */
  keepClasses?: number;
  /** The address of PostgreSQL, if classes are there; it may have a password in it. */
  database?: string;
  /** Of this process, where the course has several behind a proxy. */
  process?: number;
  /** Where a proxy listens for clients of MQTT. */
  publicMqttPort?: number;
  publicTlsPort?: number;
  /** Whether the course is started again if it ends by an error of its own. */
  restart?: boolean;
}

const names = [
  ...['port', 'mqtt-port', 'tls-port', 'host', 'data'],
  ...['cert', 'key', 'open-room', 'pages', 'name', 'trust-proxy', 'base', 'mosquitto'],
  ...['proxy-protocol', 'ingress', 'keep-classes'],
  ...['log', 'metrics-port', 'restart'],
  ...['process', 'public-mqtt-port', 'public-tls-port'],
] as const;

/**
 * Reads flags, then the environment.
 * @throws OptionError for an unknown flag, or a value that can't be used
 */
export function readOptions(
  args: string[],
  environment: Record<string, string | undefined>,
  help = usage,
): HostOptions | 'help' {
  const flags = readFlags(args, help);
  if (flags['help']) return 'help';
  const choose = (name: string): Choice | undefined => {
    const flag = flags[name];
    if (typeof flag === 'string') return { from: `--${name}`, value: flag };
    const from = `RETAINED_${name.toUpperCase().replaceAll('-', '_')}`;
    const value = environment[from];
    return value ? { from, value } : undefined;
  };
  const text = (name: string) => notEmpty(choose(name))?.value;
  const port = (name: string) => portNumber(choose(name));
  const proxies = networks(choose('trust-proxy'));
  return withoutAbsent({
    port: port('port'),
    mqttPort: port('mqtt-port'),
    tlsPort: port('tls-port'),
    host: text('host'),
    data: text('data'),
    openRoom: roomCode(choose('open-room')),
    certificate: certificate(notEmpty(choose('cert')), notEmpty(choose('key'))),
    names: hostNames(choose('name'), environment['RETAINED_SITE']),
    proxies,
    ingress: networks(choose('ingress')),
    proxied: proxied(choose('proxy-protocol'), proxies),
    base: sitePath(choose('base')),
    mosquitto: mosquitto(choose('mosquitto')),
    site: text('pages'),
    metricsPort: port('metrics-port'),
    log: oneOf(choose('log'), ['plain', 'json']),
    keepClasses: days(choose('keep-classes')),
    database: database(environment['DATABASE_URL']),
    process: processNumber(choose('process')),
    publicMqttPort: publicPort(choose('public-mqtt-port')),
    publicTlsPort: publicPort(choose('public-tls-port')),
    restart: yesOrNo(oneOf(choose('restart'), ['yes', 'no'])),
  });
}

function readFlags(args: string[], usage: string): Record<string, string | boolean | undefined> {
  const texts = names.map((name) => [name, { type: 'string' }] as const);
  try {
    const help = { type: 'boolean', short: 'h' } as const;
    return parseArgs({ args: joined(args), options: { ...Object.fromEntries(texts), help } })
      .values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message}\n\n${usage}`);
  }
}

/** Node takes `--port -1` for two flags; the number is what the flag was given. */
function joined(args: readonly string[]): string[] {
  const result: string[] = [];
  for (const arg of args) {
    const before = result.at(-1);
    if (/^-\d/.test(arg) && before?.startsWith('--'))
      result[result.length - 1] = `${before}=${arg}`;
    else result.push(arg);
  }
  return result;
}

function withoutAbsent(options: { [K in keyof HostOptions]: HostOptions[K] }): HostOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as HostOptions;
}
