import { html, type TemplateResult } from '../ui/view.ts';

/**
 * 48 × 48, in the colour of whoever has it: a body that is filled softly, lines, and a part that
 * moves. What the thing does (light, open, a beat) is said by its surroundings: see pictures.css.
 */
export const lampPicture = (): TemplateResult =>
  html`<svg viewBox="0 0 48 48" class="wb-thing" data-kind="lamp" aria-hidden="true">
    <path class="wb-thing-rays" d="M24 1.500v3M8 8l2.200 2.200M40 8l-2.200 2.200M2.500 21h3M42.500 21h3"></path>
    <path class="wb-thing-light" d="M24 8a12 12 0 0 0-7.500 21.400c2 1.700 2.800 3.300 2.800 5.600h9.400c0-2.300.8-3.900 2.800-5.600A12 12 0 0 0 24 8z"></path>
    <path class="wb-thing-line" d="M20.500 22l3.500 3 3.500-3M24 25v9.500M19.500 39.500h9M21.500 44h5"></path>
  </svg>`; // prettier-ignore

export const doorPicture = (): TemplateResult =>
  html`<svg viewBox="0 0 48 48" class="wb-thing" data-kind="door" aria-hidden="true">
    <path class="wb-thing-hole" d="M12 44V5.500h24V44z"></path>
    <path class="wb-thing-line" d="M9.500 44V5a2 2 0 0 1 2-2h25a2 2 0 0 1 2 2v39M4 44h40"></path>
    <g class="wb-thing-leaf">
      <path class="wb-thing-body" d="M12 44V5.500h24V44z"></path>
      <path class="wb-thing-line" d="M17 11h14v9H17zM17 29h14v9H17z"></path>
      <circle class="wb-thing-dot" cx="32.500" cy="25" r="1.700"></circle>
    </g>
  </svg>`; // prettier-ignore

export const bellPicture = (): TemplateResult =>
  html`<svg viewBox="0 0 48 48" class="wb-thing" data-kind="bell" aria-hidden="true">
    <path class="wb-thing-rays" d="M5.500 17c.8-4 2.700-7.200 5.700-9.500M42.500 17c-.8-4-2.700-7.200-5.700-9.500"></path>
    <g class="wb-thing-swing">
      <path class="wb-thing-line" d="M24 4v4.500"></path>
      <path class="wb-thing-dot" d="M19.800 36.500a4.300 4.300 0 0 0 8.400 0z"></path>
      <path class="wb-thing-body" d="M9.500 35.500c3.800-4 5-8.200 5-16.300a9.500 9.500 0 0 1 19 0c0 8.100 1.200 12.300 5 16.300z"></path>
    </g>
  </svg>`; // prettier-ignore
