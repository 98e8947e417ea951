/** The npm package, as somebody installs it who has nothing but Node. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { npmPack } from '../scripts/build-package.ts';
import { nodeVersion, platformsOf } from '../scripts/build-folder.ts';
import { maintainer } from '../scripts/build-deb.ts';
import { root } from '../scripts/build.ts';
import { nodeProgram } from '../scripts/folder/node-program.ts';
import { which } from '../scripts/test/system.ts';
import { serverBundle } from '../scripts/host/server-bundle.ts';
import { debArchitectures, writeDeb, type DebArchitecture } from '../scripts/package/deb.ts';
import { writePackage } from '../scripts/package/package-tree.ts';
import { test as base } from '@playwright/test';
import { expect, giveSign } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

interface Installed {
  /** The empty folder that it was installed into. */
  folder: string;
  command: string;
  env: NodeJS.ProcessEnv;
  /** What npm was given. */
  tree: string;
  file: string;
  place: string;
}
const test = base.extend<object, { installed: Installed }>({
  installed: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
    async ({}, use) => {
      const place = mkdtempSync(join(tmpdir(), 'retained-package-'));
      writePackage(join(place, 'package'), {
        ...{ root, server: await serverBundle(root) },
        pages: process.env['RETAINED_E2E_SITE'] ?? join(root, 'dist'),
      });
      const file = npmPack(join(place, 'package'), place);
      const folder = join(place, 'empty');
      mkdirSync(folder);
      const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);
      const env = { PATH, HOME: place, XDG_DATA_HOME: join(place, 'home') };
      execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', file], { cwd: folder, env, stdio: 'pipe' }); // prettier-ignore
      await use({
        folder,
        env,
        place,
        file,
        tree: join(place, 'package'),
        command: join(folder, 'node_modules', '.bin', 'retained'),
      });
      rmSync(place, { recursive: true });
    },
    // Packing and unpacking a thousand files.
    { scope: 'worker', timeout: 180_000 },
  ],
});
test.setTimeout(180_000);
test.skip(process.platform === 'win32', 'starts the program as Unix does');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};

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
const freePorts = ['--port', '0', '--mqtt-port', '0', '--tls-port', '0'];

test('installed into an empty folder it has no other package, and serves the course and its brokers', async ({
  installed: { folder, command, env },
  browser,
}) => {
  const names = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(names).toEqual(['retained']);
  expect(statSync(join(folder, 'node_modules', 'retained', 'retained.mjs')).mode & 0o111).not.toBe(0); // prettier-ignore
  const child = spawn(command, freePorts, { cwd: folder, env });
  try {
    const said = await opened(child);
    expect(said).not.toMatch(/warning/i);
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
    // A backup of the open course, and back into another folder.
    const run = (...args: string[]) => execFileSync(command, args, { cwd: folder, env, encoding: 'utf8' }); // prettier-ignore
    expect(run('backup', 'course.zip')).toContain('course.zip');
    expect(run('restore', 'course.zip', '--data', 'again')).toContain('is as it was');
    expect(readdirSync(join(folder, 'again'))).toContain('classroom.sqlite');
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }
});

test('packed again it is the same, byte for byte', async ({ installed: { tree, place, file } }) => {
  const again = join(place, 'again');
  mkdirSync(again);
  writePackage(join(again, 'package'), {
    ...{ root, server: await serverBundle(root), pages: join(tree, 'pages') },
  });
  expect(readFileSync(npmPack(join(again, 'package'), again)).equals(readFileSync(file))).toBe(true); // prettier-ignore
});

test('--version, --help and doctor; a mistake says what is right', ({
  installed: { folder, command, env },
}) => {
  const run = (...args: string[]) => execFileSync(command, args, { cwd: folder, env, encoding: 'utf8' }); // prettier-ignore
  expect(run('--version')).toBe(`${version}\n`);
  expect(run('--help')).toMatch(/retained \[options\].*retained doctor.*--mqtt-port/s);
  expect(run('doctor', ...freePorts)).toMatch(/Node .*address .*clock .*can be opened here/s);
  for (const [args, words] of [
    [['--prot', '80'], /--prot.*retained \[options\]/s],
    [['backup'], /Name one file: retained backup/],
    [['backup', 'x.zip', '--data', 'nowhere'], /There is no data folder nowhere/],
    [['restore', 'x.zip'], /There is no file/],
    [['doctor', 'now'], /"now" is no option of doctor/],
  ] as const)
    expect(() => execFileSync(command, args, { cwd: folder, env, stdio: 'pipe' })).toThrow(words);
});

const architectures: Partial<Record<string, DebArchitecture>> = { x64: 'amd64', arm64: 'arm64' };
const architecture = process.platform === 'linux' ? architectures[process.arch] : undefined;
test('the package of Debian has all of it, for root, and starts where it is unpacked', async ({
  installed: { tree, place, env },
}) => {
  test.skip(!architecture || !which('dpkg-deb'), 'needs Debian');
  const file = join(place, 'retained.deb');
  const source = {
    ...{ version: nodeVersion(), mirror: '', cache: join(place, 'none') },
    modules: join(root, 'node_modules'),
  };
  const node = await nodeProgram(source, platformsOf(debArchitectures[architecture!])[0]!);
  writeDeb(file, join(place, 'deb'), { root, tree, node, architecture: architecture!, version, maintainer, time: 1.7e9 }, 'none'); // prettier-ignore
  const deb = (...args: string[]) => execFileSync('dpkg-deb', args, { encoding: 'utf8' });
  expect(deb('--field', file, 'Package', 'Version')).toBe(`Package: retained\nVersion: ${version}\n`); // prettier-ignore
  const list = deb('--contents', file);
  expect(list).toMatch(/^-rwxr-xr-x root\/root .*\.\/usr\/bin\/retained$/m);
  expect(list).toMatch(/usr\/lib\/systemd\/system\/retained\.service$/m);
  // Nothing that another user of the machine could change.
  expect(list.split('\n').filter((line) => /^.{5}w|^.{8}w/.test(line))).toEqual([]);
  const own = join(place, 'root');
  deb('--extract', file, own);
  const said = execFileSync(join(own, 'usr/bin/retained'), ['--version'], {
    env,
    encoding: 'utf8',
  });
  expect(said).toBe(`${version}\n`);
});
