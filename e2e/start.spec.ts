import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startCourse } from './server.ts';

/** A port that is taken for as long as the test runs. */
async function taken(): Promise<{ port: number; free(): void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, free: () => server.close() };
}

test('Ctrl-C stops the course at once, without an error', async () => {
  const course = await startCourse();
  const watching = new WebSocket(`ws://localhost:${course.port}/mqtt/none`, 'mqtt');
  await new Promise((resolve) => watching.addEventListener('close', resolve, { once: true }));
  const asked = performance.now();
  expect(await course.end('SIGINT')).toBe(0);
  expect(performance.now() - asked).toBeLessThan(2000);
});

test('a taken HTTP port is an error that names the flag', async () => {
  const { port, free } = await taken();
  await expect(startCourse('--port', String(port))).rejects.toThrow(
    new RegExp(`ended with 1:[^]*${port}[^]*--port`),
  );
  free();
});

test('a taken MQTT port falls to the next free one and says so', async () => {
  const { port, free } = await taken();
  const course = await startCourse('--mqtt-port', String(port));
  expect(course.mqttPort).toBeGreaterThan(port);
  expect(course.output()).toContain(`Port ${port} is taken`);
  await course.end();
  free();
});

test('--help says what can be chosen, and starts nothing', async () => {
  const child = spawn(process.execPath, ['scripts/start.ts', '--help'], { stdio: 'pipe' });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code).toBe(0);
  expect(output).toContain('--mqtt-port');
});

test('a page that is gone since the start takes no other page with it', async () => {
  const pages = mkdtempSync(join(tmpdir(), 'retained-pages-'));
  for (const name of ['index.html', 'gone.html']) writeFileSync(join(pages, name), name);
  const course = await startCourse('--pages', pages);
  rmSync(join(pages, 'gone.html'));
  const gone = await fetch(`${course.origin}/gone`, { signal: AbortSignal.timeout(2000) });
  expect([gone.status, ((await gone.json()) as { error: string }).error]).toEqual([
    500,
    'internal',
  ]);
  expect(await (await fetch(course.origin)).text()).toBe('index.html');
  expect(await course.end()).toBe(0);
  rmSync(pages, { recursive: true });
});
