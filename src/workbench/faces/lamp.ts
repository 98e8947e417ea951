import { html } from '../ui/view.ts';
import { acceptNumber, type FaceType } from './face.ts';

/** A lamp; its value is its brightness, 0 … 1. */
export const lamp: FaceType = {
  accept: acceptNumber,
  view({ value }, words) {
    const brightness = typeof value === 'number' ? Math.min(1, Math.max(0, value)) : 0;
    const percent = Math.round(brightness * 100);
    const word = { 0: 'off', 100: 'on' }[percent];
    return html`<div .style=${`--wb-light:${brightness}`}>
      <svg viewBox="0 0 48 48" class="wb-face-picture" aria-hidden="true">
        <circle class="wb-lamp-light" cx="24" cy="20" r="13"></circle>
        <path class="wb-lamp-foot" d="M18 36h12M19.5 40h9M21 44h6"></path>
      </svg>
      <span class="wb-face-value" role="status"
        >${word ? words(`workbench.face.${word}`) : `${percent} %`}</span
      >
    </div>`;
  },
};
