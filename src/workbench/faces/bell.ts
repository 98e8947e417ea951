import { html, keyed, nothing } from '../ui/view.ts';
import { acceptNumber, type FaceType } from './face.ts';
import { bellPicture } from './pictures.ts';

/** A bell; its value is how often it rang. */
export const bell: FaceType = {
  accept: acceptNumber,
  view({ value }, words) {
    const count = typeof value === 'number' ? value : 0;
    return html`<div data-beat=${count > 0 ? count : nothing}>
      ${keyed(count, bellPicture())}
      <span class="wb-face-value" role="status">${words('workbench.face.rung', { count })}</span>
    </div>`;
  },
};
