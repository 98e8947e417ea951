import { html } from '../ui/view.ts';
import type { FaceType } from './face.ts';

/** A push button; its value is how often it was pressed. */
export const button: FaceType = {
  accept: (_sent, before) => before,
  view({ name, value, isEnabled }, _words, input) {
    const presses = typeof value === 'number' ? value : 0;
    // Not `disabled`: the focus would be lost with each end of a program.
    return html`<div>
      <button
        type="button"
        class="wb-button wb-face-button"
        aria-disabled=${!isEnabled}
        @click=${() => isEnabled && input(presses + 1)}
      >
        ${name}
      </button>
    </div>`;
  },
};
