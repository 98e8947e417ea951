import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One build: its inputs, its output, and the file that records the hash of the inputs. */
export interface Built {
  root: string;
  /** Files and folders, relative to the root; those that don't exist count as empty. */
  inputs: string[];
  /** Paths below the inputs that are passed over, relative to the root. */
  without?: string[];
  /** Environment variables that are inputs. */
  environment?: string[];
  /** Values of these variables that this thing is built with, whatever the process has. */
  variables?: Readonly<Record<string, string>>;
  /** Must exist, or the thing is stale whatever its inputs say. */
  output: string;
  stamp: string;
}

/** A hash over names and contents: file times are useless after a clone. */
export function hashOf(built: Built): string {
  const { root, inputs, without = [], environment = [], variables = {} } = built;
  const hash = createHash('sha256').update(process.version);
  for (const name of environment)
    hash.update(`${name}=${variables[name] ?? process.env[name] ?? ''}\0`);
  const add = (path: string) => {
    if (without.includes(path)) return;
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    if (found?.isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) add(`${path}/${name}`);
    } else if (found) {
      hash.update(`${path}\0${found.size}\0`).update(readFileSync(join(root, path)));
    }
  };
  for (const input of inputs) add(input);
  return hash.digest('hex');
}

function isStale(built: Built): boolean {
  try {
    statSync(join(built.root, built.output));
    return readFileSync(join(built.root, built.stamp), 'utf8') !== hashOf(built);
  } catch {
    return true;
  }
}

/**
 * Builds if it is stale. A build that fails or is stopped leaves no stamp, so it runs again.
 * @returns whether it had to be built
 */
export async function buildIfStale(built: Built, build: () => Promise<void>): Promise<boolean> {
  if (!isStale(built)) return false;
  const stamp = join(built.root, built.stamp);
  rmSync(stamp, { force: true });
  // Before the build: an edit during the build must count as newer.
  const hash = hashOf(built);
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}
