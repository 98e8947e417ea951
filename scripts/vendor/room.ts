/** A room with its engine, bundled for a browser: one script that needs nothing of Node. */
import { build, type Rolldown } from 'vite';
import { nodeGlobals, withoutNode } from './without-node.ts';

/** @returns the script; what `input` exports is in the global `name` */
export async function bundleRoom(root: string, input: string, name: string): Promise<string> {
  const result = (await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    plugins: [withoutNode()],
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'strict',
        transform: { inject: nodeGlobals },
        output: { format: 'iife', name, codeSplitting: false },
      },
    },
  })) as Rolldown.RolldownOutput;
  return result.output[0].code;
}
