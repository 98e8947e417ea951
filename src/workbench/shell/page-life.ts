/** What a workbench does because its page is hidden, left, copied, or shown again. */
import type { Model } from '../model/model.ts';
import { draftNotice } from '../notices/drafts.ts';
import { goneNotice, isGone } from '../notices/gone.ts';
import type { Room } from '../room/room.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { RunMark } from '../run/run-mark.ts';
import type { TextStore } from '../store/drafts.ts';
import { Tab } from '../store/tab.ts';
import { onTheme } from '../ui/theme.ts';

/** A page in the background has no frames, but its record must not wait for ever. */
export function nextFrame(notify: () => void): void {
  if (document.hidden) setTimeout(notify, 200);
  else requestAnimationFrame(notify);
}

/** One for all workbenches of the page. */
let tab: Tab | undefined;

/** Whether this tab is a copy of one that is open. */
export function isCopiedTab(store: TextStore): Promise<boolean> {
  if (tab) return tab.isCopy;
  const own = new Tab(store);
  addEventListener('pagehide', () => own.close());
  addEventListener('pageshow', () => own.open());
  tab = own;
  return own.isCopy;
}

/** Shows one notice if drafts cannot be stored. */
export function noticeDrafts(programs: EditedPrograms, model: Model): void {
  let isTold = false;
  programs.onDraft((event) => {
    if (event.type === 'unkept' && isTold) return;
    isTold ||= event.type === 'unkept';
    model.notices.set(event.type, draftNotice(event));
  });
}

export function bindToWindow(
  programs: EditedPrograms,
  model: Model,
  room: Room,
  mark: RunMark,
): () => void {
  const save = () => {
    programs.save();
    // A page that is left did not die.
    mark.set(false);
  };
  // From another tab; a page from the back/forward cache has received no event.
  const look = () => programs.showNewer();
  const retry = () => room.status !== 'off' && room.retry();
  const failed = (event: PromiseRejectionEvent) => {
    if (!isGone(event.reason)) return;
    event.preventDefault();
    model.notices.set('gone', goneNotice);
  };
  addEventListener('unhandledrejection', failed);
  addEventListener('pagehide', save);
  addEventListener('online', retry);
  addEventListener('storage', look);
  addEventListener('pageshow', look);
  const themes = onTheme((theme) => programs.editor?.setTheme(theme));
  return () => {
    removeEventListener('pagehide', save);
    removeEventListener('online', retry);
    removeEventListener('unhandledrejection', failed);
    removeEventListener('storage', look);
    removeEventListener('pageshow', look);
    themes();
  };
}
