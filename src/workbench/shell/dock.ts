import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { TextStore } from '../store/drafts.ts';
import { createView, html } from '../ui/view.ts';
import { type Activity, clampShare, loadShares, saveShares, shareForKey } from './dock-share.ts';

export interface DockDeps {
  words: Words;
  model: Pick<Model, 'isActive' | 'on'>;
  programs: Pick<EditedPrograms, 'onChange'>;
  store: TextStore;
  /** The element of the editor. */
  code: HTMLElement;
  /** The tabs of the panels. */
  panels: HTMLElement;
  /** Below the panels. */
  foot: HTMLElement;
}

/**
 * The panels at the end of the column, and the divider above them. A run makes the dock high; the
 * editor gets its height back if somebody turns to it.
 */
export function createDock({ words, model, programs, store, code, panels, foot }: DockDeps) {
  let shares = loadShares(store);
  let activity: Activity = 'writing';
  let column: HTMLElement | undefined;
  /** In percent, as it stands on the screen. */
  let measured = 50;
  let wasActive = false;
  const { element, draw } = createView(
    () =>
      html`<div class="wb-dock">
        <div
          class="wb-divider"
          role="separator"
          tabindex="0"
          aria-orientation="horizontal"
          aria-label=${words('workbench.dock.divider')}
          aria-valuemin="0"
          aria-valuemax="100"
          aria-valuenow=${measured}
          @pointerdown=${grab}
          @pointermove=${move}
          @keydown=${press}
          @dblclick=${() => set(undefined)}
        ></div>
        ${panels} ${foot}
      </div>`,
  );

  function place(): void {
    if (!column) return;
    const share = shares[activity];
    column.dataset['activity'] = activity;
    column.toggleAttribute('data-shared', share !== undefined);
    column.style.setProperty('--wb-dock-share', `${share ?? 50}%`);
  }
  function turnTo(next: Activity): void {
    if (activity === next) return;
    activity = next;
    place();
  }
  function set(share: number | undefined): void {
    const { [activity]: _, ...others } = shares;
    shares = share === undefined ? others : { ...others, [activity]: clampShare(share) };
    saveShares(store, shares);
    place();
  }
  function grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  }
  function move(event: PointerEvent): void {
    const divider = event.currentTarget as Element;
    if (!column || !divider.hasPointerCapture(event.pointerId)) return;
    const { bottom, height } = column.getBoundingClientRect();
    set(((bottom - event.clientY) / height) * 100);
  }
  function press(event: KeyboardEvent): void {
    const share = shareForKey(event.key, measured);
    if (share === undefined) return;
    event.preventDefault();
    set(share);
  }

  /** Not under a pointer that is down: what moves then is missed by the click, or selects text. */
  const write = () => turnTo('writing');
  code.addEventListener('focusin', () => !code.matches(':active') && write());
  code.addEventListener('click', write);
  // And back, while a run goes on: Tab leads from the toolbar to a panel through the editor.
  panels.addEventListener('focusin', () => {
    if (model.isActive && !panels.matches(':active')) turnTo('watching');
  });
  const stopChanges = programs.onChange(() => code.contains(document.activeElement) && write());
  const stopSession = model.on('session', () => {
    if (model.isActive && !wasActive) turnTo('watching');
    wasActive = model.isActive;
  });
  const sizes = new ResizeObserver(() => {
    if (!column) return;
    measured = Math.round((element.offsetHeight / Math.max(1, column.clientHeight)) * 100);
    draw();
  });
  sizes.observe(element);

  return {
    element,
    /** @param body the column whose height the dock shares */
    placeIn(body: HTMLElement): void {
      column = body;
      place();
    },
    dispose(): void {
      sizes.disconnect();
      stopChanges?.();
      stopSession();
    },
  };
}
