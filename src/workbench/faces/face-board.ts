import type { FaceValue, FromDevice } from '../device/messages.ts';
import type { ExerciseRun } from '../run/exercise-run.ts';
import { Emitter } from '../store/emitter.ts';
import type { FaceModel } from './face.ts';
import { FaceHistory, type FaceMessage } from './face-history.ts';
import { faceTypes } from './face-types.ts';

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
  readonly #history = new FaceHistory();
  #pending: { device: string; id: number; value: FaceValue }[] = [];

  constructor(session: Session) {
    this.#session = session;
    session.subscribe((event) => {
      if (event.type === 'device-message' && isFaceMessage(event.message)) {
        this.#history.add({ at: Date.now(), device: event.device, message: event.message });
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
  /** The faces as they were at a time, in milliseconds of Unix time; they take no input. */
  at(time: number): Pick<FaceBoard, 'groups' | 'input'> {
    return { groups: this.#history.at(time), input: () => {} };
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
    if (isRunning) {
      this.#history.add({ at: Date.now(), device, message: { type: 'begin' } });
      this.#groups.delete(device);
    }
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
