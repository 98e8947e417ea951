/** A room with its engine, bundled for a browser: one script that needs nothing of Node. */
import path from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { withoutNode } from './without-node.ts';

/** Free names of Node in packages and in the room, and their replacements. */
function nodeGlobals(root: string): Record<string, [string, string]> {
  const prelude = path.join(root, 'sandbox/worker/prelude.ts');
  return {
    Buffer: ['buffer', 'Buffer'],
    process: ['process', 'default'],
    setImmediate: [prelude, 'setImmediate'],
    setTimeout: [prelude, 'setTimeout'],
    clearTimeout: [prelude, 'clearTimeout'],
  };
}

/** Vite fetches the styles of what is imported at run time. A worker has none, and no `window` for its event. */
const plainImports: Plugin = {
  name: 'retained:plain-imports',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null,
};

/** Vite's options for every bundle that holds a room. */
export const roomBundle = (root: string, plugins: Plugin[] = []) => ({
  root,
  configFile: false as const,
  publicDir: false as const,
  logLevel: 'warn' as const,
  define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  plugins: [...plugins, withoutNode(), plainImports],
  build: {
    target: 'es2022',
    modulePreload: false as const,
    rolldownOptions: { transform: { inject: nodeGlobals(root) } },
  },
});

/** @returns the script; what `input` exports is in the global `name` */
export async function bundleRoom(
  root: string,
  input: string,
  name: string,
  plugins: Plugin[] = [],
): Promise<string> {
  const { build: options, ...shared } = roomBundle(root, plugins);
  const result = (await build({
    ...shared,
    build: {
      ...options,
      write: false,
      minify: false,
      rolldownOptions: {
        ...options.rolldownOptions,
        input,
        preserveEntrySignatures: 'strict',
        output: { format: 'iife', name, codeSplitting: false },
      },
    },
  })) as Rolldown.RolldownOutput;
  return result.output[0].code;
}
