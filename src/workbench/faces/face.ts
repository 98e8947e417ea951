import type { FaceKind, FaceOptions, FaceValue } from '../device/messages.ts';
import type { Words } from '../i18n/words.ts';

/** A face as the page knows it: validated and bounded by the device's guard. */
export interface FaceInfo {
  kind: FaceKind;
  name: string;
  options: FaceOptions;
}
export interface Face {
  element: HTMLElement;
  /** Shows a value; one of a type that the kind has no use for changes nothing. */
  show(value: FaceValue): void;
  /** What a person does has an effect only while the program runs. */
  enable(on: boolean): void;
}
export type MakeFace = (info: FaceInfo, words: Words, input: (value: number) => void) => Face;

/** SVG elements, as `h` makes those of HTML. */
export function svg(
  tag: string,
  attributes: Record<string, string | number>,
  ...children: SVGElement[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  element.append(...children);
  return element;
}

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

/** Where a value stands between two others, 0 … 1. */
export function shareOf(value: number, min: number, max: number): number {
  return Math.min(1, Math.max(0, (value - min) / (max - min)));
}
