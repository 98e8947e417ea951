import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { record } from '../../../sandbox/testing/recording.ts';
import { readCapture } from './read-capture.ts';
import { CaptureError } from './read-file.ts';
import { pcapngOf } from './write-pcapng.ts';

const startedAt = Date.UTC(2026, 0, 2, 3, 4, 5);
let entries: TraceEntry[];
let file: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  const lost = { client: 'sensor', direction: 'to-client', kind: 'PUBACK', action: { do: 'drop' } } as const; // prettier-ignore
  entries = await record([lost], async ({ wire, until }) => {
    const phone = wire('phone');
    await phone.connect('phone-1');
    await phone.subscribe('#', 1);
    const sensor = wire('sensor');
    await sensor.connect('sensor-1', { clean: false });
    sensor.publish('kept/here', 'x'.repeat(5_000), { qos: 2, messageId: 7, retain: true });
    await sensor.next('pubrec');
    sensor.send({ cmd: 'pubrel', messageId: 7 });
    await sensor.next('pubcomp');
    sensor.publish('溫度', '21', { qos: 1, messageId: 8 });
    await phone.next('publish');
    sensor.send({ cmd: 'disconnect' });
    await until((seen) => seen.some(({ type }) => type === 'line-closed'));
  });
  file = pcapngOf(entries, startedAt);
});
const packetsOf = (all: readonly TraceEntry[]) => all.filter((entry): entry is PacketEntry => entry.type === 'packet'); // prettier-ignore
const plain = ({ bytes, direction, version }: PacketEntry) => [Buffer.from(bytes).toString('hex'), direction, version]; // prettier-ignore

describe('what was written is read again', () => {
  test('every byte, its direction, its version, its time, its client; and the ends', () => {
    const capture = readCapture(file);
    expect(packetsOf(capture.entries).map(plain)).toEqual(packetsOf(entries).map(plain));
    const first = capture.entries[0]!;
    expect(first).toMatchObject({ type: 'line-opened', name: 'phone', transport: 'tcp' });
    const [connect, ...rest] = packetsOf(entries);
    expect(packetsOf(capture.entries).at(-1)!.at).toBeCloseTo(rest.at(-1)!.at - connect!.at, 2);
    expect(capture.entries.at(-1)).toMatchObject({ type: 'line-closed', by: 'client' });
    expect(capture.leftOut).toBe(0);
  });
  test('in a classic pcap of either byte order, in Ethernet, in disorder and twice', () => {
    for (const little of [true, false]) {
      const classic = pcapOf(ipPackets(file), little);
      expect(packetsOf(readCapture(classic).entries).map(plain)).toEqual(packetsOf(entries).map(plain)); // prettier-ignore
    }
    const all = ipPackets(file);
    // Each with the one behind it: of one connection the bytes are put in order again.
    const swapped = all.flatMap((_, at) => (at % 2 === 0 ? [all[at + 1], all[at], all[at]] : [])).filter((each) => each !== undefined); // prettier-ignore
    const bytes = (capture: ReturnType<typeof readCapture>) => packetsOf(capture.entries).map(plain).map(String).sort(); // prettier-ignore
    expect(bytes(readCapture(pcapOf(swapped, true)))).toEqual(packetsOf(entries).map(plain).map(String).sort()); // prettier-ignore
  });
  test('from the middle of a connection at port 1883, without its CONNECT', () => {
    const later = ipPackets(file).slice(12);
    const found = packetsOf(readCapture(pcapOf(later, true)).entries).map(plain);
    expect(found.length).toBeGreaterThan(4);
    expect(packetsOf(entries).map(plain)).toEqual(expect.arrayContaining(found));
  });
});

