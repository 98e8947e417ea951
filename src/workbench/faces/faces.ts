import type { FaceKind } from '../device/messages.ts';
import type { Words } from '../i18n/words.ts';
import type { ExerciseRun } from '../run/exercise-run.ts';
import { createView, html, nothing, repeat, type TemplateResult } from '../ui/view.ts';
import { type FaceBoard, faceBoardOf } from './face-board.ts';
import { faceTypes } from './face-types.ts';
import type { FaceModel } from './face.ts';

/** A button's name is its text. */
const namesItself: ReadonlySet<FaceKind> = new Set<FaceKind>(['button']);

/** The faces that programs have on the page, by device. */
export function createFaces(
  words: Words,
  session: Pick<ExerciseRun, 'subscribe' | 'send'>,
): HTMLElement {
  const board = faceBoardOf(session);
  const { element, draw } = createView(
    () =>
      html`<section
        role="group"
        class="wb-faces"
        aria-label=${words('workbench.faces')}
        ?hidden=${board.groups.size === 0}
      >
        ${repeat(
          board.groups.keys(),
          (device) => device,
          (device) => faceGroup(board, device, words),
        )}
      </section>`,
  );
  board.subscribe(draw);
  return element;
}

/** The faces of one device; nothing if it has none. */
export function faceGroup(
  board: Pick<FaceBoard, 'groups' | 'input'>,
  device: string,
  words: Words,
): TemplateResult | typeof nothing {
  const faces = board.groups.get(device);
  if (!faces || faces.size === 0) return nothing;
  return html`<div class="wb-face-group" role="group" translate="no" aria-label=${device}>
    ${repeat(
      faces,
      ([id]) => id,
      ([id, face]) => faceView(face, words, (value) => board.input(device, id, value)),
    )}
  </div>`;
}
function faceView(face: FaceModel, words: Words, input: (value: number) => void) {
  const { kind, name } = face;
  return html`<div class="wb-face" data-kind=${kind} role="group" aria-label=${name}>
    ${faceTypes[kind].view(face, words, input)}
    ${namesItself.has(kind) ? nothing : html`<span class="wb-face-name">${name}</span>`}
  </div>`;
}
