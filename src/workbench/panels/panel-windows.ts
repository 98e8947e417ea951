import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import { openPanelWindow, type PanelWindow } from './panel-window.ts';

/** The panels that are in a window of their own. */
export class PanelWindows {
  readonly #open = new Map<PanelName, PanelWindow>();
  readonly #closed: (name: PanelName) => void;

  /** @param closed called with a panel that is back */
  constructor(closed: (name: PanelName) => void) {
    this.#closed = closed;
  }

  has(name: PanelName): boolean {
    return this.#open.has(name);
  }
  open(name: PanelName, title: string, content: HTMLElement): void {
    const window = openPanelWindow({
      ...{ title, content },
      onClose: () => {
        this.#open.delete(name);
        this.#closed(name);
      },
    });
    if (window) this.#open.set(name, window);
  }
  close(name: PanelName): void {
    this.#open.get(name)?.close();
  }
  dispose(): void {
    for (const one of [...this.#open.values()]) one.close();
  }
}
