import type { DraftEvent } from '../run/programs.ts';
import type { Notice } from './notice.ts';

/** The browser's store is full or forbidden, or another tab has written a newer text. */
export function draftNotice(event: DraftEvent): Notice {
  if (event.type === 'unkept') {
    return {
      text: { key: 'workbench.notice.unkept' },
      actions: [
        { label: { key: 'workbench.download.local' }, action: { do: 'download', toRoom: false } },
        { label: { key: 'workbench.close' }, action: { do: 'dismiss', subject: 'unkept' } },
      ],
    };
  }
  return {
    text: { key: 'workbench.notice.newer', values: { file: event.file } },
    actions: [
      { label: { key: 'workbench.undo' }, action: { do: 'restore-before' } },
      { label: { key: 'workbench.close' }, action: { do: 'dismiss', subject: 'newer' } },
    ],
  };
}

/** The tab died during a run. */
export const diedNotice: Notice = {
  text: { key: 'workbench.notice.died' },
  actions: [{ label: { key: 'workbench.close' }, action: { do: 'dismiss', subject: 'died' } }],
};
