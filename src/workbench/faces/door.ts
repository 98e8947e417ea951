import { html } from '../ui/view.ts';
import { acceptNumber, type FaceType } from './face.ts';
import { doorPicture } from './pictures.ts';

/** A door; its value is 1 if it is open. */
export const door: FaceType = {
  accept: acceptNumber,
  view({ value }, words) {
    const isOpen = typeof value === 'number' && value > 0;
    return html`<div ?data-open=${isOpen}>
      ${doorPicture()}
      <span class="wb-face-value" role="status"
        >${words(`workbench.face.${isOpen ? 'open' : 'closed'}`)}</span
      >
    </div>`;
  },
};
