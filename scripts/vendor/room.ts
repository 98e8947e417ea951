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

/** @returns the script; the exports of `input` are in the global `name` */
export async function bundleRoom(
  root: string,
  input: string,
  name: string,
  plugins: Plugin[] = [],
): Promise<string> {
  const result = (await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    plugins: [...plugins, withoutNode()],
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'strict',
        transform: { inject: nodeGlobals(root) },
        output: { format: 'iife', name, codeSplitting: false },
      },
    },
  })) as Rolldown.RolldownOutput;
  return result.output[0].code;
}
