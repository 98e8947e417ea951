import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { Words } from '../i18n/words.ts';
import { type ClientRole, clientRoleOf, type ClientLines } from './clients.ts';
import { clientNameOf } from './packet-rows.ts';

export interface KnownClient {
  /** As every panel calls it; the same for each of its lines. */
  name: string;
  role: ClientRole;
}

/** The clients of a run, in the order in which they connected. A client that reconnects is one. */
export class ClientNames {
  readonly #lines = new Set<number>();

  add(entry: TraceEntry): void {
    if ('line' in entry && entry.line !== undefined) this.#lines.add(entry.line);
  }
  clear(): void {
    this.#lines.clear();
  }
  all(lines: ClientLines, words: Words): KnownClient[] {
    const known = new Map<string, KnownClient>();
    for (const number of this.#lines) {
      const line = lines.of(number);
      const name = clientNameOf(line, words);
      known.set(name, { name, role: clientRoleOf(line) });
    }
    return [...known.values()];
  }
}
