/** Puts WebP pictures one after the other into one file that moves. */

export interface WebpFrame {
  /** Pixels from the left and the top of the whole picture; even numbers. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Milliseconds that it is shown. */
  ms: number;
  /** A still WebP file, lossy and opaque, as a canvas makes it. */
  file: Uint8Array;
}

/**
 * The file, by the WebP container specification: each frame is drawn over the one before. It runs for
 * ever.
 * @throws Error if a frame's file is no lossy WebP, or its place is odd
 */
export function animatedWebp(
  width: number,
  height: number,
  frames: readonly WebpFrame[],
): Uint8Array {
  const animation = 0x02;
  const canvas = [...uint(animation, 4), ...uint(width - 1, 3), ...uint(height - 1, 3)];
  // A background of no colour, and no last turn.
  const parts = [chunk('VP8X', Uint8Array.from(canvas)), chunk('ANIM', new Uint8Array(6))];
  for (const frame of frames) parts.push(chunk('ANMF', frameBytes(frame)));
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts]);
  return Buffer.concat([Buffer.from('RIFF'), Buffer.from(uint(body.length, 4)), body]);
}

function frameBytes({ x, y, width, height, ms, file }: WebpFrame): Uint8Array {
  if (x % 2 !== 0 || y % 2 !== 0) throw new Error(`a frame at ${x}, ${y}: not even`);
  const noBlend = 0x02;
  const head = [x / 2, y / 2, width - 1, height - 1, Math.round(ms)].flatMap((n) => uint(n, 3));
  return Buffer.concat([Buffer.from([...head, noBlend]), pictureOf(Buffer.from(file))]);
}

/** The picture's chunk, with its head. */
function pictureOf(file: Buffer): Buffer {
  const name = (at: number) => file.toString('latin1', at, at + 4);
  if (name(0) !== 'RIFF' || name(8) !== 'WEBP') throw new Error('no WebP');
  for (let at = 12; at + 8 <= file.length;) {
    const size = file.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (name(at) === 'VP8 ') return file.subarray(at, end);
    at = end;
  }
  throw new Error('no lossy picture in the WebP');
}

function chunk(name: string, bytes: Uint8Array): Uint8Array {
  const padding = Buffer.alloc(bytes.length % 2);
  return Buffer.concat([Buffer.from(name), Buffer.from(uint(bytes.length, 4)), bytes, padding]);
}

/** Little endian. */
const uint = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 0xff);
