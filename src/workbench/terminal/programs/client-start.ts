/**
 * The common start of mosquitto_pub, mosquitto_sub and mosquitto_rr, and their message for a
 * refused connection.
 */
import type { MosquittoClient } from '../mosquitto/client.ts';
import { connackString, reasonString } from '../mosquitto/codes.ts';
import { clientFactsOf, type ClientFacts } from '../mosquitto/changes.ts';
import type { ClientConfig, ClientKind } from '../mosquitto/client-config.ts';
import { refusalWords } from '../mosquitto/connect.ts';
import { loadConfig } from '../mosquitto/load-config.ts';
import { usageOf } from '../mosquitto/usage.ts';
import { resolvePath, type ProgramIo } from './program.ts';

/** The configuration, or the exit status where the program ends here. */
export function startClient(
  kind: ClientKind,
  args: readonly string[],
  io: ProgramIo,
): ClientConfig | number {
  const name = `mosquitto_${kind}`;
  const version = io.mosquitto;
  const loaded = loadConfig(kind, args, version, (file) =>
    io.files.read(resolvePath(io.cwd, file)),
  );
  if (loaded === 'help') io.stdout.write(usageOf(kind, version));
  else if (loaded === 'version') {
    io.stdout.write(
      `${name} version ${version} running on libmosquitto ${clientFactsOf(version).library}.\n`,
    );
  } else if ('wrong' in loaded) {
    io.stderr.write(`${loaded.wrong}\nUse '${name} --help' to see usage.\n`);
  } else return loaded.config;
  // Also if nothing was wrong.
  return 1;
}

/** Writes to stderr unless `--quiet` (err_printf). */
export const errorWriter =
  (config: ClientConfig, io: ProgramIo) =>
  (text: string): void => {
    if (!config.quiet) io.stderr.write(text);
  };

/**
 * Connects, and resolves to the exit status once the program has one.
 * @param on.seconds after which `timedOut` is called; 0 or absent: never
 */
export async function runClient(
  client: MosquittoClient,
  status: Promise<number>,
  on: {
    io: ProgramIo;
    facts: ClientFacts;
    complain(text: string): void;
    signalled(): void;
    seconds?: number;
    timedOut?(): void;
  },
): Promise<number> {
  try {
    await client.connect();
  } catch (error) {
    on.complain(refusalWords(error, on.facts));
    return 1;
  }
  const { signal } = on.io;
  const stop = (): void => on.signalled();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const alarm = on.seconds ? setTimeout(() => on.timedOut?.(), on.seconds * 1000) : undefined;
  const answer = await status;
  signal.removeEventListener('abort', stop);
  clearTimeout(alarm);
  client.destroy();
  return answer;
}

/** Why CONNACK refused. */
export function failureText(config: ClientConfig, result: number): string {
  if (config.version < 5 && config.kind !== 'rr')
    return `Connection error: ${config.facts.spell(connackString(result))}\n`;
  const words = `Connection error: ${reasonString(result)}`;
  if (result !== 0x84) return `${words}\n`;
  return config.kind === 'rr'
    ? `${words}${config.facts.rrNeedsFive}\n`
    : `${words}. Try connecting to an MQTT v5 broker, or use MQTT v3.x mode.\n`;
}
