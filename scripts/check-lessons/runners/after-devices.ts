/** A program of the learner's own machine is started once those of the page run. */
import { kindOf } from '../../../sandbox/mqtt/packet.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { Runner } from './runner.ts';

/** Each has subscribed or published, or has ended: whoever comes from outside now finds it there. */
export function areThere(entries: readonly TraceEntry[], devices: readonly string[]): boolean {
  const names = new Map<number, string | undefined>();
  const there = new Set<string | undefined>();
  for (const entry of entries) {
    if (entry.type === 'line-opened') names.set(entry.line, entry.name);
    if (entry.type === 'device' && entry.state !== 'running') there.add(entry.device);
    if (entry.type !== 'packet') continue;
    const kind = kindOf(entry.bytes[0] ?? 0);
    const isOwn = entry.direction === 'to-broker' ? kind === 'PUBLISH' : kind === 'SUBACK';
    if (isOwn) there.add(names.get(entry.line));
  }
  return devices.every((device) => there.has(device));
}

/** Starts it when `ready` resolves; if it is stopped before that, never. */
export function startAfter(ready: Promise<void>, start: () => Runner): Runner {
  const stopped = Promise.withResolvers<void>();
  let runner: Runner | undefined;
  let isStopped = false;
  const started = ready.then(() => {
    if (isStopped) return undefined;
    runner = start();
    return runner.done;
  });
  return {
    done: Promise.race([started, stopped.promise.then(() => runner?.done)]),
    stop() {
      isStopped = true;
      runner?.stop();
      stopped.resolve();
    },
  };
}
