import { bellPicture, doorPicture, lampPicture } from '../../faces/pictures.ts';
import type { DeviceKind } from '../../stage/device-kind.ts';
import { html, svg, type TemplateResult } from '../../ui/view.ts';

type Drawing = TemplateResult;
const body = (d: string): Drawing => svg`<path class="wb-thing-body" d=${d}></path>`;
const glass = (d: string): Drawing => svg`<path class="wb-thing-glass" d=${d}></path>`;
const lines = (d: string): Drawing => svg`<path class="wb-thing-line" d=${d}></path>`;
/** The part that moves, or lights, when a message comes or goes. */
const part = (d: string): Drawing => svg`<path class="wb-thing-part" d=${d}></path>`;

/** What lies below comes first. A lamp, a door and a bell are drawn as on a program's face. */
const drawings: Record<Exclude<DeviceKind, 'lamp' | 'door' | 'bell'>, () => Drawing[]> = {
  phone: () => [
    body('M17 3h14a4 4 0 0 1 4 4v34a4 4 0 0 1-4 4H17a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z'),
    glass('M16.500 9.500h15v27h-15z'),
    part('M19.500 14.500h9v7.500h-4.500L21 25v-3h-1.500z'),
    lines('M22 41h4'),
  ],
  thermometer: () => [
    body('M17.500 28V9a5 5 0 0 1 10 0v19a9.500 9.500 0 1 1-10 0z'),
    svg`<path class="wb-thing-mercury" d="M22.500 17v18"></path>`,
    svg`<circle class="wb-thing-dot" cx="22.500" cy="36" r="5.500"></circle>`,
    lines('M33.500 9.500h5.500M33.500 16h3.500M33.500 22.500h5.500'),
  ],
  gauge: () => [
    body('M5 37a19 19 0 0 1 38 0z'),
    lines('M10.500 34.500h2M24 22v2M37.500 34.500h-2M13.500 25l1.500 1.500M34.500 25 33 26.500'),
    svg`<path class="wb-thing-needle" d="M24 37l7-11"></path>`,
    svg`<circle class="wb-thing-dot" cx="24" cy="37" r="2.500"></circle>`,
  ],
  oven: () => [
    body('M11 4h26a3 3 0 0 1 3 3v34a3 3 0 0 1-3 3H11a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z'),
    glass('M14 20h20v17H14z'),
    lines('M8 14h32M14 9h.1M20 9h.1M30 9h4.500'),
    part('M19 33v-4M24 33v-7M29 33v-4'),
  ],
  till: () => [
    body('M13 21h22l5 13v8a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2v-8z'),
    glass('M12 5h16v10H12z'),
    lines('M20 15v6M8 34h32M17 26h.1M24 26h.1M31 26h.1'),
    part('M19 39h10'),
  ],
  screen: () => [
    body('M7 6h34a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3z'),
    glass('M9 11h30v18H9z'),
    part('M13 25l6-6 5 4 10-9'),
    lines('M24 34v8M15 42.500h18'),
  ],
  house: () => [
    body('M9 21v23h30V21'),
    body('M4.500 24 24 6l19.500 18z'),
    glass('M20 44V32h8v12z'),
    part('M21.500 17h5v5h-5z'),
  ],
  terminal: () => [
    body('M8 7h32a3 3 0 0 1 3 3v28a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3V10a3 3 0 0 1 3-3z'),
    lines('M11.500 17.500l6.500 6-6.500 6'),
    part('M22 30h10'),
  ],
  python: () => [
    body('M12 6h24a3 3 0 0 1 3 3v30a3 3 0 0 1-3 3H12a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3z'),
    lines('M19.500 13l-4.500 5.500 4.500 5.500M28.500 13l4.500 5.500-4.500 5.500'),
    part('M16 33c4-4.500 7 3.500 11 0 2-1.800 3.500-1.500 5 0'),
  ],
  laptop: () => [
    body('M11 8h26a2 2 0 0 1 2 2v21H9V10a2 2 0 0 1 2-2z'),
    glass('M13 12h22v15H13z'),
    part('M18 19.500h12'),
    body('M9 31h30l5 8a1.500 1.500 0 0 1-1.500 2h-37A1.500 1.500 0 0 1 4 39z'),
  ],
  chip: () => [
    lines('M18 11V5M30 11V5M18 43v-6M30 43v-6M11 18H5M11 30H5M43 18h-6M43 30h-6'),
    body('M13.500 11h21a2.500 2.500 0 0 1 2.500 2.500v21a2.500 2.500 0 0 1-2.500 2.500h-21a2.500 2.500 0 0 1-2.500-2.500v-21a2.500 2.500 0 0 1 2.500-2.500z'),
    part('M19 19h10v10H19z'),
  ],
  cloud: () => [
    body('M14 38a9.500 9.500 0 0 1-1.500-18.900A12 12 0 0 1 35.500 17.500 10.300 10.300 0 0 1 35 38z'),
    part('M19 24h10v8H19z'),
    lines('M22 28h4'),
  ],
}; // prettier-ignore

const shared = { lamp: lampPicture, door: doorPicture, bell: bellPicture };

/** The thing that a client is, in the client's colour. Its name stands beside it. */
export function devicePicture(kind: DeviceKind): TemplateResult {
  if (kind === 'lamp' || kind === 'door' || kind === 'bell') return shared[kind]();
  return html`<svg viewBox="0 0 48 48" class="wb-thing" data-kind=${kind} aria-hidden="true">
    ${drawings[kind]()}
  </svg>`;
}

const plug = 'M2 8h4M6 5v6h2.500a3 3 0 0 0 3-3 3 3 0 0 0-3-3zM11.500 8H14';
/** A plug in its socket, or beside it. */
export const plugIcon = (isOut: boolean): TemplateResult =>
  html`<svg viewBox="0 0 16 16" class="wb-icon" aria-hidden="true">
    <path d=${isOut ? 'M1 8h2.500M3.500 5v6H6a3 3 0 0 0 0-6zM12 4.500v7M12 8h3' : plug}></path>
  </svg>`;

/** A message that was received: as the packet that it came in, or as what was ordered. */
export const token = (what: 'message' | 'pizza'): TemplateResult =>
  what === 'pizza'
    ? html`<svg viewBox="0 0 16 16" class="wb-token" data-what="pizza">
        <circle cx="8" cy="8" r="7"></circle>
        <path d="M5 5.500h.1M10 4.800h.1M8 8.800h.1M4.800 10.300h.1M11 10.500h.1"></path>
      </svg>`
    : html`<i class="wb-token"></i>`;
