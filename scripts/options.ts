import { parseArgs } from 'node:util';

/** What a host may choose; absent: the sandbox's own default. */
export interface HostOptions {
  port?: number;
  mqttPort?: number;
  host?: string;
  data?: string | undefined;
  /** A folder of built pages to serve as it is; nothing is built then. */
  site?: string;
}

export const usage = `Retained: learn MQTT by doing.

  npm start -- [options]

  --port <number>       HTTP port of the course, and of MQTT over WebSocket (4321)
  --mqtt-port <number>  port of MQTT over TCP (1883; the next free one where that is taken)
  --host <address>      address to listen on (0.0.0.0: the whole network; 127.0.0.1: this machine)
  --data <folder>       where the course keeps what must outlive it (.retained/data)
  --pages <folder>      serve these built pages, and build nothing
  --help                this text

The same by environment: RETAINED_PORT, RETAINED_MQTT_PORT and so on.
A flag wins over the environment.`;

/** A choice that can't be followed; the message says where it was made and what was expected. */
export class OptionError extends Error {
  override name = 'OptionError';
}

/**
 * Reads flags, then the environment.
 * @throws OptionError for an unknown flag, or a value that can't be used
 */
export function readOptions(
  args: string[],
  environment: Record<string, string | undefined>,
): HostOptions | 'help' {
  const flags = readFlags(args);
  if (flags.help) return 'help';
  const text = (flag: 'port' | 'mqtt-port' | 'host' | 'data' | 'pages') => {
    const variable = `RETAINED_${flag.toUpperCase().replace('-', '_')}`;
    if (flags[flag] !== undefined) return { from: `--${flag}`, value: flags[flag] };
    const value = environment[variable];
    return value ? { from: variable, value } : undefined;
  };
  const options: HostOptions = {};
  const port = text('port');
  if (port) options.port = portNumber(port);
  const mqttPort = text('mqtt-port');
  if (mqttPort) options.mqttPort = portNumber(mqttPort);
  const host = text('host');
  if (host) options.host = host.value;
  const data = text('data');
  if (data) options.data = data.value;
  const pages = text('pages');
  if (pages) options.site = pages.value;
  return options;
}

function readFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        'mqtt-port': { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        pages: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message}\n\n${usage}`);
  }
}

/** 0 asks the system for a free port. */
function portNumber({ from, value }: { from: string; value: string }): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) {
    throw new OptionError(`${from} is "${value}"; a port is a number from 0 to 65535.`);
  }
  return port;
}
