import type { LineRefusedEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { wordAreas } from '../i18n/word-areas.ts';
import { createWords } from '../i18n/words.ts';
import type { RunRecord } from '../run/record.ts';

/**
 * Writes to a program's console why its connection was refused: the program itself only sees a
 * connection that closes, again and again. Once for each port and reason.
 */
export class RefusedConnections {
  readonly #record: RunRecord;
  readonly #language: 'en' | 'zh-tw';
  readonly #reported = new Set<string>();

  constructor(record: RunRecord, language: 'en' | 'zh-tw') {
    this.#record = record;
    this.#language = language;
  }

  clear(): void {
    this.#reported.clear();
  }
  async handle(entries: readonly TraceEntry[]): Promise<void> {
    const refused = entries.filter((entry) => entry.type === 'line-refused');
    for (const entry of refused) if (entry.role === 'device') await this.#report(entry);
  }

  async #report({ name = '', port = 0, refusal, at }: LineRefusedEntry): Promise<void> {
    const key = `${name} ${port} ${refusal}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    const { generation } = this.#record;
    const words = createWords(await wordAreas(this.#language, ['files']));
    if (generation !== this.#record.generation) return;
    const text = words(`files.refused.${refusal}`, { port });
    this.#record.addLine({ device: name, level: 'warn', text, at });
  }
}
