import type { PanelName } from '../../../../sandbox/protocol/exercise.ts';
import { wordAreas } from '../../i18n/word-areas.ts';
import { createWords } from '../../i18n/words.ts';
import type { Moment } from '../../time/moment.ts';
import { h } from '../../ui/dom.ts';
import { panelCommandFor } from '../../ui/panel-keys.ts';

/** Panels that always have the time line; others that show a moment have it while that is past. */
const always: readonly PanelName[] = ['stage', 'wire'];
const shown: readonly PanelName[] = [...always, 'output', 'packets', 'broker', 'topics'];

export interface TimePlaceDeps {
  moment: Moment;
  language: 'en' | 'zh-tw';
  /** The workbench's own words. */
  strings: Record<string, string>;
}

/** The place of the time line below the panels. The line is fetched with the first packet of a page. */
export function createTimePlace({ moment, language, strings }: TimePlaceDeps) {
  let inSight: readonly PanelName[] = [];
  let bar: { element: HTMLElement; banner: HTMLElement; dispose(): void } | undefined;
  let isLoading = false;
  const element = h('div', { class: 'wb-time-place', hidden: true });
  const head = h('div', { class: 'wb-capture-place', hidden: true });

  function place(): void {
    const panels = moment.isNow ? always : shown;
    const belongs = inSight.some((name) => panels.includes(name));
    head.hidden = moment.capture === undefined;
    element.hidden = !bar || moment.steps.length === 0 || !belongs;
  }
  async function load(): Promise<void> {
    isLoading = true;
    try {
      const [{ createTimeBar }, words] = await Promise.all([
        import('./time-bar.ts'),
        wordAreas(language, ['time']),
      ]);
      bar = createTimeBar(moment, createWords(strings, words));
      element.append(bar.element);
      head.append(bar.banner);
      place();
    } catch {
      // The next packet tries again.
      isLoading = false;
    }
  }
  const stop = moment.onChange(() => {
    if (!bar && !isLoading && moment.steps.length > 0) void load();
    place();
  });

  return {
    element,
    /** Above the panels: what they show, if it is not the room. */
    head,
    /** Other panels are in front. */
    setInSight(names: readonly PanelName[]): void {
      inSight = names;
      place();
    },
    /** A step back or on, where nobody writes. */
    key(event: KeyboardEvent): void {
      const command = panelCommandFor(event.key);
      const by = command === 'step-back' ? -1 : command === 'step-on' ? 1 : undefined;
      const isWriting = (event.target as Element).closest('input, textarea, [contenteditable]');
      if (!by || isWriting || element.hidden || event.ctrlKey || event.altKey || event.metaKey) return; // prettier-ignore
      event.preventDefault();
      moment.step(by);
    },
    dispose(): void {
      stop();
      bar?.dispose();
    },
  };
}
export type TimePlace = ReturnType<typeof createTimePlace>;
