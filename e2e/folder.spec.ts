/** The folder that is handed on, as somebody unpacks and starts it who has nothing but the zip. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { nodeVersion } from '../scripts/build-folder.ts';
import { root } from '../scripts/build.ts';
import { folderZip } from '../scripts/folder/folder.ts';
import { nodeProgram } from '../scripts/folder/node-program.ts';
import { platforms } from '../scripts/folder/platforms.ts';
import { serverBundle } from '../scripts/host/server-bundle.ts';
import { notices } from '../scripts/release/licences.ts';
import { lockedPackages } from '../scripts/release/packages.ts';
import { which } from '../scripts/test/system.ts';
import { expect, giveSign } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

const platform = platforms.find(({ name }) => name === `linux-${process.arch}`);
const modules = join(root, 'node_modules');

const test = base.extend<{ folder: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
  folder: async ({}, use) => {
    const place = mkdtempSync(join(tmpdir(), 'retained-folder-'));
    const source = { version: nodeVersion(), mirror: '', cache: join(place, 'none'), modules };
    const zip = folderZip(
      {
        platform: platform!,
        node: await nodeProgram(source, platform!),
        server: await serverBundle(root),
        pages: process.env['RETAINED_E2E_SITE'] ?? join(root, 'dist'),
        licence: readFileSync(join(root, 'LICENSE')),
        notices: notices(root, lockedPackages(root)),
      },
      // Stored: to compress Node takes ten seconds.
      0,
    );
    const stick = join(place, '隨身碟 of Lin');
    mkdirSync(stick);
    writeFileSync(join(stick, 'retained.zip'), zip);
    execFileSync('unzip', ['-q', 'retained.zip'], { cwd: stick });
    await use(join(stick, 'Retained'));
    rmSync(place, { recursive: true });
  },
});
test.skip(!platform || !which('unzip'), 'needs Linux and unzip');

/** Resolves with what it printed once it is open. */
function opened(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (text: Buffer) => {
      said += String(text);
      if (said.includes('Ctrl-C stops it.')) resolve(said);
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}

test('unpacked on a stick and started without a PATH, it serves the course and its brokers', async ({
  folder,
  browser,
}) => {
  for (const name of ['retained.sh', 'Retained.desktop', 'course/node'])
    accessSync(join(folder, name), constants.X_OK);
  expect(statSync(join(folder, 'READ ME.txt')).mode & 0o111).toBe(0);
  const flags = ['--no-browser', '--port', '0', '--mqtt-port', '0', '--tls-port', '0'];
  // As the system's own starter runs a program that is clicked: from elsewhere, by its whole path.
  const child = spawn(join(folder, 'retained.sh'), flags, {
    cwd: '/',
    env: { PATH: '', XDG_DATA_HOME: join(folder, '..', 'home') },
    detached: true,
  });
  try {
    const said = await opened(child);
    const [, origin] = /on this machine {2}(http:\S+)/.exec(said)!;
    const context = await browser.newContext({ baseURL: origin });
    await context.addInitScript(giveSign);
    const page = await context.newPage();
    await page.goto('zh-tw/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const lesson = new LessonPage(page);
    await lesson.open();
    await lesson.write(program('solution'));
    await lesson.run();
    await lesson.expectAllTrue();
    await context.close();
  } finally {
    process.kill(-child.pid!, 'SIGTERM');
  }
});

test('a taken port is passed over, and a second click finds the course that runs', async ({
  folder,
}) => {
  // Somebody else's, if nobody has it yet.
  const taken = createServer().listen(4000, '0.0.0.0');
  await new Promise((resolve) => taken.once('listening', resolve).once('error', resolve));
  const started: ChildProcess[] = [];
  const start = () => {
    const child = spawn(join(folder, 'retained.sh'), ['--no-browser'], {
      cwd: '/',
      env: { PATH: '', XDG_DATA_HOME: join(folder, '..', 'home') },
      detached: true,
    });
    started.push(child);
    return child;
  };
  const end = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    process.kill(-child.pid!, 'SIGTERM');
    await closed;
  };
  try {
    const first = start();
    const said = await opened(first);
    const [, url, port] = /on this machine {2}(http:\/\/localhost:(\d+)\/)/.exec(said)!;
    expect(Number(port)).toBeGreaterThan(4000);
    const second = start();
    let output = '';
    second.stdout.on('data', (text: Buffer) => (output += String(text)));
    expect(await new Promise((resolve) => second.once('close', resolve))).toBe(0);
    expect(output).toContain(`runs already, in another window: ${url}`);
    // Ended, it is no longer there to be found.
    await end(first);
    expect(await opened(start())).toContain('The course is open');
  } finally {
    await Promise.all(started.map(end));
    taken.close();
  }
});
