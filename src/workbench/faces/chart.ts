import { guard, html, nothing, type TemplateResult } from '../ui/view.ts';
import { type FaceType, shortNumber, withUnit } from './face.ts';

/** Points that fit the picture. */
const chartPoints = 120;

/** A line of the last values; its value is these points, oldest first. */
export const chart: FaceType = {
  accept(sent, before) {
    const fresh = Array.isArray(sent) ? sent : typeof sent === 'number' ? [sent] : [];
    if (fresh.length === 0) return before;
    return [...(Array.isArray(before) ? before : []), ...fresh].slice(-chartPoints);
  },
  view({ value, options }) {
    const points = Array.isArray(value) ? value : [];
    return html`${guard([points], () => picture(points, options.unit))}`;
  },
};

function picture(points: readonly number[], unit: string | undefined): TemplateResult {
  const last = points.at(-1);
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const scale = low < high ? `${shortNumber(low)} … ${shortNumber(high)}` : nothing;
  return html`<div>
    <svg
      viewBox="0 0 120 44"
      preserveAspectRatio="none"
      class="wb-face-picture wb-chart-picture"
      aria-hidden="true"
    >
      <polyline
        class="wb-chart-line"
        fill="none"
        points=${points.length > 0 ? polyline(points, 120, 44) : nothing}
      ></polyline>
    </svg>
    <span class="wb-chart-scale" aria-hidden="true">${scale}</span>
    <span class="wb-face-value">${last === undefined ? '–' : withUnit(last, unit)}</span>
  </div>`;
}

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
