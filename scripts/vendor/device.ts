/** The device's part of the vendor files: `runtime.js` (MQTT.js and the worker) and the frame. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);

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

/**
 * MQTT.js from its own sources, without what only Node has. Its `connect/*` transports go: a program's
 * transport is a port. `process/`'s nextTick would be a timer of 4 ms; ours is a microtask.
 */
function withoutNode(): Plugin {
  const from = (name: string): string => require.resolve(name);
  const real: Record<string, string> = {
    mqtt: path.join(path.dirname(from('mqtt/package.json')), 'build/index.js'),
    buffer: path.join(path.dirname(from('buffer/package.json')), 'index.js'),
    events: path.join(path.dirname(from('events/package.json')), 'events.js'),
    'string_decoder/': path.join(
      path.dirname(from('string_decoder/package.json')),
      'lib/string_decoder.js',
    ),
    'readable-stream': path.join(
      path.dirname(from('readable-stream/package.json')),
      'lib/ours/browser.js',
    ),
  };
  real['stream'] = real['readable-stream'] ?? '';
  const gone = new Set([
    'url',
    'net',
    'tls',
    'fs',
    'ws',
    'socks',
    'worker-timers',
    'crypto',
    'dns',
  ]);
  return {
    name: 'retained:without-node',
    enforce: 'pre',
    resolveId(id, importer) {
      const name = id.replace(/^node:/, '');
      if (real[name]) return real[name];
      if (name === 'process/' || name === 'process') return '\0process';
      if (name === 'debug') return '\0debug';
      if (gone.has(name)) return '\0nothing';
      if (
        importer?.includes('/mqtt/build/lib/connect/') ||
        importer?.includes('/mqtt/build/mqtt.js')
      ) {
        if (/^\.\/(?:tcp|tls|ws|wx|ali|socks)$/.test(id)) return '\0nothing';
      }
      return null;
    },
    load(id) {
      if (id === '\0nothing') return 'module.exports = {};';
      if (id === '\0debug')
        return 'module.exports = () => Object.assign(() => {}, { enabled: false });';
      if (id === '\0process') {
        return `module.exports = { env: {}, browser: true, nextTick: (f, ...values) => queueMicrotask(() => f(...values)) };`;
      }
      return null;
    },
    transform(code, id) {
      // Loose \`process\` in CommonJS sources; a program's own global scope stays without one.
      if (
        !id.includes('/node_modules/') ||
        !/\bprocess\b/.test(code) ||
        /const process\b/.test(code)
      )
        return null;
      return {
        code: `const process = { env: {}, nextTick: (f, ...v) => queueMicrotask(() => f(...v)) };\n${code}`,
        map: null,
      };
    },
  };
}
