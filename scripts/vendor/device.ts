/** The device's part of the vendor files: `runtime.js` (MQTT.js and the worker) and the frame. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { withoutNode } from './without-node.ts';

const FRAME = `<!doctype html>
<html>
  <head>
    <meta charset="utf-8" />
    <title>Retained: where programs run</title>
    <script src="frame.js"></script>
  </head>
  <body></body>
</html>
`;

export async function buildDevice(root: string, out: string): Promise<void> {
  const device = path.join(root, 'src/workbench/device');
  await mkdir(out, { recursive: true });
  await bundle(root, path.join(device, 'runtime/browser.ts'), out, 'runtime.js', 'es');
  await bundle(root, path.join(device, 'frame.ts'), out, 'frame.js', 'iife');
  await writeFile(path.join(out, 'frame.html'), FRAME);
}

async function bundle(
  root: string,
  input: string,
  out: string,
  file: string,
  format: 'es' | 'iife',
): Promise<void> {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    plugins: [withoutNode()],
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input,
        output: { format, entryFileNames: file, codeSplitting: false },
      },
    },
  });
}
