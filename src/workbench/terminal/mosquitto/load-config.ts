/** Parses a whole command line (`client_config_load`, client/client_shared.c 2.0.11). */
import { infinite, newConfig, type ClientConfig, type ClientKind } from './client-config.ts';
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import { isAtLeast } from '../../../../sandbox/mosquitto/conf/option.ts';
import type { ClientOption } from './option.ts';
import { clientOptions } from './options.ts';
import { listFault, parseProperty, type PropertyCommand } from './properties.ts';

/** `wrong`: the message for stderr; the hint to `--help` follows it. */
export type Loaded = { config: ClientConfig } | { wrong: string } | 'help' | 'version';

/** @param files reads the file of `-o` */
export function loadConfig(
  kind: ClientKind,
  args: readonly string[],
  installed: MosquittoVersion,
  files: (name: string) => string | undefined,
): Loaded {
  const config = newConfig(kind, installed);
  const early = optionsFile(config, args, files);
  if (early !== undefined)
    return early === 'help' || early === 'version' ? early : { wrong: early };
  const read = readArguments(config, args);
  if (read === 'help' || read === 'version') return read;
  const wrong = read ?? contradiction(config) ?? sessionFault(config) ?? propertyFault(config);
  return wrong === undefined ? { config } : { wrong };
}

function readArguments(
  config: ClientConfig,
  args: readonly string[],
): 'help' | 'version' | string | undefined {
  for (let at = 0; at < args.length; at += 1) {
    const name = args[at]!;
    if (name === '--help') return 'help';
    if (name === '--version') return 'version';
    if (name === '-D' || name === '--property') {
      const parsed = parseProperty(args, at + 1, config.facts);
      if (typeof parsed === 'string') return parsed;
      const { command, property, took } = parsed;
      config.properties[command].push(property);
      if (property.name === 'topic-alias') config.haveTopicAlias = true;
      config.version = 5;
      at += took;
      continue;
    }
    const found = clientOptions.get(name);
    if (!found || !has(config, found.option)) {
      return `Error: Unknown option '${name}'.\n`;
    }
    const { first, option } = found;
    const early = option.before?.(config);
    if (early !== undefined) return early;
    if (option.takes === undefined) {
      option.set(config, '');
      continue;
    }
    at += 1;
    const value = args[at];
    if (value === undefined) return missing(option.calls ?? first, option.takes);
    const wrong = option.set(config, value);
    if (typeof wrong === 'string') return wrong;
  }
  return undefined;
}

const has = ({ kind, facts }: ClientConfig, { only, since }: ClientOption): boolean =>
  (!only || only.includes(kind)) && isAtLeast(facts.version, since);

/** `-o file`, before all other options: each line is an option, and the rest of it its value. */
function optionsFile(
  config: ClientConfig,
  args: readonly string[],
  files: (name: string) => string | undefined,
): ReturnType<typeof readArguments> {
  if (!isAtLeast(config.facts.version, '2.1.2')) return undefined;
  const at = args.indexOf('-o');
  if (at < 0) return undefined;
  if (args.indexOf('-o', at + 1) >= 0) return 'Error: Duplicate -o argument given.\n\n';
  const name = args[at + 1];
  if (name === undefined) return 'Error: -o argument given but no options file specified.\n\n';
  for (const line of (files(name) ?? '').split('\n')) {
    const [, option = '', value] = /^ *([^ ]+)(?: +(.*))?$/.exec(line.replace(/\r$/, '')) ?? [];
    if (option === '' || line.startsWith('#')) continue;
    const wrong = readArguments(config, value === undefined ? [option] : [option, value]);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const missing = (name: string, takes: string): string =>
  takes === 'max_inflight'
    ? `Error: ${name} argument given but max_inflight not specified.\n\n`
    : `Error: ${name} argument given but no ${takes} specified.\n\n`;

function contradiction(config: ClientConfig): string | undefined {
  const { willTopic, willPayload, willRetain, certfile, keyfile, cafile, capath, psk } = config;
  if (willPayload !== undefined && willTopic === undefined) {
    return 'Error: Will payload given, but no will topic given.\n';
  }
  if (willRetain && willTopic === undefined) {
    return 'Error: Will retain given, but no will topic given.\n';
  }
  if ((certfile === undefined) !== (keyfile === undefined)) {
    return 'Error: Both certfile and keyfile must be provided if one of them is set.\n';
  }
  if (psk !== undefined && (cafile ?? capath) !== undefined) {
    return 'Error: Only one of --psk or --cafile/--capath may be used at once.\n';
  }
  if (psk !== undefined && config.pskIdentity === undefined) {
    return 'Error: --psk-identity required if --psk used.\n';
  }
  return undefined;
}

function sessionFault(config: ClientConfig): string | undefined {
  const named = config.id !== undefined && config.idPrefix === undefined;
  if (config.version < 5) {
    return config.clean || named
      ? undefined
      : 'Error: You must provide a client id if you are using the -c option.\n';
  }
  if (!config.clean && config.sessionExpiry === -1) config.sessionExpiry = infinite;
  if (config.sessionExpiry > 0) {
    if (config.sessionExpiry === infinite && !named) {
      return 'Error: You must provide a client id if you are using an infinite session expiry interval.\n';
    }
    const value = config.sessionExpiry;
    config.properties.connect.push({ name: 'session-expiry-interval', value });
  }
  return undefined;
}

const spokenAs: [PropertyCommand, string][] = [
  ['connect', 'CONNECT'],
  ['publish', 'PUBLISH'],
  ['subscribe', 'SUBSCRIBE'],
  ['unsubscribe', 'UNSUBSCRIBE'],
  ['disconnect', 'DISCONNECT'],
  ['will', 'Will'],
];

function propertyFault(config: ClientConfig): string | undefined {
  const { filters, unsubscribes, facts } = config;
  const asksNothing = filters.length === 0 && !(facts.unsubscribesAlone && unsubscribes.length > 0);
  if (config.kind === 'sub' && asksNothing) return facts.noTopic;
  for (const [command, word] of spokenAs) {
    const fault = listFault(config.properties[command]);
    // Printed by err_printf, which --quiet silences; the hint to --help is not silenced.
    if (fault !== undefined) return config.quiet ? '' : `Error in ${word} properties: ${fault}\n`;
  }
  return undefined;
}
