import type { FaceKind, FaceValue, FromDevice } from '../device/messages.ts';
import type { Words } from '../i18n/words.ts';
import type { ExerciseRun } from '../run/exercise-run.ts';
import { createView, html, nothing, repeat } from '../ui/view.ts';
import { button } from './button.ts';
import { chart } from './chart.ts';
import { display } from './display.ts';
import type { FaceModel, FaceType } from './face.ts';
import { gauge } from './gauge.ts';
import { lamp } from './lamp.ts';
import { thermometer } from './thermometer.ts';

const types: Record<FaceKind, FaceType> = { lamp, button, gauge, chart, display, thermometer };
/** A button's name is its text. */
const namesItself: ReadonlySet<FaceKind> = new Set<FaceKind>(['button']);

type FaceMessage = Extract<FromDevice, { type: 'face' | 'face-value' }>;

/**
 * The faces that programs have on the page, by device. Draws values at most once a frame. Faces of a
 * program that has ended keep their last value.
 */
export function createFaces(
  words: Words,
  session: Pick<ExerciseRun, 'subscribe' | 'send'>,
): HTMLElement {
  const groups = new Map<string, Map<number, FaceModel>>();
  let pending: { device: string; id: number; value: FaceValue }[] = [];
  const { element, draw } = createView(facesView);

  function applyPending(): void {
    for (const { device, id, value } of pending) {
      const face = groups.get(device)?.get(id);
      if (face) face.value = types[face.kind].accept(value, face.value);
    }
    pending = [];
  }
  function facesView() {
    applyPending();
    return html`<section
      role="group"
      class="wb-faces"
      aria-label=${words('workbench.faces')}
      ?hidden=${groups.size === 0}
    >
      ${repeat(
        groups,
        ([device]) => device,
        ([device, faces]) => groupView(device, faces),
      )}
    </section>`;
  }
  function groupView(device: string, faces: ReadonlyMap<number, FaceModel>) {
    return html`<div class="wb-face-group" role="group" aria-label=${device}>
      ${repeat(
        faces,
        ([id]) => id,
        ([id, face]) => faceView(face, (value) => input(device, id, face, value)),
      )}
    </div>`;
  }
  function faceView(face: FaceModel, act: (value: number) => void) {
    const { kind, name } = face;
    return html`<div class="wb-face" data-kind=${kind} role="group" aria-label=${name}>
      ${types[kind].view(face, words, act)}
      ${namesItself.has(kind) ? nothing : html`<span class="wb-face-name">${name}</span>`}
    </div>`;
  }
  function input(device: string, id: number, face: FaceModel, value: number): void {
    applyPending();
    face.value = value;
    draw();
    session.send(device, { type: 'input', face: id, value });
  }

  function handle(device: string, message: FaceMessage): void {
    if (message.type === 'face-value') {
      if (pending.length === 0) requestAnimationFrame(draw);
      // A page in the background has no frames: it keeps what it can show.
      if (pending.length > 2_000) draw();
      pending.push({ device, id: message.id, value: message.value });
      return;
    }
    const faces = groups.get(device) ?? new Map<number, FaceModel>();
    groups.set(device, faces);
    if (faces.has(message.id)) return;
    const { kind, name, options } = message;
    faces.set(message.id, { kind, name, options, value: undefined, isEnabled: true });
    draw();
  }
  /** A program that begins has no faces yet; one that does not run takes no input. */
  function changeState(device: string, isRunning: boolean): void {
    if (isRunning) groups.delete(device);
    for (const face of groups.get(device)?.values() ?? []) face.isEnabled = false;
    draw();
  }

  session.subscribe((event) => {
    if (event.type === 'device-message' && isFaceMessage(event.message)) {
      handle(event.device, event.message);
    }
    if (event.type === 'device-state') changeState(event.device, event.state === 'running');
  });
  return element;
}

const isFaceMessage = (message: FromDevice): message is FaceMessage =>
  message.type === 'face' || message.type === 'face-value';
