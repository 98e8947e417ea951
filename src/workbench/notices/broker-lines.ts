import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { Words } from '../i18n/words.ts';
import type { ConsoleLine } from '../run/record.ts';
import { brokerText, isEnd } from '../trace/broker-words.ts';

/**
 * The end and the start of the broker among the programs' output: what a program prints after it is
 * said to another process. That it saved is in the trace and its log only.
 */
export function brokerLines(entries: readonly TraceEntry[], words: Words): ConsoleLine[] {
  return entries.flatMap((entry): ConsoleLine[] => {
    if (entry.type !== 'broker' || entry.what === 'saved') return [];
    const level = isEnd(entry) ? 'warn' : 'info';
    return [
      { device: words('workbench.broker'), level, text: brokerText(entry, words), at: entry.at },
    ];
  });
}
