import { html, live, nothing } from '../ui/view.ts';
import { acceptNumber, type FaceType, withUnit } from './face.ts';

/** A slider that sets the temperature. */
export const thermometer: FaceType = {
  accept: acceptNumber,
  view({ name, options, value, isEnabled }, _words, input) {
    const { min = -10, max = 40, unit } = options;
    const now = typeof value === 'number' ? value : undefined;
    const text = now === undefined ? nothing : withUnit(Math.round(now * 10) / 10, unit);
    return html`<div>
      <input
        type="range"
        class="wb-thermometer"
        min=${min}
        max=${max}
        step=${(max - min) / 500}
        aria-label=${name}
        aria-valuetext=${text}
        .value=${live(String(now ?? (min + max) / 2))}
        ?disabled=${!isEnabled}
        @input=${(event: Event) => input((event.currentTarget as HTMLInputElement).valueAsNumber)}
      />
      <span class="wb-face-value">${text}</span>
    </div>`;
  },
};
