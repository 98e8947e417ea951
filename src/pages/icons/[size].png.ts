/** The course's mark on its paper, for home screens; whole within the circle that some cut out. */
import type { APIRoute } from 'astro';
import sharp from 'sharp';

export const getStaticPaths = () =>
  [180, 192, 512].map((size) => ({ params: { size: String(size) } }));

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect width="64" height="64" fill="#fbfaf8"/>
<g transform="translate(8 8) scale(1.5)"><path d="M3 16h26" stroke="#1d1c1a" stroke-width="2"/>
<circle cx="6" cy="16" r="5" fill="#c73d72"/><rect x="11.5" y="11.5" width="9" height="9" fill="#5363d4"/>
<rect x="21.8" y="11.8" width="8.4" height="8.4" transform="rotate(45 26 16)" fill="#008a95"/></g></svg>`;

export const GET: APIRoute = async ({ params }) => {
  const size = Number(params['size']);
  const picture = sharp(Buffer.from(mark), { density: (72 * size) / 64 }).resize(size, size);
  const png = await picture.png({ palette: true }).toBuffer();
  return new Response(new Uint8Array(png), { headers: { 'Content-Type': 'image/png' } });
};
