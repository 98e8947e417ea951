import { html } from '../ui/view.ts';
import { acceptNumber, type FaceType } from './face.ts';
import { lampPicture } from './pictures.ts';

/** A lamp; its value is its brightness, 0 … 1. */
export const lamp: FaceType = {
  accept: acceptNumber,
  view({ value }, words) {
    const brightness = typeof value === 'number' ? Math.min(1, Math.max(0, value)) : 0;
    const percent = Math.round(brightness * 100);
    const word = { 0: 'off', 100: 'on' }[percent];
    return html`<div .style=${`--wb-light:${brightness}`}>
      ${lampPicture()}
      <span class="wb-face-value" role="status"
        >${word ? words(`workbench.face.${word}`) : `${percent} %`}</span
      >
    </div>`;
  },
};