describe('a file of somebody else', () => {
  test.each([
    ['nothing', new Uint8Array(), 'unknown-format'],
    [
      'a text',
      new TextEncoder().encode('this is no capture at all, only a text'),
      'unknown-format',
    ],
    ['a capture without MQTT', pcapOf([new Uint8Array(60)], true), 'no-mqtt'],
    ['a huge one', { length: 33 * 1024 * 1024 } as Uint8Array, 'too-large'],
  ])('%s is refused with its reason', (_, bytes, key) => {
    expect(() => readCapture(bytes)).toThrow(expect.objectContaining({ key }));
  });
  test('whatever its bytes are, it is read in bounds or refused', () => {
    let seed = 1;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const originals = [file, pcapOf(ipPackets(file), false), pcapOf(ipPackets(file), true)];
    let read = 0;
    for (let round = 0; round < 600; round += 1) {
      const original = originals[round % originals.length]!;
      const mutant = original.slice(0, random(4) === 0 ? random(original.length) : undefined);
      for (let changes = 1 + random(8); changes > 0 && mutant.length > 0; changes -= 1) {
        const at = random(random(3) === 0 ? Math.min(200, mutant.length) : mutant.length);
        mutant[at] = [0, 0xff, 0x80, random(256)][random(4)]!;
      }
      try {
        const { entries: found } = readCapture(mutant);
        read += 1;
        expect(found.length).toBeLessThanOrEqual(20_000);
      } catch (error) {
        expect(error).toBeInstanceOf(CaptureError);
      }
    }
    // Most changes are of one packet.
    expect(read).toBeGreaterThan(200);
  });
});

const hasTshark = (() => {
  try {
    execFileSync('tshark', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
test.skipIf(!hasTshark)('Wireshark’s own decoder (apt install tshark) finds each MQTT packet, and no fault in TCP', { timeout: 30_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'retained-pcapng-'));
  try {
    const path = join(folder, 'run.pcapng');
    writeFileSync(path, file);
    const run = (...rest: string[]) => execFileSync('tshark', ['-r', path, ...rest], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }); // prettier-ignore
    const types = run('-Y', 'mqtt', '-T', 'fields', '-e', 'mqtt.msgtype', '-e', 'mqtt.topic').trim().split('\n'); // prettier-ignore
    const decoded = types.flatMap((row) => row.split('\t')[0]!.split(',')).map(Number);
    expect(decoded.sort()).toEqual(packetsOf(entries).map(({ bytes }) => bytes[0]! >> 4).sort()); // prettier-ignore
    expect(types.join('\n')).toContain('溫度');
    const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
    expect(run(...checks, '-Y', 'tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0 || _ws.malformed')).toBe(''); // prettier-ignore
    expect(run('-Y', 'frame.comment contains "dropped"', '-T', 'fields', '-e', 'mqtt.msgtype').trim()).toBe('4'); // prettier-ignore
  } finally {
    rmSync(folder, { recursive: true });
  }
}); // prettier-ignore

/** The packets of our own pcapng: blocks of type 6. */
function ipPackets(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer);
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += view.getUint32(at + 4, true)) {
    if (view.getUint32(at, true) !== 6) continue;
    found.push(bytes.slice(at + 28, at + 28 + view.getUint32(at + 20, true)));
  }
  return found;
}
/** A classic pcap in Ethernet frames. */
function pcapOf(packets: readonly Uint8Array[], little: boolean): Uint8Array {
  const ethernet = Uint8Array.of(2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0);
  const parts = [new Uint8Array(24), ...packets.map((each) => new Uint8Array(16 + 14 + each.length))]; // prettier-ignore
  const head = new DataView(parts[0]!.buffer);
  head.setUint32(0, 0xa1b2_c3d4, little);
  head.setUint32(20, 1, little);
  packets.forEach((packet, i) => {
    const part = parts[i + 1]!;
    const view = new DataView(part.buffer);
    view.setUint32(0, 1_700_000_000 + i, little);
    view.setUint32(8, 14 + packet.length, little);
    view.setUint32(12, 14 + packet.length, little);
    part.set(ethernet, 16);
    part.set(packet, 30);
  });
  return new Uint8Array(Buffer.concat(parts));
}
