/** A part of the page that was to be loaded when it is needed, and is no longer there. */
import { RoomError } from '../room/room.ts';
import { PartGone } from '../store/part-gone.ts';
import type { Notice, NoticeAction } from './notice.ts';

/** As Chromium, Firefox and Safari put it; an import that fails has no other mark. */
const sentences = /dynamically imported module|module script failed/i;

export function isGone(reason: unknown): boolean {
  if (reason instanceof RoomError) return reason.key === 'gone';
  if (reason instanceof TypeError && sentences.test(reason.message)) return true;
  return reason instanceof PartGone || (reason instanceof Error && isGone(reason.cause));
}

const reload = {
  label: { key: 'workbench.notice.gone.reload' },
  action: { do: 'reload' },
} as const;
const goneWith = (key: string, action: NoticeAction): Notice => ({
  text: { key: 'workbench.notice.gone' },
  tone: 'wrong',
  actions: [reload, { label: { key }, action }],
});

export const goneNotice = goneWith('workbench.close', { do: 'dismiss', subject: 'gone' });
/** `again`: what “Try again” does, for a host that was away for a moment. */
export const goneNoticeOf = (again: NoticeAction): Notice => goneWith('workbench.try-again', again);
