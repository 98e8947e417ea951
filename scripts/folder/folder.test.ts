/** The zips for every system, as far as a machine with one of them can tell. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderZip } from './folder.ts';
import { launchersOf } from './launchers.ts';
import { platforms, type Platform } from './platforms.ts';

const root = join(import.meta.dirname, '..', '..');
const bytes = (text: string) => new TextEncoder().encode(text);
/** Prints what it was started with. */
const printing = '#!/bin/sh\nprintf "%s|" "$NODE_OPTIONS" "$NODE_PATH" "$@"\n';
let place: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'retained-zips-'));
  mkdirSync(join(place, 'pages', 'vendor', 'room-1'), { recursive: true });
  for (const name of ['index.html', 'index.html.br', 'index.html.gz', 'vendor/room-1/room.js'])
    writeFileSync(join(place, 'pages', name), name);
});
afterAll(() => rmSync(place, { recursive: true }));

const zipOf = (platform: Platform, pages = join(place, 'pages')) =>
  folderZip(
    {
      platform,
      node: { program: bytes(printing), licence: bytes('free') },
      ...{ server: 'export {};\n', pages, licence: bytes('MIT'), notices: 'theirs' },
    },
    0,
  );

interface Listed {
  name: string;
  /** Type and permissions, as of Unix. */
  mode: number;
  isUnix: boolean;
}
/** The zip's own list: what a program that unpacks goes by. */
function listed(zip: Uint8Array): Listed[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  const all: Listed[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    all.push({
      name: strFromU8(zip.subarray(at + 46, at + 46 + name!)),
      mode: view.getUint32(at + 38, true) >>> 16,
      isUnix: view.getUint8(at + 5) === 3,
    });
    at += 46 + name! + extra! + comment!;
  }
  return all;
}

const own: Record<string, string[]> = {
  windows: ['Retained.cmd', 'course/node.exe'],
  macos: ['Retained.command', 'course/node'],
  linux: ['retained.sh', 'Retained.desktop', 'course/node'],
};
const common = [
  ...['READ ME.txt', 'LICENSE', 'NOTICES.txt', 'course/LICENSE of Node'],
  ...['course.mjs', 'retained.mjs', 'supervise.mjs'].map((name) => `course/${name}`),
  ...['index.html', 'index.html.br', 'vendor/room-1/room.js'].map((name) => `course/pages/${name}`),
];

describe.each(platforms)('$name', (platform) => {
  const system = platform.name.split('-')[0]!;

  test('holds the course and its launcher in one folder, and nothing else', () => {
    const names = listed(zipOf(platform)).map(({ name }) => name);
    const expected = [...own[system]!, ...common].map((name) => `Retained/${name}`);
    expect(names.toSorted()).toEqual(expected.toSorted());
  });

  test('only launchers and Node may be run; there is no link', () => {
    const programs = own[system]!.map((name) => `Retained/${name}`);
    for (const { name, mode, isUnix } of listed(zipOf(platform))) {
      const isProgram = programs.includes(name) && !name.endsWith('.cmd');
      expect([name, isUnix, mode]).toEqual([name, true, isProgram ? 0o100755 : 0o100644]);
    }
  });

  test('line ends are those of its system', () => {
    const files = unzipSync(zipOf(platform));
    const text = (name: string) => strFromU8(files[`Retained/${name}`]!);
    expect(text('READ ME.txt')).not.toMatch(/[^\r]\n|\r(?!\n)/);
    for (const { name } of launchersOf(platform)) {
      const launcher = text(name);
      expect(launcher, name).not.toMatch(/^\uFEFF/);
      expect(launcher, name).toMatch(/\n$/);
      if (system === 'windows') expect(launcher).not.toMatch(/[^\r]\n|\r(?!\n)/);
      else expect(launcher, name).not.toContain('\r');
    }
  });
});

