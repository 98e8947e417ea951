import { afterEach, beforeEach, expect, test } from 'vitest';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type RunningServer } from './main.ts';

let site: string;
let running: RunningServer;
beforeEach(async () => {
  site = mkdtempSync(join(tmpdir(), 'retained-base-'));
  mkdirSync(join(site, 'en'));
  mkdirSync(join(site, 'vendor/device-0123456789'), { recursive: true });
  writeFileSync(join(site, 'index.html'), 'choose');
  writeFileSync(join(site, 'en/index.html'), 'home');
  writeFileSync(join(site, 'vendor/device-0123456789/frame.html'), 'frame');
  running = await start({
    exercises: {
      get: (name) =>
        Promise.resolve(name === 'a/b' ? { devices: [], scene: {}, checks: [] } : null),
    },
    ...{ site, host: '127.0.0.1', port: 0, mqttPort: 0, base: '/learn/' },
  });
});
afterEach(async () => {
  await running.stop();
  rmSync(site, { recursive: true });
});
const ask = (path: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${running.port}${path}`, { redirect: 'manual', ...init });

test('pages, API and WebSockets live below the base, and nowhere else', async () => {
  expect(await (await ask('/learn/en/')).text()).toBe('home');
  expect((await ask('/en/')).status).toBe(404);
  expect((await ask('/learner/')).status).toBe(404);
  for (const root of ['/', '/learn', '/?x=1']) {
    const answer = await ask(root);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/learn/']);
  }
  const body = JSON.stringify({ exercise: 'a/b' });
  const json = { 'content-type': 'application/json' };
  expect((await ask('/api/rooms', { method: 'POST', body, headers: json })).status).toBe(404);
  const made = await ask('/learn/api/rooms', { method: 'POST', body, headers: json });
  const { address } = (await made.json()) as { address: string };
  const opened = (path: string) =>
    new Promise<boolean>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${running.port}${path}`, 'mqtt');
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    });
  expect(await opened(`/learn/mqtt/${address}`)).toBe(true);
  expect(await opened(`/mqtt/${address}`)).toBe(false);
});

test('the frame may load its scripts from below the base only', async () => {
  const frame = await ask('/learn/vendor/device-0123456789/frame.html');
  expect(frame.headers.get('content-security-policy')).toContain(
    `http://127.0.0.1:${running.port}/learn/vendor/ `,
  );
});
