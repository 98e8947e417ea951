/** The command line of `mosquitto` (config__parse_args and print_usage of src/conf.c, each version). */
import { isAtLeast } from '../../../../sandbox/mosquitto/conf/option.ts';
import { inVersion, type Since } from '../../../../sandbox/mosquitto/conf/changes.ts';
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import { atoi } from '../mosquitto/argument-checks.ts';

export interface AskedBroker {
  /** As it was typed. */
  config?: string;
  ports: number[];
  verbose: boolean;
  quiet: boolean;
  /** -d: the terminal has it back. */
  background: boolean;
  test: boolean;
}
/** What it prints instead of starting, and its exit status. */
export interface BrokerAnswer {
  stdout?: string;
  /** Of its log: with the time before each line. */
  log?: readonly string[];
  stderr?: string;
  status: number;
}

/** CMD_PORT_LIMIT */
const mostPorts = 10;
const since = '2.1.2';
/** MOSQ_ERR_INVAL */
export const invalid = 3;

export function brokerUsage(version: MosquittoVersion): string {
  const isRecent = isAtLeast(version, since);
  return `mosquitto version ${version}

mosquitto is an MQTT v5.0/v3.1.1/v3.1 broker.

Usage: mosquitto [-c config_file] [-d] [-h] [-p port]${isRecent ? ' [-v]\n                 [--tls-keylog file]' : ''}

 -c : specify the broker config file.
 -d : put the broker into the background after starting.
 -h : display this help.
 -p : start the broker listening on the specified port.
      Not recommended in conjunction with the -c option.
${isRecent ? quiet : ''} -v : verbose mode - enable all logging types. This overrides
      any logging options given in the config file.
${isRecent ? testing : ''}
See https://mosquitto.org/ for more information.

`;
}
const quiet = ` -q : quiet mode - disable all logging types. This overrides
      any logging options given in the config file, and -v.
`;
const testing = ` --test-config : test config file and exit
 --tls-keylog : log TLS connection information to a file, to allow
      debugging with e.g. wireshark. Do not use on a production
      server.
`;

type Flag =
  'background' | 'verbose' | 'quiet' | 'test' | 'help' | 'version' | 'config' | 'port' | 'keylog';
type Flags = Readonly<Record<string, Flag>>;
const first: Flags = {
  ...{ '-c': 'config', '--config-file': 'config', '-d': 'background', '--daemon': 'background' },
  ...{ '-h': 'help', '--help': 'help', '-p': 'port', '--port': 'port' },
  ...{ '-v': 'verbose', '--verbose': 'verbose' },
};
const recent: Flags = {
  ...{ '--version': 'version', '--tls-keylog': 'keylog', '--test-config': 'test' },
  ...{ '-q': 'quiet', '--quiet': 'quiet' },
};
const flags: Since<Flags> = { '2.0.11': first, [since]: { ...first, ...recent } };

/**
 * @param read reads a conf, as the program does at once: what is logged of an error that ends the reading,
 *   none without one; undefined if there is no such file
 */
export function readBrokerArguments(
  args: readonly string[],
  version: MosquittoVersion,
  read: (path: string) => readonly string[] | undefined,
): AskedBroker | BrokerAnswer {
  const known = inVersion(flags, version);
  const isRecent = isAtLeast(version, since);
  const asked: AskedBroker = {
    ports: [],
    verbose: false,
    quiet: false,
    background: false,
    test: false,
  };
  const wrong = (...log: string[]): BrokerAnswer => ({ log, status: invalid });
  for (let at = 0; at < args.length; at += 1) {
    const name = args[at]!;
    const flag = Object.hasOwn(known, name) ? known[name]! : undefined;
    if (flag === undefined) {
      const stderr = `Error: Unknown option '${name}'.\n`;
      return { stderr, stdout: brokerUsage(version), status: invalid };
    }
    if (flag === 'help') return { stdout: brokerUsage(version), status: isRecent ? 0 : invalid };
    if (flag === 'version') return { stdout: versionText(version), status: 0 };
    if (flag === 'background' || flag === 'verbose' || flag === 'quiet' || flag === 'test') {
      asked[flag] = true;
      continue;
    }
    const value = args[(at += 1)];
    if (flag === 'config') {
      if (value === undefined)
        return wrong('Error: -c argument given, but no config file specified.');
      const errors = read(value);
      const shown = isRecent ? `'${value}'` : value;
      if (!errors) return wrong(`Error: Unable to open config file ${shown}.`);
      if (errors.length > 0) return wrong(...errors);
      asked.config = value;
    } else if (flag === 'port') {
      if (value === undefined) return wrong('Error: -p argument given, but no port specified.');
      const port = atoi(value);
      if (port < 1 || port > 65_535) return wrong(`Error: Invalid port specified (${port}).`);
      if (asked.ports.length === mostPorts)
        return wrong(`Error: Only ${mostPorts} ports can be specified on the command line.`);
      asked.ports.push(port);
    } else if (value === undefined)
      return wrong('Error: --tls-keylog argument given, but no file specified.');
  }
  return asked;
}

const versionText = (version: MosquittoVersion): string => `mosquitto ${version}
Copyright © 2025 Roger Light.
License EPL-2.0 OR BSD-3-Clause.
`;
