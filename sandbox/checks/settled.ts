/** Whether a run is over: what has not come by then does not come. */
import { kindOf, packetOf } from '../mqtt/packet.ts';
import type { LineOpenedEntry, TraceEntry } from '../protocol/trace.ts';

/**
 * The broker closes a frozen line after 1.5 times its keep alive. With a longer one, in seconds, or
 * with none, nothing more comes in a time that a learner would watch.
 */
const LONGEST_KEEP_ALIVE = 10;

/** Not of the scene's actors, and not of a broker. */
export const isLearners = ({ role }: LineOpenedEntry): boolean =>
  role !== 'actor' && role !== 'bridge';

/** All devices have ended, and every line is closed except the actors', bridges', and those that stay half open. */
export function settled(entries: readonly TraceEntry[], devices: readonly string[]): boolean {
  const open = new Set<number>();
  const over = new Set<string>();
  const keepAlives = new Map<number, number>();
  const frozen = new Set<number>();
  for (const entry of entries) {
    if (entry.type === 'line-opened' && isLearners(entry)) open.add(entry.line);
    if (entry.type === 'line-closed') open.delete(entry.line);
    if (entry.type === 'fault' && entry.action === 'freeze') frozen.add(entry.line);
    if (entry.type === 'packet' && kindOf(entry.bytes[0] ?? 0) === 'CONNECT') {
      const packet = packetOf(entry);
      if (packet.kind === 'CONNECT') keepAlives.set(entry.line, packet.keepAlive);
    }
    if (entry.type !== 'device') continue;
    if (entry.state === 'running') over.delete(entry.device);
    else over.add(entry.device);
  }
  const staysOpen = (line: number) => {
    const keepAlive = keepAlives.get(line) ?? 0;
    return frozen.has(line) && (keepAlive === 0 || keepAlive > LONGEST_KEEP_ALIVE);
  };
  return [...open].every(staysOpen) && devices.every((device) => over.has(device));
}
