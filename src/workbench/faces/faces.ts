import type { FaceKind, FaceValue, FromDevice } from '../device/messages.ts';
import { h } from '../ui/dom.ts';
import type { Words } from '../i18n/words.ts';
import { makeButton } from './button.ts';
import { makeChart } from './chart.ts';
import { makeDisplay } from './display.ts';
import type { Face, MakeFace } from './face.ts';
import { makeGauge } from './gauge.ts';
import { makeLamp } from './lamp.ts';
import { makeThermometer } from './thermometer.ts';

const makers: Record<FaceKind, MakeFace> = {
  lamp: makeLamp,
  button: makeButton,
  gauge: makeGauge,
  chart: makeChart,
  display: makeDisplay,
  thermometer: makeThermometer,
};
/** A button's name stands on it. */
const namesItself: ReadonlySet<FaceKind> = new Set<FaceKind>(['button']);

export type FaceMessage = Extract<FromDevice, { type: 'face' | 'face-value' }>;

/**
 * The things that programs have on the page, by device. Draws at most once a frame; what a program
 * sent when it is gone stays as it last was.
 */
export function createFaces(
  words: Words,
  onInput: (device: string, face: number, value: number) => void,
) {
  const groups = new Map<string, { element: HTMLElement; faces: Map<number, Face> }>();
  const element = h('section', {
    role: 'group',
    class: 'wb-faces',
    'aria-label': words('workbench.faces'),
    hidden: true,
  });
  let pending: { device: string; id: number; value: FaceValue }[] = [];

  function groupOf(device: string) {
    let group = groups.get(device);
    if (!group) {
      group = {
        element: h('div', { class: 'wb-face-group', role: 'group', 'aria-label': device }),
        faces: new Map(),
      };
      groups.set(device, group);
      element.append(group.element);
    }
    return group;
  }

  function draw(): void {
    const values = pending;
    pending = [];
    for (const { device, id, value } of values) groups.get(device)?.faces.get(id)?.show(value);
  }

  return {
    element,
    hear(device: string, message: FaceMessage): void {
      if (message.type === 'face-value') {
        if (pending.length === 0) requestAnimationFrame(draw);
        // A page in the background has no frames: it keeps what it can show.
        if (pending.length > 2_000) draw();
        pending.push({ device, id: message.id, value: message.value });
        return;
      }
      const { faces, element: group } = groupOf(device);
      if (faces.has(message.id)) return;
      const face = makers[message.kind](message, words, (value) =>
        onInput(device, message.id, value),
      );
      faces.set(message.id, face);
      group.append(
        h(
          'div',
          {
            class: 'wb-face',
            'data-kind': message.kind,
            role: 'group',
            'aria-label': message.name,
          },
          face.element,
          !namesItself.has(message.kind) && h('span', { class: 'wb-face-name' }, message.name),
        ),
      );
      element.hidden = false;
    },
    /** A program begins: it has no faces yet. */
    clear(device: string): void {
      draw();
      groups.get(device)?.element.remove();
      groups.delete(device);
      element.hidden = groups.size === 0;
    },
    enable(device: string, on: boolean): void {
      for (const face of groups.get(device)?.faces.values() ?? []) face.enable(on);
    },
  };
}
