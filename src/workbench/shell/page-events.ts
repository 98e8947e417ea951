/** The DOM events between a workbench and the rest of its page. */
import type { Model } from '../model/model.ts';
import type { Actions } from './actions.ts';

/**
 * - `retained:connect` on the element asks for the room's address: a lesson's own programs
 *   (`<OwnProgram>`) show it.
 * - `retained:room` on the element has it.
 * - `retained:freeze` on the document: a teacher pauses the class (`src/classroom/member/`).
 * - `retained:screen` on the document: what does the learner see? (`own-screen.ts` answers)
 * - `retained:passed` on the document: all checks have become true.
 */
export function connectPageEvents(
  element: HTMLElement,
  exercise: string,
  model: Model,
  actions: Pick<Actions, 'connect' | 'stop'>,
): void {
  const sendRoom = () =>
    element.dispatchEvent(new CustomEvent('retained:room', { detail: model.room }));
  model.on('room', sendRoom);
  element.addEventListener('retained:connect', () => {
    if (model.room) sendRoom();
    else actions.connect();
  });

  document.addEventListener('retained:freeze', () => element.isConnected && actions.stop());

  let hasPassed = false;
  model.on('checks', () => {
    const { passed, all } = model.checkCount;
    const isPassed = all > 0 && passed === all;
    if (isPassed && !hasPassed) {
      document.dispatchEvent(new CustomEvent('retained:passed', { detail: { exercise } }));
    }
    hasPassed = isPassed;
  });
}
