/** Packets of a pcapng or classic pcap file. Everything in a file is somebody else's: nothing is believed. */
export interface Captured {
  /** Milliseconds of Unix time. */
  at: number;
  linkType: number;
  bytes: Uint8Array;
}
export interface CaptureFile {
  packets: Captured[];
  /** What addresses are called, if the file says so: IPv4 in four numbers with dots. */
  names: Map<string, string>;
}

/** Why a file is no capture that can be shown; `key` of the language files: `capture.<key>`. */
export class CaptureError extends Error {
  readonly key: 'too-large' | 'unknown-format' | 'no-mqtt';
  constructor(key: CaptureError['key']) {
    super(key);
    this.name = 'CaptureError';
    this.key = key;
  }
}

export const mostBytes = 32 * 1024 * 1024;
export const mostPackets = 200_000;
const mostInterfaces = 64;
const mostNames = 1_000;
const mostName = 128;

/** @throws CaptureError */
export function readCaptureFile(bytes: Uint8Array): CaptureFile {
  if (bytes.length > mostBytes) throw new CaptureError('too-large');
  if (bytes.length < 24) throw new CaptureError('unknown-format');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) === 0x0a0d_0d0a) return readPcapng(bytes, view);
  return readPcap(bytes, view);
}

/** By the magic number as it lies in the file: byte order, and ticks of a millisecond. */
const pcapKinds: Record<number, [little: boolean, perMs: number]> = {
  0xa1b2_c3d4: [false, 1e3],
  0xd4c3_b2a1: [true, 1e3],
  0xa1b2_3c4d: [false, 1e6],
  0x4d3c_b2a1: [true, 1e6],
};

function readPcap(bytes: Uint8Array, view: DataView): CaptureFile {
  const kind = pcapKinds[view.getUint32(0)];
  if (!kind) throw new CaptureError('unknown-format');
  const [little, perMs] = kind;
  // The upper bits say something about checksums.
  const linkType = view.getUint32(20, little) & 0xffff;
  const packets: Captured[] = [];
  let at = 24;
  while (at + 16 <= bytes.length && packets.length < mostPackets) {
    const time = view.getUint32(at, little) * 1000 + view.getUint32(at + 4, little) / perMs;
    const length = view.getUint32(at + 8, little);
    const start = at + 16;
    // A capture that was still being written ends in the middle.
    if (length > bytes.length - start) break;
    packets.push({ at: time, linkType, bytes: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return { packets, names: new Map() };
}

interface Interface {
  linkType: number;
  /** Milliseconds of one tick. */
  tickMs: number;
}

function readPcapng(bytes: Uint8Array, view: DataView): CaptureFile {
  const packets: Captured[] = [];
  const names = new Map<string, string>();
  let interfaces: Interface[] = [];
  let little = true;
  let at = 0;
  while (at + 12 <= bytes.length && packets.length < mostPackets) {
    if (view.getUint32(at) === 0x0a0d_0d0a) {
      // A section begins, which has its own byte order and interfaces.
      const order = view.getUint32(at + 8);
      if (order !== 0x1a2b_3c4d && order !== 0x4d3c_2b1a) break;
      little = order === 0x4d3c_2b1a;
      interfaces = [];
    }
    const type = view.getUint32(at, little);
    const length = view.getUint32(at + 4, little);
    if (length < 12 || length % 4 !== 0 || length > bytes.length - at) break;
    const body = new DataView(view.buffer, view.byteOffset + at + 8, length - 12);
    if (type === 1 && interfaces.length < mostInterfaces) interfaces.push(interfaceOf(body, little));
    else if (type === 4) readNames(body, little, names);
    else if (type === 6 || type === 3) {
      const packet = type === 6 ? enhanced(body, little, interfaces) : simple(body, interfaces);
      if (packet) packets.push(packet);
    }
    at += length;
  }
  if (packets.length === 0) throw new CaptureError(at === 0 ? 'unknown-format' : 'no-mqtt');
  return { packets, names };
} // prettier-ignore

const bytesOf = (body: DataView, from: number, length: number): Uint8Array =>
  new Uint8Array(body.buffer, body.byteOffset + from, length);

function interfaceOf(body: DataView, little: boolean): Interface {
  const linkType = body.byteLength >= 2 ? body.getUint16(0, little) : 0;
  let tickMs = 1e-3;
  for (let at = 8; at + 4 <= body.byteLength;) {
    const code = body.getUint16(at, little);
    const length = body.getUint16(at + 2, little);
    if (code === 0) break;
    // if_tsresol: a power of ten, or of two if the highest bit is set.
    if (code === 9 && length === 1 && at + 5 <= body.byteLength) {
      const value = body.getUint8(at + 4);
      tickMs = 1000 * (value & 0x80 ? 2 ** -(value & 0x7f) : 10 ** -value);
    }
    at += 4 + ((length + 3) & ~3);
  }
  return { linkType, tickMs };
}
/** An Enhanced Packet Block. */
function enhanced(
  body: DataView,
  little: boolean,
  all: readonly Interface[],
): Captured | undefined {
  // prettier-ignore
  if (body.byteLength < 20) return undefined;
  const from = all[body.getUint32(0, little)];
  const length = body.getUint32(12, little);
  if (!from || length > body.byteLength - 20) return undefined;
  const ticks = body.getUint32(4, little) * 2 ** 32 + body.getUint32(8, little);
  return { at: ticks * from.tickMs, linkType: from.linkType, bytes: bytesOf(body, 20, length) };
}
/** A Simple Packet Block has no time. */
function simple(body: DataView, [first]: readonly Interface[]): Captured | undefined {
  if (body.byteLength < 4 || !first) return undefined;
  return { at: 0, linkType: first.linkType, bytes: bytesOf(body, 4, body.byteLength - 4) };
}
function readNames(body: DataView, little: boolean, names: Map<string, string>): void {
  for (let at = 0; at + 4 <= body.byteLength && names.size < mostNames;) {
    const type = body.getUint16(at, little);
    const length = body.getUint16(at + 2, little);
    if (type === 0 || length > body.byteLength - at - 4) return;
    if (type === 1 && length > 4) {
      const [name = ''] = new TextDecoder().decode(bytesOf(body, at + 8, length - 4)).split('\0');
      names.set(bytesOf(body, at + 4, 4).join('.'), name.slice(0, mostName));
    }
    at += 4 + ((length + 3) & ~3);
  }
}
