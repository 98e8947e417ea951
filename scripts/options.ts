import { parseArgs } from 'node:util';
import {
  isMosquittoVersion,
  mosquittoVersions,
  type MosquittoVersion,
} from '../sandbox/protocol/mosquitto.ts';
import { parseNetwork } from '../sandbox/server/admission/remote-address.ts';
import { readBase } from '../sandbox/server/site-base.ts';
import { proxiedPorts, type ProxiedPort } from '../sandbox/server/listeners/proxied.ts';
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
  /** Whether the course is started again if it ends by an error of its own. */
  restart?: boolean;
}

const names = [
  ...['port', 'mqtt-port', 'tls-port', 'host', 'data'],
  ...['cert', 'key', 'open-room', 'pages', 'name', 'trust-proxy', 'base', 'mosquitto'],
  ...['proxy-protocol', 'ingress', 'keep-classes'],
  ...['log', 'metrics-port', 'restart'],
] as const;

/** An invalid option; the message names the option, its source and the expected value. */
export class OptionError extends Error {
  override name = 'OptionError';
}

interface Choice {
  /** The flag or the variable, for messages. */
  from: string;
  value: string;
}

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

/** An empty variable is an absent one; an empty flag is a mistake, such as a variable that is not set. */
function notEmpty(choice: Choice | undefined): Choice | undefined {
  if (choice?.value.trim() === '')
    throw new OptionError(`${choice.from} is empty. Leave it out, or give it a value.`);
  return choice;
}

/** 0 asks the system for a free port. */
function portNumber(choice: Choice | undefined): number | undefined {
  if (!choice) return undefined;
  const { from, value } = choice;
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) {
    throw new OptionError(`${from} is "${value}"; a port is a number from 0 to 65535.`);
  }
  return port;
}

/** Ten years are for ever. */
function days(choice: Choice | undefined): number | undefined {
  if (!choice) return undefined;
  const { from, value } = choice;
  const n = Number(value);
  if (/^\d{1,4}$/.test(value) && n >= 1 && n <= 3_650) return n;
  throw new OptionError(`${from} is "${value}"; it is a number of days from 1 to 3650.`);
}

function oneOf<T extends string>(choice: Choice | undefined, values: readonly T[]): T | undefined {
  if (!choice) return undefined;
  const found = values.find((value) => value === choice.value);
  if (found !== undefined) return found;
  throw new OptionError(`${choice.from} is "${choice.value}"; it can be ${values.join(' or ')}.`);
}

const yesOrNo = (answer: 'yes' | 'no' | undefined): boolean | undefined =>
  answer === undefined ? undefined : answer === 'yes';

function roomCode(choice: Choice | undefined): string | undefined {
  if (choice && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(choice.value)) {
    const { from, value } = choice;
    throw new OptionError(`${from} is "${value}"; a code is small letters, digits and hyphens.`);
  }
  return choice?.value;
}

function certificate(cert: Choice | undefined, key: Choice | undefined) {
  if (cert && key) return { cert: cert.value, key: key.value };
  const alone = cert ?? key;
  if (alone) throw new OptionError(`${alone.from} needs the other of --cert and --key.`);
  return undefined;
}

const listed = ({ value }: Choice): string[] => value.split(',').map((each) => each.trim());

/** The address that readers use, as the build knows it, is one of the names. */
function hostNames(choice: Choice | undefined, site: string | undefined): string[] | undefined {
  const names = choice ? listed(choice) : [];
  const wrong = names.find((name) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(name));
  if (choice && wrong !== undefined)
    throw new OptionError(`${choice.from} is "${choice.value}"; "${wrong}" is no host name.`);
  const known = site ? URL.parse(site)?.hostname : undefined;
  if (known) names.push(known);
  return names.length > 0 ? names : undefined;
}

/** With a slash at both ends. */
export function sitePath(choice: Choice | undefined): string | undefined {
  if (!choice) return undefined;
  const { from, value } = choice;
  const base = readBase(value);
  if (base !== undefined) return base === '/' ? undefined : base;
  throw new OptionError(`${from} is "${value}"; a path is letters, digits and hyphens: /learn/.`);
}

function mosquitto(choice: Choice | undefined): MosquittoVersion | undefined {
  if (!choice || isMosquittoVersion(choice.value)) return choice?.value as MosquittoVersion;
  const { from, value } = choice;
  throw new OptionError(
    `${from} is "${value}"; the versions of Mosquitto are ${mosquittoVersions.join(', ')}.`,
  );
}

function networks(choice: Choice | undefined): string[] | undefined {
  if (!choice) return undefined;
  const wrong = listed(choice).find((each) => parseNetwork(each) === null);
  if (wrong === undefined) return listed(choice);
  const { from, value } = choice;
  throw new OptionError(
    `${from} is "${value}"; "${wrong}" is no IP address and no network such as 10.0.0.0/8.`,
  );
}

function proxied(
  choice: Choice | undefined,
  proxies: readonly string[] | undefined,
): ProxiedPort[] | undefined {
  if (!choice) return undefined;
  const { from, value } = choice;
  const ports = listed(choice);
  const known = proxiedPorts.filter((port) => ports.includes(port));
  const wrong = ports.find((port) => !known.some((one) => one === port));
  if (wrong !== undefined)
    throw new OptionError(
      `${from} is "${value}"; "${wrong}" is none of ${proxiedPorts.join(', ')}.`,
    );
  // Anybody could claim any address.
  if (!proxies) throw new OptionError(`${from} needs --trust-proxy: who may send that header?`);
  return known;
}

function withoutAbsent(options: { [K in keyof HostOptions]: HostOptions[K] }): HostOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as HostOptions;
}
