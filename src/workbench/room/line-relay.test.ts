import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineReport, lineWindow, type LinePortMessage } from '../../../sandbox/worker/messages.ts';
import type { LineChunk } from '../device/messages.ts';
import { relayLine } from './line-relay.ts';

let device: MessageChannel;
let room: MessageChannel;
let stop: AbortController;
let gone: AbortController;
let over: Promise<void>;
/** Bytes that went to the device, as the page counts them. */
let counted: number;

beforeEach(() => {
  [device, room] = [new MessageChannel(), new MessageChannel()];
  [stop, gone] = [new AbortController(), new AbortController()];
  counted = 0;
  const signals = { signal: stop.signal, gone: gone.signal };
  over = relayLine(device.port1, room.port1, signals, (bytes) => void (counted += bytes));
});
afterEach(() => {
  for (const { port1, port2 } of [device, room]) for (const port of [port1, port2]) port.close();
});
const next = <Message>(port: MessagePort) =>
  new Promise<Message>((resolve) => {
    port.onmessage = ({ data }: MessageEvent<Message>) => resolve(data);
  });

test('bytes go both ways; what went to the device is counted and reported to the room', async () => {
  const atRoom = next<LinePortMessage>(room.port2);
  // A view of something larger: only what it shows goes on.
  device.port2.postMessage(new Uint8Array(new ArrayBuffer(100), 10, 3).fill(7));
  expect(await atRoom).toEqual(new Uint8Array([7, 7, 7]));
  const atDevice = next<LineChunk>(device.port2);
  room.port2.postMessage(new Uint8Array([1, 2]));
  expect(await atDevice).toEqual(new Uint8Array([1, 2]));
  expect(counted).toBe(2);
  // Together with the two bytes, which were not worth a message.
  const reported = next<LinePortMessage>(room.port2);
  room.port2.postMessage(new Uint8Array(lineReport));
  expect(await reported).toBe(lineReport + 2);
});

test('a chunk larger than all that may wait ends the line, and never reaches the room', async () => {
  const atRoom = next<LinePortMessage>(room.port2);
  device.port2.postMessage(new Uint8Array(16 * lineWindow + 1));
  expect(await atRoom).toBeNull();
});

test('more than the room has passed on ends the line', async () => {
  const seen: LinePortMessage[] = [];
  const ended = new Promise<void>((resolve) => {
    room.port2.onmessage = ({ data }: MessageEvent<LinePortMessage>) => {
      seen.push(data);
      if (data === null) resolve();
    };
  });
  for (let n = 0; n < 20; n += 1) device.port2.postMessage(new Uint8Array(lineWindow));
  await ended;
  expect(seen).toHaveLength(17);
});

test.each<[string, unknown]>([
  ['a text', 'CONNECT'],
  ['an object', { length: 1e9 }],
  ['a buffer that is no view', new ArrayBuffer(8)],
  ['nothing', undefined],
])('anything but bytes ends the line: %s', async (_name, message) => {
  const atRoom = next<LinePortMessage>(room.port2);
  device.port2.postMessage(message);
  expect(await atRoom).toBeNull();
});

test('a worker that is gone ends the line, and the device hears of it', async () => {
  const atDevice = next<LineChunk>(device.port2);
  gone.abort();
  await over;
  expect(await atDevice).toBeNull();
});

test('a stopped device ends the line once; the room closes it', async () => {
  const atRoom = next<LinePortMessage>(room.port2);
  stop.abort();
  expect(await atRoom).toBeNull();
  room.port2.postMessage(null);
  await over;
});