describe('names', () => {
  const dist = join(root, 'dist');
  /** What Windows takes for a path in all, without a setting that few have. */
  const MAX_PATH = 260;
  /** A long account, and the folder that Windows proposes for what is unpacked. */
  const where = String.raw`C:\Users\a-name-of-twenty-let\Downloads\retained-windows-x64 (1)`;
  const names = () => {
    const files = existsSync(dist)
      ? readdirSync(dist, { recursive: true, encoding: 'utf8', withFileTypes: true })
          .filter((one) => one.isFile())
          .map((one) => relative(dist, join(one.parentPath, one.name)).split(sep).join('/'))
      : [];
    return [...common, ...Object.values(own).flat(), ...files.map((name) => `course/pages/${name}`)]; // prettier-ignore
  };

  test('a path is short enough for Windows, in a folder of somebody with a long name', () => {
    const longest = names().toSorted((a, b) => b.length - a.length)[0]!;
    expect(`${where}\\Retained\\${longest}`.length, longest).toBeLessThan(MAX_PATH);
  });

  test('Windows and macOS take every name, and no two are the same to them', () => {
    const seen = new Map<string, string>();
    for (const name of names()) {
      for (const part of name.split('/')) {
        expect(part, name).toMatch(/^[^<>:"|?*\\\0-\x1f]+$/);
        expect(part, name).not.toMatch(/[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
      }
      const same = seen.get(name.toLowerCase());
      expect(same ?? name, `${same} and ${name}`).toBe(name);
      seen.set(name.toLowerCase(), name);
    }
  });
});

describe('the script of Windows', () => {
  const script = launchersOf(platforms[0]!)[0]!.text;

  test('has paths in quotation marks only, and no block that a path with a parenthesis would end', () => {
    expect(script).toContain('"%~dp0course\\node.exe" "%~dp0course\\retained.mjs" %*');
    for (const line of script.split('\r\n')) {
      // Outside of quotation marks.
      const bare = line.replace(/"[^"]*"/g, '');
      expect(bare, line).not.toMatch(/%~?dp0|[()&|^!]/);
    }
    expect(script).not.toMatch(/delayedexpansion/i);
  });

  test('what it prints holds nothing that the shell would read as its own', () => {
    const said = [...script.matchAll(/^echo (.*?)\r$/gm)].map(([, text]) => text!);
    expect(said.length).toBe(2);
    for (const text of said) expect(text).not.toMatch(/[<>&|^%!"()]/);
  });

  test('every label that it goes to is there', () => {
    const labels = [...script.matchAll(/^:(\w+)/gm)].map(([, name]) => name);
    const targets = [...script.matchAll(/goto (\w+)/g)].map(([, name]) => name);
    expect(new Set(targets)).toEqual(new Set(labels));
  });
});

describe.skipIf(process.platform === 'win32')('the scripts of Unix', () => {
  const scripts = { macos: 'Retained.command', linux: 'retained.sh' };
  const strange = `隨身碟 of "Lin" (1) $HOME \`x\` 100% & 'co'`;

  function unpacked(name: string, platform: Platform, without: readonly string[] = []): string {
    const folder = join(place, strange, name);
    for (const { name: path, mode } of listed(zipOf(platform))) {
      if (without.includes(path)) continue;
      const target = join(folder, path);
      mkdirSync(join(target, '..'), { recursive: true });
      const file = unzipSync(zipOf(platform))[path]!;
      writeFileSync(target, file, { mode: mode & 0o777 });
    }
    return join(folder, 'Retained');
  }
  /** @returns what it printed, and how it ended */
  function run(program: string, args: string[], options: { cwd?: string; env?: object } = {}) {
    try {
      const stdout = execFileSync(program, args, {
        env: { PATH: '' },
        ...(options as object),
        stdio: ['ignore', 'pipe', 'pipe'],
        encoding: 'utf8',
      });
      return { stdout, status: 0 };
    } catch (error) {
      const { stdout, status } = error as { stdout: string; status: number };
      return { stdout, status };
    }
  }
  const unix = platforms.filter(({ name }) => /^(?:macos-arm64|linux-x64)$/.test(name));

  test.each(unix)('$name: from a folder with any name, with its own Node', (platform) => {
    const system = platform.name.split('-')[0] as keyof typeof scripts;
    const folder = unpacked(platform.name, platform);
    const script = join(folder, scripts[system]);
    const other = join(place, 'other');
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, 'node'), '#!/bin/sh\necho another Node\n', { mode: 0o755 });
    const env = { PATH: other, NODE_OPTIONS: '--no-such-option', NODE_PATH: '/nowhere' };
    const args = ['--port', '5000', 'two words'];
    const printed = (path: string) => `||${path}/course/retained.mjs|--port|5000|two words|`;
    expect(run(script, args, { cwd: '/', env })).toEqual({ stdout: printed(folder), status: 0 });
    // Typed in a terminal, in the folder and by the shell's name.
    expect(run(`./${scripts[system]}`, args, { cwd: folder }).stdout).toBe(printed('.'));
    expect(run('/bin/sh', [scripts[system], ...args], { cwd: folder }).stdout).toBe(printed('.'));
  });

  test('alone, because somebody opened the zip and clicked in it, it says what to do', () => {
    const folder = unpacked('alone', platforms[3]!, ['Retained/course/node']);
    const { stdout, status } = run(join(folder, 'retained.sh'), []);
    expect(stdout).toContain('unpack the whole zip');
    expect(stdout).toContain('解壓縮');
    expect(status).toBe(1);
  });

  test('where no program may run, it says what to do', () => {
    const folder = unpacked('forbidden', platforms[3]!);
    const node = join(folder, 'course/node');
    rmSync(node);
    writeFileSync(node, printing, { mode: 0o644 });
    const { stdout, status } = run('/bin/sh', [join(folder, 'retained.sh')]);
    expect(stdout).toContain('your own disk');
    expect(status).toBe(1);
  });

  test('the desktop entry starts the script beside it', () => {
    const folder = unpacked('entry', platforms[3]!);
    const entry = launchersOf(platforms[3]!).find(({ name }) => name === 'Retained.desktop')!;
    const [, exec] = /^Exec=(.*)$/m.exec(entry.text)!;
    for (const scheme of ['', 'file://']) {
      const [program, ...args] = execArguments(exec!, `${scheme}${folder}/Retained.desktop`);
      const { stdout } = run(program!, args, { cwd: '/' });
      expect(stdout).toBe(`||${folder}/course/retained.mjs|`);
    }
  });
});

/** As the specification of desktop entries has it: escapes of a string, then quoting, then `%k` and `%%`. */
function execArguments(value: string, entry: string): string[] {
  const text = value.replace(/\\([sntr\\])/g, (_, sign: string) =>
    sign === '\\' ? '\\' : { s: ' ', n: '\n', t: '\t', r: '\r' }[sign]!,
  );
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g)!;
  return parts.map((part) => {
    if (part === '%k') return entry;
    const bare = part.startsWith('"') ? part.slice(1, -1).replace(/\\(["`$\\])/g, '$1') : part;
    return bare.replaceAll('%%', '%');
  });
}
