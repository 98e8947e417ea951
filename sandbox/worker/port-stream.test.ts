import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineReport, lineWindow, type LinePortMessage } from './messages.ts';
import { PortStream } from './port-stream.ts';

let channel: MessageChannel;
let stream: PortStream;
/** What the page received. */
let seen: LinePortMessage[];
let wake: () => void;

beforeEach(() => {
  channel = new MessageChannel();
  stream = new PortStream(channel.port1);
  // A port that is closed still brings what was under way: not into the next test.
  const own: LinePortMessage[] = [];
  seen = own;
  wake = () => {};
  channel.port2.onmessage = ({ data }: MessageEvent<LinePortMessage>) => {
    own.push(data);
    wake();
  };
});
afterEach(() => {
  channel.port2.close();
  stream.destroy();
});
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
}
const bytesSeen = () =>
  seen.reduce<number>((sum, one) => sum + (one instanceof Uint8Array ? one.length : 0), 0);

test('what is read is reported in large amounts, and all of it that counts', async () => {
  stream.resume();
  for (let n = 0; n < 20; n += 1) channel.port2.postMessage(new Uint8Array(lineReport / 4));
  await until(() => seen.length === 5);
  expect(seen).toEqual([lineReport, lineReport, lineReport, lineReport, lineReport]);
});

test('what nobody reads is not reported', async () => {
  const chunk = new Uint8Array(lineReport);
  for (let n = 0; n < 4; n += 1) channel.port2.postMessage(chunk);
  // As many turns as it takes a message to come.
  await new Promise((resolve) => stream.once('readable', resolve));
  expect(seen).toEqual([]);
  stream.resume();
  await until(() => seen.length > 0);
  expect(seen[0]).toBeGreaterThanOrEqual(lineReport);
});

test('above the window a writer waits for a report', async () => {
  let written = 0;
  const chunk = new Uint8Array(lineReport);
  for (let n = 0; n < 8; n += 1) stream.write(chunk, () => (written += 1));
  await until(() => bytesSeen() > lineWindow);
  const before = written;
  expect(before).toBeLessThan(8);
  channel.port2.postMessage(bytesSeen());
  await until(() => bytesSeen() === 8 * lineReport);
  expect(bytesSeen()).toBe(8 * lineReport);
});

test('null ends both halves, and is said once', async () => {
  stream.resume();
  channel.port2.postMessage(null);
  await until(() => seen.length > 0);
  await new Promise((resolve) => (stream.closed ? resolve(null) : stream.once('close', resolve)));
  expect(seen).toEqual([null]);
});
