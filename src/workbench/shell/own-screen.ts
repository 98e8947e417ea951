/** What a teacher sees who looks over the learner's shoulder: `src/classroom/member/screen-sender.ts` asks. */
import type { ScreenPart } from '../../../sandbox/protocol/class-screen.ts';
import type { Model } from '../model/model.ts';
import type { EditedPrograms } from '../run/programs.ts';

/** `retained:screen` on the document: each workbench of the page gives its element, and how to read it. */
export interface ScreenRequest {
  take(element: HTMLElement, read: () => ScreenPart): void;
}

/** Returns how to stop. */
export function answerScreens(
  element: HTMLElement,
  {
    exercise,
    model,
    programs,
  }: { exercise: string; model: Model; programs: Pick<EditedPrograms, 'files'> },
): () => void {
  const read = (): ScreenPart => {
    const { checks, file, record, room, roomPlace, session } = model;
    return {
      ...{ exercise, file, place: roomPlace, phase: session.phase, files: programs.files },
      room: roomPlace === 'server' ? (room?.code ?? null) : null,
      lines: record.lines.map(({ device, level, text }) => ({ device, level, text })),
      checks: checks.map(({ id, state }) => ({ id, state })),
    };
  };
  const answer = (event: Event): void =>
    (event as CustomEvent<ScreenRequest>).detail.take(element, read);
  document.addEventListener('retained:screen', answer);
  return () => document.removeEventListener('retained:screen', answer);
}
