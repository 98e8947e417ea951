import { html, nothing } from '../ui/view.ts';
import type { FaceType } from './face.ts';

/** A few lines of text. */
export const display: FaceType = {
  accept: (sent) => String(sent),
  view: ({ value }) =>
    html`<div><output class="wb-display-text">${value ?? nothing}</output></div>`,
};
