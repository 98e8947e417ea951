import { html, nothing } from '../ui/view.ts';
import { acceptNumber, type FaceType, shareOf, withUnit } from './face.ts';

/** Half a circle of radius 20, and its length. */
const arc = 'M4 26a20 20 0 0 1 40 0';
const length = Math.PI * 20;

/** A dial between two limits. */
export const gauge: FaceType = {
  accept: acceptNumber,
  view({ name, options, value }) {
    const { min = 0, max = 100, unit } = options;
    const now = typeof value === 'number' ? value : undefined;
    const share = now === undefined ? 0 : shareOf(now, min, max);
    const text = now === undefined ? undefined : withUnit(now, unit);
    return html`<div>
      <svg viewBox="0 0 48 30" class="wb-face-picture" aria-hidden="true">
        <path d=${arc} fill="none" class="wb-gauge-scale"></path>
        <path
          d=${arc}
          fill="none"
          class="wb-gauge-hand"
          stroke-dasharray="${share * length} ${length}"
        ></path>
      </svg>
      <span class="wb-face-value">${text ?? '–'}</span>
      <span
        class="wb-spoken"
        role="meter"
        aria-label=${name}
        aria-valuemin=${min}
        aria-valuemax=${max}
        aria-valuenow=${now ?? nothing}
        aria-valuetext=${text ?? nothing}
      ></span>
    </div>`;
  },
};
