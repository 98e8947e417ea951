import type { FaceKind, FaceOptions, FaceValue, FromDevice } from './messages.ts';

const KINDS: ReadonlySet<unknown> = new Set<FaceKind>([
  'lamp',
  'button',
  'gauge',
  'chart',
  'display',
  'thermometer',
]);
/** So many faces a person can look at; more are left out. */
export const MAX_FACES = 12;
export const MAX_FACE_NAME = 60;
export const MAX_UNIT = 12;
export const MAX_DISPLAY = 300;
/** Points of a chart in one message. */
export const MAX_POINTS = 240;

/** A face as a program describes it, bounded; null where it is none. */
export function readFace(message: Record<string, unknown>): FromDevice | null {
  const { id, kind, name, options } = message;
  if (!isId(id) || !KINDS.has(kind) || typeof name !== 'string') return null;
  const { min, max, unit } = (options ?? {}) as Record<string, unknown>;
  const kept: FaceOptions = {};
  if (isNumber(min) && isNumber(max) && min < max) Object.assign(kept, { min, max });
  if (typeof unit === 'string') kept.unit = unit.slice(0, MAX_UNIT);
  return {
    type: 'face',
    id,
    kind: kind as FaceKind,
    name: name.slice(0, MAX_FACE_NAME),
    options: kept,
  };
}

export function readFaceValue(message: Record<string, unknown>): FromDevice | null {
  const { id, value } = message;
  const read = valueOf(value);
  return isId(id) && read !== null ? { type: 'face-value', id, value: read } : null;
}

function valueOf(value: unknown): FaceValue | null {
  if (typeof value === 'string') return value.slice(0, MAX_DISPLAY);
  if (Array.isArray(value)) return value.slice(-MAX_POINTS).filter(isNumber);
  return isNumber(value) ? value : null;
}

function isId(id: unknown): id is number {
  return Number.isSafeInteger(id) && Number(id) >= 1 && Number(id) <= MAX_FACES;
}
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 1e12;
}
