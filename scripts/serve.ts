/** The course and its broker on this machine: what `npm start` runs once everything is built. */
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { start, type Running, type StartOptions } from '../sandbox/main.ts';
import { directoryExercises } from './exercises.ts';

const root = join(import.meta.dirname, '..');

export type ServeOptions = Omit<StartOptions, 'exercises' | 'site'> & { site?: string };

export function serve(options: ServeOptions = {}): Promise<Running> {
  return start({
    site: join(root, 'dist'),
    ...options,
    exercises: directoryExercises(join(root, 'lessons')),
  });
}

/** Addresses under which a class finds this machine; IPv6 link-local ones need a zone and don't help. */
function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}

const isLocal = (host: string): boolean => ['localhost', '127.0.0.1', '::1'].includes(host);

/** What the host reads once the course runs: where it is, and what fell elsewhere than asked. */
export function announcement(
  running: Running,
  { host, mqttPort }: { host: string; mqttPort: number },
  addresses = networkAddresses(),
): string {
  const lines = ['', `  Retained is running. Open   http://localhost:${running.port}/`];
  if (!isLocal(host))
    for (const address of host === '0.0.0.0' || host === '::' ? addresses : [host])
      lines.push(`  For the class               http://${address}:${running.port}/`);
  lines.push(`  MQTT over TCP               port ${running.mqttPort}`);
  if (mqttPort !== 0 && running.mqttPort !== mqttPort)
    lines.push(
      `  (Port ${mqttPort} is taken, perhaps by a Mosquitto on this machine; choose with --mqtt-port.)`,
    );
  lines.push('', '  Ctrl-C stops it.', '');
  return lines.join('\n');
}
