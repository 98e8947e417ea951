import type { Words } from '../../i18n/words.ts';
import { html, type TemplateResult } from '../../ui/view.ts';
import { type FilterActions, filterBar, type FilterModel } from './filter-bar.ts';

export interface PacketsModel extends FilterModel {
  /** Entries that this page or the room no longer keeps. */
  leftOut: number;
  /** Shown instead of the list; undefined if there are rows. */
  empty: string | undefined;
  /** Elements that are drawn by themselves. */
  list: readonly HTMLElement[];
  detail: HTMLElement;
  /** The menu of captures, and why the last file was not opened. */
  captures: HTMLElement;
  failure: string;
}

/** The packets panel: filter, list, and the selected packet in full. */
export const packetsView = (
  { leftOut, empty, list, detail, captures, failure, ...filter }: PacketsModel,
  on: FilterActions,
  words: Words,
): TemplateResult =>
  html`<div class="wb-packets-top">${filterBar(filter, on, words)} ${captures}</div>
    <p class="wb-packets-failure" role="status">${failure}</p>
    <p class="wb-left-out" ?hidden=${leftOut === 0}>
      ${words('workbench.packets.left-out', { count: leftOut })}
    </p>
    <div class="wb-packets-view">
      <p class="wb-empty" ?hidden=${empty === undefined}>${empty}</p>
      ${list}
    </div>
    ${detail}`;
