import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { expect, isStatic, test } from './course.ts';
import { WorkbenchPage } from './workbench-page.ts';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const program = `import mqtt from 'mqtt';
import { lamp } from 'device';

interface Reading { value: number }
const reading: Reading = { value: 21 };
const light = lamp('Kitchen');
const client = await mqtt.connectAsync('mqtt://localhost');
light.on();
await client.publishAsync('hello/mqtt', 'from a real machine: ' + reading.value);
await client.endAsync();
`;

/** Unpacks a zip into a folder of its own, with what `npm install` would put there. */
function unpack(zip: Uint8Array, into: string): string {
  const files = unzipSync(zip);
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(into, name)), { recursive: true });
    writeFileSync(join(into, name), bytes);
  }
  const folder = join(into, Object.keys(files)[0]!.split('/')[0]!);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(modules, 'mqtt'), join(folder, 'node_modules/mqtt'));
  // As npm links a dependency of `file:./device`.
  symlinkSync('../device', join(folder, 'node_modules/device'));
  return folder;
}

function run(folder: string, file: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [file], { cwd: folder });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output })));
}

test('the folder runs with Node as it is, and reaches the room of the page', async ({ page }) => {
  test.skip(isStatic, 'it reaches a room on the server');
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.write(program);
  const into = mkdtempSync(join(tmpdir(), 'retained-download-'));
  try {
    const download = page.waitForEvent('download');
    await lesson.more('download.room');
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('first-message-publish.zip');
    const folder = unpack(readFileSync(await saved.path()), into);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const installed = JSON.parse(readFileSync(join(modules, 'mqtt/package.json'), 'utf8'));
    expect(manifest.dependencies).toEqual({ mqtt: installed.version, device: 'file:./device' });
    expect(manifest.scripts.start).toBe('node publisher.ts');
    const { code, output } = await run(folder, 'publisher.ts');
    expect({ code, output }).toEqual({ code: 0, output: '[Kitchen] on\n' });
    await expect(lesson.messages).toContainText('from a real machine: 21');
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
});

test('the one for Mosquitto has the program as it was written, and no key of a room', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  const download = page.waitForEvent('download');
  await lesson.more('download.local');
  const files = unzipSync(readFileSync(await (await download).path()));
  const text = (name: string) => new TextDecoder().decode(files[`first-message-publish/${name}`]);
  expect(Object.keys(files).map((name) => name.split('/')[1])).toEqual([
    'package.json',
    'README.md',
    'publisher.ts',
  ]);
  expect(text('publisher.ts')).toContain("'mqtt://localhost'");
  expect(text('README.md')).toContain('Mosquitto');
  // No room was made for it.
  await lesson.expectState('idle');
});
