import type { FaceKind, FaceOptions, FaceValue } from '../device/messages.ts';
import type { Words } from '../i18n/words.ts';
import type { TemplateResult } from '../ui/view.ts';

/** A face as the page knows it: validated and bounded by the device's guard. */
export interface FaceInfo {
  kind: FaceKind;
  name: string;
  options: FaceOptions;
}
export interface FaceModel extends FaceInfo {
  /** Undefined until the program, or a person, has given one. */
  value: FaceValue | undefined;
  /** A person's input has an effect only while the program runs. */
  isEnabled: boolean;
}
export interface FaceType {
  /** The value to show after the program sent one; a value of another type changes nothing. */
  accept(sent: FaceValue, before: FaceValue | undefined): FaceValue | undefined;
  view(face: FaceModel, words: Words, input: (value: number) => void): TemplateResult;
}

export const acceptNumber: FaceType['accept'] = (sent, before) =>
  typeof sent === 'number' ? sent : before;

/** As short as a dial can show it: at most four digits that matter. */
export function shortNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  return String(Number(value.toPrecision(4)));
}

export function withUnit(value: number, unit = ''): string {
  // °C stands apart from its number, % does not in either of the course's languages' figures.
  return unit === '' || unit === '%'
    ? `${shortNumber(value)}${unit}`
    : `${shortNumber(value)} ${unit}`;
}

/** The position of a value between two others, 0 … 1. */
export function shareOf(value: number, min: number, max: number): number {
  return Math.min(1, Math.max(0, (value - min) / (max - min)));
}
