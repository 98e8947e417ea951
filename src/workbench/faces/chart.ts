import { h, setText } from '../ui/dom.ts';
import { type MakeFace, shortNumber, svg, withUnit } from './face.ts';

/** Points that fit the picture. */
export const chartPoints = 120;

export const makeChart: MakeFace = ({ options }) => {
  let points: number[] = [];
  const line = svg('polyline', { class: 'wb-chart-line', fill: 'none' });
  const picture = svg(
    'svg',
    {
      viewBox: '0 0 120 44',
      preserveAspectRatio: 'none',
      class: 'wb-face-picture wb-chart-picture',
      'aria-hidden': 'true',
    },
    line,
  );
  const text = h('span', { class: 'wb-face-value' }, '–');
  const scale = h('span', { class: 'wb-chart-scale', 'aria-hidden': 'true' });
  return {
    element: h('div', {}, picture as unknown as HTMLElement, scale, text),
    show(value) {
      const fresh = Array.isArray(value) ? value : typeof value === 'number' ? [value] : [];
      const last = fresh.at(-1);
      if (last === undefined) return;
      points = [...points, ...fresh].slice(-chartPoints);
      line.setAttribute('points', polyline(points, 120, 44));
      setText(text, withUnit(last, options.unit));
      const [low, high] = [Math.min(...points), Math.max(...points)];
      setText(scale, low === high ? '' : `${shortNumber(low)} … ${shortNumber(high)}`);
    },
    enable() {},
  };
};

/** The points of a line that fills the box but for a margin; one value alone lies in the middle. */
export function polyline(points: readonly number[], width: number, height: number): string {
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const span = high - low;
  const step = width / Math.max(1, points.length - 1);
  return points
    .map((value, i) => {
      const share = span > 0 ? (value - low) / span : 0.5;
      return `${round(i * step)},${round(2 + (1 - share) * (height - 4))}`;
    })
    .join(' ');
}

const round = (value: number) => Math.round(value * 10) / 10;
