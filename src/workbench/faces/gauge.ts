import { h, setText } from '../ui/dom.ts';
import { type MakeFace, shareOf, svg, withUnit } from './face.ts';

/** Half a circle of radius 20 is this long. */
const length = Math.PI * 20;

export const makeGauge: MakeFace = ({ name, options }) => {
  const { min = 0, max = 100, unit } = options;
  const arc = { d: 'M4 26a20 20 0 0 1 40 0', fill: 'none' };
  const hand = svg('path', {
    ...arc,
    class: 'wb-gauge-hand',
    'stroke-dasharray': `0 ${length}`,
  });
  const picture = svg(
    'svg',
    { viewBox: '0 0 48 30', class: 'wb-face-picture', 'aria-hidden': 'true' },
    svg('path', { ...arc, class: 'wb-gauge-scale' }),
    hand,
  );
  const text = h('span', { class: 'wb-face-value' }, '–');
  const meter = h('span', {
    class: 'wb-spoken',
    role: 'meter',
    'aria-label': name,
    'aria-valuemin': min,
    'aria-valuemax': max,
  });
  return {
    element: h('div', {}, picture as unknown as HTMLElement, text, meter),
    show(value) {
      if (typeof value !== 'number') return;
      hand.setAttribute('stroke-dasharray', `${shareOf(value, min, max) * length} ${length}`);
      setText(text, withUnit(value, unit));
      meter.setAttribute('aria-valuenow', String(value));
      meter.setAttribute('aria-valuetext', withUnit(value, unit));
    },
    enable() {},
  };
};
