import type { FromDevice } from '../device/messages.ts';
import type { FaceModel } from './face.ts';
import { faceTypes } from './face-types.ts';

export type FaceMessage = Extract<FromDevice, { type: 'face' | 'face-value' }>;
export type FaceGroups = Map<string, Map<number, FaceModel>>;
interface Change {
  /** Milliseconds of Unix time. */
  at: number;
  device: string;
  /** begin: the program begins anew, and has no faces yet. */
  message: FaceMessage | { type: 'begin' };
}
/** More are folded into one: what they led to is known, the way to it is not. */
const mostChanges = 4_000;

/** What became of the faces, so that they can be shown as they were. */
export class FaceHistory {
  #changes: Change[] = [];
  readonly #before: FaceGroups = new Map();

  add(change: Change): void {
    this.#changes.push(change);
    if (this.#changes.length <= mostChanges) return;
    const folded = this.#changes.splice(0, mostChanges / 2);
    for (const each of folded) apply(each, this.#before);
  }
  /** As they were at a time. Nobody can use them. */
  at(time: number): FaceGroups {
    const groups: FaceGroups = new Map(
      [...this.#before].map(([device, faces]) => [
        device,
        new Map([...faces].map(([id, face]) => [id, { ...face }])),
      ]),
    );
    for (const change of this.#changes) {
      if (change.at > time) break;
      apply(change, groups);
    }
    return groups;
  }
}

function apply({ device, message }: Change, groups: FaceGroups): void {
  if (message.type === 'begin') return void groups.delete(device);
  const faces = groups.get(device) ?? new Map<number, FaceModel>();
  groups.set(device, faces);
  const known = faces.get(message.id);
  if (message.type === 'face-value') {
    if (known) known.value = faceTypes[known.kind].accept(message.value, known.value);
    return;
  }
  const { kind, name, options } = message;
  if (!known) faces.set(message.id, { kind, name, options, value: undefined, isEnabled: false });
}
