/** A QR code as an SVG, black on white; loaded only for printing. */
import { encode } from 'uqr';

const svg = 'http://www.w3.org/2000/svg';

export function qrCode(text: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const root = document.createElementNS(svg, 'svg');
  root.setAttribute('viewBox', `0 0 ${size} ${size}`);
  root.setAttribute('shape-rendering', 'crispEdges');
  root.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svg, 'path');
  const rows = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  path.setAttribute('d', rows.flat().join(''));
  root.append(path);
  return root;
}
