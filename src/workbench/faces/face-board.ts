import type { FaceKind, FaceValue, FromDevice } from '../device/messages.ts';
import type { ExerciseRun } from '../run/exercise-run.ts';
import { Emitter } from '../store/emitter.ts';
import { button } from './button.ts';
import { chart } from './chart.ts';
import { display } from './display.ts';
import type { FaceModel, FaceType } from './face.ts';
import { gauge } from './gauge.ts';
import { lamp } from './lamp.ts';
import { thermometer } from './thermometer.ts';

export const faceTypes: Record<FaceKind, FaceType> = { lamp, button, gauge, chart, display, thermometer }; // prettier-ignore

type FaceMessage = Extract<FromDevice, { type: 'face' | 'face-value' }>;
type Session = Pick<ExerciseRun, 'subscribe' | 'send'>;
type Faces = ReadonlyMap<number, FaceModel>;

/**
 * The faces that the programs of one session have, and their values. Views are told at most once a
 * frame. Faces of a program that has ended keep their last value.
 */
export class FaceBoard {
  readonly #groups = new Map<string, Map<number, FaceModel>>();
  readonly #changes = new Emitter();
  readonly #session: Session;
  #pending: { device: string; id: number; value: FaceValue }[] = [];

  constructor(session: Session) {
    this.#session = session;
    session.subscribe((event) => {
      if (event.type === 'device-message' && isFaceMessage(event.message)) {
        this.#handle(event.device, event.message);
      }
      if (event.type === 'device-state') {
        this.#changeState(event.device, event.state === 'running');
      }
    });
  }

  /** By device, then by the number that the program gave the face. */
  get groups(): ReadonlyMap<string, Faces> {
    this.#applyPending();
    return this.#groups;
  }
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }
  /** A person moved or pressed a face. */
  input(device: string, id: number, value: number): void {
    const face = this.groups.get(device)?.get(id);
    if (!face) return;
    face.value = value;
    this.#changes.emit();
    this.#session.send(device, { type: 'input', face: id, value });
  }

  #applyPending(): void {
    for (const { device, id, value } of this.#pending) {
      const face = this.#groups.get(device)?.get(id);
      if (face) face.value = faceTypes[face.kind].accept(value, face.value);
    }
    this.#pending = [];
  }
  #handle(device: string, message: FaceMessage): void {
    if (message.type === 'face-value') {
      if (this.#pending.length === 0) requestAnimationFrame(() => this.#changes.emit());
      // A page in the background has no frames: it keeps what it can show.
      if (this.#pending.length > 2_000) this.#applyPending();
      this.#pending.push({ device, id: message.id, value: message.value });
      return;
    }
    const faces = this.#groups.get(device) ?? new Map<number, FaceModel>();
    this.#groups.set(device, faces);
    if (faces.has(message.id)) return;
    const { kind, name, options } = message;
    faces.set(message.id, { kind, name, options, value: undefined, isEnabled: true });
    this.#changes.emit();
  }
  /** A program that begins has no faces yet; one that does not run takes no input. */
  #changeState(device: string, isRunning: boolean): void {
    this.#applyPending();
    if (isRunning) this.#groups.delete(device);
    for (const face of this.#groups.get(device)?.values() ?? []) face.isEnabled = false;
    this.#changes.emit();
  }
}

const boards = new WeakMap<Session, FaceBoard>();
/** The one board of a session: every view of it shows the same values. */
export function faceBoardOf(session: Session): FaceBoard {
  const board = boards.get(session) ?? new FaceBoard(session);
  boards.set(session, board);
  return board;
}

const isFaceMessage = (message: FromDevice): message is FaceMessage =>
  message.type === 'face' || message.type === 'face-value';
