/** The types that programs see, as a module `virtual:typings`: path in the compiler's file system → text. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

/** Types of transports that a program never meets. */
const LEFT_OUT = /BufferedDuplex|connect\/(?!index)|is-browser|get-timer\.js/;

export function typings(root: string): Plugin {
  return {
    name: 'retained:typings',
    resolveId: (id) => (id === 'virtual:typings' ? '\0typings' : null),
    async load(id) {
      if (id !== '\0typings') return null;
      return `export default ${JSON.stringify(await readTypings(root))};`;
    },
  };
}

async function readTypings(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {
    'file:///node_modules/mqtt/index.d.ts': `export * from './build/index';\nexport { default } from './build/index';\n`,
    'file:///node_modules/mqtt-packet/index.d.ts': `export * from './types/index';\n`,
  };
  for (const [name, folder] of [
    ['mqtt', 'build'],
    ['mqtt-packet', 'types'],
  ] as const) {
    const base = path.join(root, 'node_modules', name, folder);
    for (const file of await readdir(base, { recursive: true })) {
      if (!file.endsWith('.d.ts') || LEFT_OUT.test(file)) continue;
      const key = `file:///node_modules/${name}/${folder}/${file.replaceAll(path.sep, '/')}`;
      found[key] = (await readFile(path.join(base, file), 'utf8')).replace(
        /^\/\/# sourceMappingURL.*$/m,
        '',
      );
    }
  }
  const own = path.join(root, 'src/workbench/editor/monaco/typings');
  for (const file of await readdir(own)) {
    found[`file:///${file.replace(/\.txt$/, '')}`] = await readFile(path.join(own, file), 'utf8');
  }
  return found;
}
