import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { Docks } from './docks.ts';
import { type PanelLayout, shownLayout, toggle } from './panel-layout.ts';

/** Which panels are in sight, and where: among the tabs, in the second dock, the output beside them. */
export class Arrangement {
  layout: PanelLayout;
  /** There is room for the output beside the panels: it is no tab. */
  hasRoom = true;
  /** In front until the learner chooses a tab or runs again. */
  #peeked: PanelName | undefined;
  #hasChosen = false;
  readonly #docks: Pick<Docks, 'beside'>;
  readonly #mayBeApart: boolean;

  /** @param mayBeApart the output may stand beside the panels, where there is room */
  constructor(layout: PanelLayout, docks: Pick<Docks, 'beside'>, mayBeApart = true) {
    this.layout = layout;
    this.#mayBeApart = mayBeApart;
    this.#docks = docks;
  }

  /** What the learner wants. */
  choose(layout: PanelLayout): void {
    this.layout = layout;
    this.#peeked = undefined;
    this.#hasChosen = true;
  }
  /**
   * Brings an open tab to the front; undefined: a run begins. A learner who has chosen a tab since then
   * keeps it: a program may fail seconds later, while they work in another panel.
   */
  peek(name: PanelName | undefined): void {
    if (name === undefined) this.#hasChosen = false;
    this.#peeked = this.#hasChosen ? undefined : name;
  }

  /** In the second dock, if another tab is left for the first. */
  get beside(): PanelName | undefined {
    const { beside } = this.#docks;
    return shownLayout(this.layout, false, beside).open.length > 0 ? beside : undefined;
  }
  /** Beside two docks there is no room for the output. */
  get outputIsApart(): boolean {
    return this.#mayBeApart && this.hasRoom && this.beside === undefined;
  }
  /** The tabs, and the one in front. */
  get tabs(): PanelLayout {
    const { open, front } = shownLayout(this.layout, this.outputIsApart, this.beside);
    // What stood in front went to the other dock: the output is not what comes instead.
    const isGone = this.layout.front === this.beside;
    const next = isGone ? (open.find((name) => name !== 'output') ?? front) : front;
    return { open, front: open.find((name) => name === this.#peeked) ?? next };
  }
  get inSight(): PanelName[] {
    return [this.tabs.front, this.beside].filter((name) => name !== undefined);
  }
  /** The layout with this panel in front, opened if it has no tab. */
  withFront(name: PanelName, offered: readonly PanelName[]): PanelLayout {
    const isOpen = this.layout.open.includes(name);
    return {
      open: isOpen ? this.layout.open : toggle(this.layout, offered, name).open,
      front: name,
    };
  }
}
