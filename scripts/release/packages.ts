/** The packages of the lock file: which are handed on with the course, and which only build it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  version?: string;
  license?: string;
  integrity?: string;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}
export interface Package {
  /** `node_modules/a/node_modules/b` */
  path: string;
  name: string;
  version: string;
  /** SPDX; empty if the lock file has none. */
  license: string;
  /** Subresource integrity, as npm checks it. */
  integrity: string;
  /** Its code is in what is handed on. */
  isShipped: boolean;
  /** Paths of what it needs. */
  needs: string[];
}

/** They make pages and bundles, and none of their code is in them but small helpers of their own. */
const tools = new Set(['astro', '@astrojs/mdx', 'vite', 'remark-mdx', 'remark-parse', 'unified']);

/** Installed for a build of the editor only, and in what it makes. */
const inEditor = ['monaco-editor', 'typescript'];

type Lock = Record<string, Entry>;

/** Node's own search: beside the package, then in each folder above. */
function resolve(lock: Lock, from: string, name: string): string | undefined {
  for (let folder = from; ;) {
    const path = `${folder ? `${folder}/` : ''}node_modules/${name}`;
    if (lock[path]) return path;
    if (folder === '') return undefined;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
}

function needsOf(lock: Lock, path: string): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = lock[path]!;
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  const found = names.map((name) => resolve(lock, path, name)).filter((one) => one !== undefined);
  return [...new Set(found)].sort();
}

export function lockedPackages(root: string): Package[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lock }; // prettier-ignore
  const shipped = new Set<string>();
  const visit = (path: string): void => {
    if (shipped.has(path)) return;
    shipped.add(path);
    needsOf(packages, path).forEach(visit);
  };
  for (const name of [...Object.keys(packages['']!.dependencies ?? {}), ...inEditor])
    if (!tools.has(name)) visit(resolve(packages, '', name)!);
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== '' && !link)
    .map(([path, { version = '', license = '', integrity = '' }]) => ({
      ...{ path, version, license, integrity },
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      isShipped: shipped.has(path),
      needs: needsOf(packages, path),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
