import { type Area, nextArea } from './focus-areas.ts';
import { type Command, commandFor } from './key-bindings.ts';

export interface KeyActions {
  run(): void;
  stop(): void;
  runOne(): void;
  nextDevice(step: 1 | -1): void;
  areas: readonly Area[];
  /** Where Escape leads out of the editor. */
  leaveEditor(): void;
}

/** The workbench's keys, wherever in it the focus is: in the editor too, before the editor has them. */
export function listenToKeys(element: HTMLElement, on: KeyActions): void {
  const handlers: Record<Exclude<Command, 'leave-editor'>, () => void> = {
    run: on.run,
    stop: on.stop,
    'run-one': on.runOne,
    'next-device': () => on.nextDevice(1),
    'previous-device': () => on.nextDevice(-1),
    'next-area': () => nextArea(on.areas, 1)?.focus(),
    'previous-area': () => nextArea(on.areas, -1)?.focus(),
  };
  element.addEventListener(
    'keydown',
    (event) => {
      const command = commandFor(event);
      if (!command || command === 'leave-editor') return;
      event.preventDefault();
      event.stopPropagation();
      handlers[command]();
    },
    true,
  );
  // After the editor: while it has something to close, or words to compose, Escape is its own.
  element.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || commandFor(event) !== 'leave-editor') return;
    const inEditor = event.target instanceof Element && event.target.closest('.wb-editor');
    if (!inEditor) return;
    event.preventDefault();
    on.leaveEditor();
  });
}
