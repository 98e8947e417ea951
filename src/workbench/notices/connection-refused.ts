import type { LineRefusedEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { RunRecord } from '../run/record.ts';
import { createWords } from '../i18n/words.ts';
import { wordAreas } from '../i18n/word-areas.ts';

/**
 * A program whose line was refused only sees a door that doesn't open, again and again: the first
 * time of each door, its console says which one and why.
 */
export class RefusedConnections {
  readonly #parts: { record: RunRecord; language: 'en' | 'zh-tw' };
  readonly #told = new Set<string>();

  constructor(parts: { record: RunRecord; language: 'en' | 'zh-tw' }) {
    this.#parts = parts;
  }

  clear(): void {
    this.#told.clear();
  }
  async hear(entries: readonly TraceEntry[]): Promise<void> {
    const refused = entries.filter((entry) => entry.type === 'line-refused');
    for (const entry of refused) if (entry.role === 'device') await this.#tell(entry);
  }

  async #tell({ name = '', port = 0, refusal, at }: LineRefusedEntry): Promise<void> {
    const { record, language } = this.#parts;
    const door = `${name} ${port} ${refusal}`;
    if (this.#told.has(door)) return;
    this.#told.add(door);
    const { generation } = record;
    const words = createWords(await wordAreas(language, ['files']));
    if (generation !== record.generation) return;
    record.addLine({
      device: name,
      level: 'warn',
      text: words(`files.refused.${refusal}`, { port }),
      at,
    });
  }
}
