/** The broker that a suite plays against, from the options of its command line. */
import { isMosquittoVersion, mosquittoVersions } from '../../sandbox/protocol/mosquitto.ts';
import { start } from '../../sandbox/server/main.ts';
import { startMosquitto, whyNoReference } from '../../sandbox/testing/differential/mosquitto.ts';

export const targetOptions = {
  host: { type: 'string', default: 'localhost' },
  port: { type: 'string' },
  mosquitto: { type: 'string' },
} as const;

export interface Target {
  host: string;
  port: number;
}
interface Asked {
  host: string;
  port?: string | undefined;
  /** One of those with which a room is compared, as its own program. */
  mosquitto?: string | undefined;
}

/** As Mosquitto's own tests start it. */
const CONF = 'listener 1883\nallow_anonymous true\n';

/**
 * A Mosquitto, the broker at a port, or else an open room of its own.
 * @param refused filters that the open room refuses
 * @returns `end` ends what was started for it
 */
export async function targetOf(
  { host, port, mosquitto }: Asked,
  refused: readonly string[] = [],
): Promise<Target & { end(): Promise<void> }> {
  if (mosquitto === undefined && port !== undefined)
    return { host, port: Number(port), end: () => Promise.resolve() };
  if (mosquitto === undefined) return openRoom(refused);
  const why = isMosquittoVersion(mosquitto)
    ? whyNoReference(mosquitto)
    : `one of ${mosquittoVersions.join(', ')}`;
  if (!isMosquittoVersion(mosquitto) || why !== undefined)
    throw new Error(`--mosquitto: ${why ?? ''}`);
  const broker = await startMosquitto(mosquitto, { 'mosquitto.conf': CONF });
  if (!broker.started) throw new Error(broker.log.join('\n'));
  return { host: '127.0.0.1', port: broker.port(1883), end: () => broker.stop() };
}

async function openRoom(refused: readonly string[]) {
  const { rooms, mqttPort, stop } = await start({
    exercises: { get: async () => null },
    site: import.meta.dirname,
    host: '127.0.0.1',
    port: 0,
    mqttPort: 0,
  });
  const authorizeSubscribe = (_: unknown, filter: string) => !refused.includes(filter);
  await rooms.openRoom('bench', { authorizeSubscribe }).ready();
  return { host: '127.0.0.1', port: mqttPort, end: stop };
}
