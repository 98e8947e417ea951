import type { Notice } from './notice.ts';

/**
 * The notice of broker files that were changed since they were applied. A broker reads its files when
 * it starts, so a run uses what was applied; hints about the broker then contradict the editor.
 * @param names the changed files
 */
export function unappliedNotice(names: readonly string[]): Notice | undefined {
  if (names.length === 0) return undefined;
  return {
    text: { key: 'workbench.notice.unapplied', values: { files: names.join(', ') } },
    actions: [{ label: { key: 'workbench.apply-and-run' }, action: { do: 'apply-and-run' } }],
  };
}
