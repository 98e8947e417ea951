import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { type LineClosed, ClosedLines } from './line-closed.ts';
import type { Notice } from './notice.ts';
import { wordAreas } from '../i18n/word-areas.ts';
import { createWords, type Words } from '../i18n/words.ts';

export interface LineClosedNoticeDeps {
  language: 'en' | 'zh-tw';
  words: Words;
  /** The last that was heard; undefined with each new run. */
  show(notice: Notice | undefined): void;
}

/** Says beside the program why its line was closed; the words come with the first such end. */
export function createLineClosedNotice({ language, words, show }: LineClosedNoticeDeps) {
  const ends = new ClosedLines();
  let run = 0;

  async function tell(end: LineClosed): Promise<void> {
    const of = run;
    const reasons = createWords(await wordAreas(language, ['wire']));
    if (of === run) show({ tone: 'wrong', text: textOf(end, words, reasons) });
  }
  return {
    clear(): void {
      run += 1;
      ends.clear();
      show(undefined);
    },
    hear(entries: readonly TraceEntry[]): void {
      const last = ends.hear(entries).at(-1);
      if (last) void tell(last);
    },
  };
}

/** `reasons`: the words of the area `wire`. */
export function textOf(end: LineClosed, words: Words, reasons: Words): string {
  const { client, how } = end;
  if (how === 'rule-closed') {
    const because = end.rule === undefined ? '' : reasons(`rule.${end.rule}`);
    return words(`workbench.notice.${how}`, { client, rule: because }).trim();
  }
  if (!end.limit) return words('workbench.notice.limit-unknown', { client });
  const value = end.limit.value.toLocaleString('en');
  const limit = reasons(`limit.${end.limit.name}`, { value });
  return words(`workbench.notice.${how}`, { client, limit });
}
