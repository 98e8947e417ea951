/**
 * Node itself for a platform: this project's own if it is the machine that builds, else from Node's
 * archive, which is kept in a folder and is used only if its SHA-256 is the one that Node’s list says.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileOf } from './archive.ts';
import { archiveFolder, type Platform } from './platforms.ts';

export interface NodeSource {
  /** `24.21.0` */
  version: string;
  /** Keeps archives and lists; they may also be put there by hand. */
  cache: string;
  /** `https://nodejs.org/dist` */
  mirror: string;
  /** A keyring with the keys of Node's releasers, for `gpgv`. Without one the list is trusted as it came. */
  keyring?: string | undefined;
  /** The project's `node_modules`. */
  modules: string;
}
export interface NodeProgram {
  program: Uint8Array;
  licence: Uint8Array;
}

export async function nodeProgram(source: NodeSource, platform: Platform): Promise<NodeProgram> {
  return ofPackage(source, platform) ?? (await ofArchive(source, platform));
}

/** npm has checked it against the lock file. Only the package of the machine itself is installed. */
function ofPackage({ modules, version }: NodeSource, { node, program }: Platform) {
  const folder = join(modules, `node-${node}`);
  if (!existsSync(join(folder, 'bin'))) return undefined;
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  if (about.version !== version) return undefined;
  const name = program === 'node.exe' ? 'bin/node.exe' : program;
  const read = (path: string) => readFileSync(join(folder, path));
  return { program: read(name), licence: read('LICENSE') };
}

async function ofArchive(source: NodeSource, platform: Platform): Promise<NodeProgram> {
  const folder = archiveFolder(source.version, platform);
  const name = `${folder}.${platform.archive}`;
  const sum = await sumOf(source, name);
  const archive = await kept(source, name);
  const found = createHash('sha256').update(archive).digest('hex');
  if (found !== sum)
    throw new Error(
      `${join(folderOf(source), name)} has the SHA-256 ${found}; Node’s list says ${sum}`,
    );
  const file = (path: string) => fileOf(archive, platform.archive, `${folder}/${path}`);
  return { program: file(platform.program), licence: file('LICENSE') };
}

/** From Node's signed list. */
async function sumOf(source: NodeSource, name: string): Promise<string> {
  const list = 'SHASUMS256.txt.asc';
  let text = (await kept(source, list)).toString();
  if (source.keyring) text = await signed(join(folderOf(source), list), source.keyring);
  const line = text.split(/\r?\n/).find((one) => one.endsWith(`  ${name}`));
  const sum = /^([0-9a-f]{64}) {2}/.exec(line ?? '')?.[1];
  if (!sum) throw new Error(`${list} has no sum of ${name}`);
  return sum;
}

/** What is signed in the file, and only that. */
async function signed(path: string, keyring: string): Promise<string> {
  try {
    const args = ['--keyring', keyring, '--output', '-', path];
    return (await promisify(execFile)('gpgv', args)).stdout;
  } catch (error) {
    throw new Error(`${path} is not signed by a key of ${keyring}`, { cause: error });
  }
}

const folderOf = ({ cache, version }: NodeSource) => join(cache, `v${version}`);

/** From the cache, or from the mirror into it. */
async function kept(source: NodeSource, name: string): Promise<Buffer> {
  const folder = folderOf(source);
  const path = join(folder, name);
  if (existsSync(path)) return readFileSync(path);
  const url = `${source.mirror}/v${source.version}/${name}`;
  const response = await fetch(url).catch((error: Error) => {
    throw new Error(`${url} can’t be loaded, and ${path} is not there`, { cause: error });
  });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
  return bytes;
}
