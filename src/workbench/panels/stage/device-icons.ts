import type { DeviceKind } from '../../stage/device-kind.ts';
import { html, type TemplateResult } from '../../ui/view.ts';

/** 32 × 32, one line of one width, drawn in the client's colour. The client's name stands beside. */
const paths: Record<DeviceKind, string> = {
  phone: 'M11 3.5h10a2 2 0 0 1 2 2v21a2 2 0 0 1-2 2H11a2 2 0 0 1-2-2v-21a2 2 0 0 1 2-2zM9 23h14M15 25.8h2M14 6h4',
  bell: 'M16 4.5v2M8 22c1.8-2 2.2-4 2.2-7.5a5.8 5.8 0 0 1 11.6 0C21.800 18 22.200 20 24 22zM13.500 25a2.600 2.600 0 0 0 5 0M5 9.500c.600-2 1.500-3.400 2.800-4.600M27 9.500c-.600-2-1.500-3.400-2.800-4.600',
  lamp: 'M12.500 21.500c0-2.800-3.800-4.200-3.800-9a7.300 7.300 0 0 1 14.600 0c0 4.800-3.800 6.200-3.800 9zM12.800 25h6.400M14 28h4M13.500 13l2.500 2 2.500-2M16 15v6.500',
  door: 'M8 28.500v-23a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v23M5 28.500h22M19.800 16.500v1.500M12 8h8v5.500h-8z',
  thermometer: 'M13 19.500V7a3 3 0 0 1 6 0v12.500a5.300 5.300 0 1 1-6 0zM16 12v11M22.500 7h3.500M22.500 11h2.500M22.500 15h3.500',
  gauge: 'M5 22.500a11 11 0 1 1 22 0zM16 22.500l4.500-7M8.500 20h1.500M16 12.500V14M22 20h1.500',
  oven: 'M6 5.500a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v21a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2zM6 11h20M10 7.300h.1M14 7.300h.1M20 7.300h2.500M10 15h12v9H10zM13 21.500l2-3M17 21.500l2-3',
  till: 'M8 14.500h16l3 8v5a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-5zM5 22.500h22M12 14.500v-4M8.500 4.500h10v6h-10zM11.500 18.300h1M15.500 18.300h1M19.500 18.300h1M14.500 25.500h3',
  screen: 'M5.500 5.500h21a2 2 0 0 1 2 2v13a2 2 0 0 1-2 2h-21a2 2 0 0 1-2-2v-13a2 2 0 0 1 2-2zM16 22.500v5M10.500 27.500h11M8.500 17.500l4-4.500 3.500 2.500 6.500-6',
  house: 'M4.500 15.500 16 5l11.500 10.500M7.500 13v15h17V13M13 28v-8h6v8',
  terminal: 'M5.500 5.500h21a2 2 0 0 1 2 2v17a2 2 0 0 1-2 2h-21a2 2 0 0 1-2-2v-17a2 2 0 0 1 2-2zM8.500 12l4 4-4 4M15.500 20.500h7',
  python: 'M9.500 4.500h13a2 2 0 0 1 2 2v19a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-19a2 2 0 0 1 2-2zM13.500 10l-2.500 3 2.500 3M18.500 10l2.500 3-2.500 3M12 21.500c2.500-2 4.500 2 8 0',
  laptop: 'M8 6.500h16a1.500 1.500 0 0 1 1.500 1.500v12.500h-19V8A1.500 1.500 0 0 1 8 6.500zM3.500 24.500l3-4h19l3 4a1 1 0 0 1-1 1.500h-23a1 1 0 0 1-1-1.500zM14 23.300h4',
  chip: 'M9.500 8h13A1.500 1.500 0 0 1 24 9.500v13a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 8 22.500v-13A1.500 1.500 0 0 1 9.500 8zM13 13h6v6h-6zM12.500 8V4.500M19.500 8V4.500M12.500 27.500V24M19.500 27.500V24M8 12.500H4.500M8 19.500H4.500M27.500 12.500H24M27.500 19.500H24',
}; // prettier-ignore

export const deviceIcon = (kind: DeviceKind): TemplateResult =>
  html`<svg viewBox="0 0 32 32" class="wb-stage-icon" data-kind=${kind} aria-hidden="true">
    <path d=${paths[kind]}></path>
  </svg>`;

const plug = 'M2 8h4M6 5v6h2.500a3 3 0 0 0 3-3 3 3 0 0 0-3-3zM11.500 8H14';
/** A plug in its socket, or beside it. */
export const plugIcon = (isOut: boolean): TemplateResult =>
  html`<svg viewBox="0 0 16 16" class="wb-icon" aria-hidden="true">
    <path d=${isOut ? 'M1 8h2.500M3.500 5v6H6a3 3 0 0 0 0-6zM12 4.500v7M12 8h3' : plug}></path>
  </svg>`;
