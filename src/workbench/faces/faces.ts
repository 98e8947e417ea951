import type { FaceKind, FaceValue, FromDevice } from '../device/messages.ts';
import { h } from '../ui/dom.ts';
import type { Words } from '../i18n/words.ts';
import type { RunSession } from '../run/session.ts';
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

type FaceMessage = Extract<FromDevice, { type: 'face' | 'face-value' }>;

/**
 * The faces that programs have on the page, by device. Draws values at most once a frame. Faces of a
 * program that has ended keep their last value.
 */
export function createFaces(
  words: Words,
  session: Pick<RunSession, 'subscribe' | 'send'>,
): HTMLElement {
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

  function handle(device: string, message: FaceMessage): void {
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
      session.send(device, { type: 'input', face: message.id, value }),
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
  }
  /** A program begins: it has no faces yet. */
  function clear(device: string): void {
    draw();
    groups.get(device)?.element.remove();
    groups.delete(device);
    element.hidden = groups.size === 0;
  }

  session.subscribe((event) => {
    if (event.type === 'device-message' && isFaceMessage(event.message)) {
      handle(event.device, event.message);
    }
    if (event.type !== 'device-state') return;
    if (event.state === 'running') return clear(event.device);
    for (const face of groups.get(event.device)?.faces.values() ?? []) face.enable(false);
  });
  return element;
}

const isFaceMessage = (message: FromDevice): message is FaceMessage =>
  message.type === 'face' || message.type === 'face-value';
