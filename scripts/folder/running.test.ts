import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runningUrl, sayRunning } from './running.ts';

let data: string;
let server: Server;
let html: string;
let url: string;
const folder = '/media/隨身碟 of Lin/Retained/course';

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'retained-running-'));
  html = '<!DOCTYPE html><title>Retained · 保留</title>';
  server = createServer((_, response) => response.end(html));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(data, { recursive: true });
});

test('a course that runs is found from its own folder, until it says that it has ended', async () => {
  const takeBack = sayRunning(data, { folder, pid: process.pid, url });
  expect(await runningUrl(data, folder)).toBe(url);
  expect(await runningUrl(data, `${folder} 2`)).toBeUndefined();
  takeBack();
  expect(await runningUrl(data, folder)).toBeUndefined();
  expect(readdirSync(data)).toEqual([]);
});

test('what a later one has written is not taken back', async () => {
  const takeBack = sayRunning(data, { folder, pid: 1, url: 'http://localhost:1/' });
  sayRunning(data, { folder, pid: process.pid, url });
  takeBack();
  expect(await runningUrl(data, folder)).toBe(url);
});

test('a process that has died, a page that is not ours, a port that is closed: none runs', async () => {
  sayRunning(data, { folder, pid: 2 ** 22 + 1, url });
  expect(await runningUrl(data, folder)).toBeUndefined();
  sayRunning(data, { folder, pid: process.pid, url });
  html = '<title>Another program</title>';
  expect(await runningUrl(data, folder)).toBeUndefined();
  sayRunning(data, { folder, pid: process.pid, url: 'http://localhost:1/' });
  expect(await runningUrl(data, folder)).toBeUndefined();
});

test.each([
  'not JSON',
  'null',
  '{}',
  JSON.stringify({ folder, pid: -1, url: 'http://localhost:4000/' }),
  JSON.stringify({ folder, pid: 1, url: 'file:///etc/passwd' }),
  JSON.stringify({ folder, pid: 1, url: 'http://elsewhere.test/' }),
])('a file that it has not written leads nowhere: %s', async (text) => {
  writeFileSync(join(data, 'running.json'), text);
  expect(await runningUrl(data, folder)).toBeUndefined();
});

test('a folder that can’t be written stops nothing', async () => {
  const nowhere = join(data, 'none');
  sayRunning(nowhere, { folder, pid: process.pid, url })();
  expect(await runningUrl(nowhere, folder)).toBeUndefined();
});
