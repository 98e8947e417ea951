import { html, type TemplateResult } from './view.ts';

/** The workbench's few icons, 16 × 16, drawn in the text's colour; never without a text. */
const paths = {
  run: 'M4.5 2.8v10.4L13 8z',
  stop: 'M4 4h8v8H4z',
  pause: 'M4.500 3.500h2.500v9H4.500zM9 3.500h2.500v9H9z',
  reset: 'M3.2 8a4.8 4.8 0 1 0 1.6-3.6M3 2.5v2.8h2.8',
  true: 'M3 8.4 6.4 12 13 4.6',
  down: 'M8 3v9M4.4 8.6 8 12.2l3.6-3.6',
  close: 'm4 4 8 8m0-8-8 8',
  options:
    'M2 4.500h6.500M12.500 4.500H14M2 11.500h1.500M7.500 11.500H14M8.500 4.500a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3.500 11.500a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  right: 'M2 8h11M9.5 4.5 13 8l-3.5 3.5',
  beside: 'M2 3h12v10H2zM8.500 3v10M11.200 6.200v3.600',
  window: 'M2 4.500h9v8.500H2zM6 4.500V2.500h8v7.500h-3',
  large: 'M9.500 2.500h4v4M13.500 2.500 9.200 6.800M6.500 13.500h-4v-4M2.500 13.500l4.300-4.300',
  left: 'M14 8H3M6.5 4.5 3 8l3.5 3.5',
} as const;
const filled = new Set<keyof typeof paths>(['run', 'stop', 'pause']);

export type IconName = keyof typeof paths;

export function icon(name: IconName): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `wb-icon ${filled.has(name) ? 'wb-icon-filled' : ''}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/** The icon for a template. */
export const iconView = (name: IconName): TemplateResult =>
  html`<svg
    viewBox="0 0 16 16"
    class="wb-icon ${filled.has(name) ? 'wb-icon-filled' : ''}"
    aria-hidden="true"
  >
    <path d=${paths[name]}></path>
  </svg>`;
