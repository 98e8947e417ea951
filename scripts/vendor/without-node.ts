/** Replacements of Node's modules in bundles for browsers: a device's, a room's. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);

/** What aedes and its packages use of Node besides streams, events and buffers. */
const small: Record<string, string> = {
  // randomUUID of browsers is there on secure origins only.
  crypto: `
    exports.randomUUID = () => {
      const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
      bytes[6] = (bytes[6] & 0x0f) | 0x40;
      bytes[8] = (bytes[8] & 0x3f) | 0x80;
      const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    };`,
  util: `
    exports.inherits = (made, from) => Object.setPrototypeOf(made.prototype, from.prototype);
    exports.promisify = (call) => (...values) =>
      new Promise((resolve, reject) =>
        call(...values, (error, value) => (error ? reject(error) : resolve(value))),
      );`,
  assert: `
    module.exports = (holds, message) => {
      if (!holds) throw new Error(message);
    };`,
};

/** Streams without operators, composition and promises, which nobody here uses: a third of the package. */
const streams = (lib: string) => {
  const part = (name: string) => `require(${JSON.stringify(path.join(lib, name))})`;
  return `
    const { Buffer } = require('buffer');
    const { Stream } = ${part('internal/streams/legacy.js')};
    Stream._isUint8Array = (value) => value instanceof Uint8Array;
    Stream._uint8ArrayToBuffer = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    exports.Stream = Stream;
    exports.Readable = ${part('internal/streams/readable.js')};
    exports.Writable = ${part('internal/streams/writable.js')};
    exports.Duplex = ${part('internal/streams/duplex.js')};
    exports.Transform = ${part('internal/streams/transform.js')};
    exports.pipeline = ${part('internal/streams/pipeline.js')}.pipeline;
    exports.finished = ${part('internal/streams/end-of-stream.js')};`;
};

/**
 * MQTT.js from its own sources, without what only Node has. Its `connect` and its transports go: a program's
 * transport is a port. `process/`'s nextTick would be a timer of 4 ms; ours is a microtask.
 */
export function withoutNode(): Plugin {
  const from = (name: string): string => require.resolve(name);
  const real: Record<string, string> = {
    mqtt: path.join(path.dirname(from('mqtt/package.json')), 'build/index.js'),
    buffer: path.join(path.dirname(from('buffer/package.json')), 'index.js'),
    events: path.join(path.dirname(from('events/package.json')), 'events.js'),
    'string_decoder/': path.join(
      path.dirname(from('string_decoder/package.json')),
      'lib/string_decoder.js',
    ),
    'lru-cache': path.join(import.meta.dirname, 'lru-cache.ts'),
  };
  const streamsFolder = path.join(path.dirname(from('readable-stream/package.json')), 'lib');
  const gone = new Set(['url', 'net', 'tls', 'fs', 'ws', 'socks', 'worker-timers', 'dns']);
  return {
    name: 'retained:without-node',
    enforce: 'pre',
    resolveId(id, importer) {
      const name = id.replace(/^node:/, '');
      if (real[name]) return real[name];
      if (name === 'process/' || name === 'process') return '\0process';
      if (name === 'debug') return '\0debug';
      if (name === 'stream' || name === 'readable-stream') return '\0streams';
      // Duplex.from() alone needs it.
      if (id === './duplexify' && importer?.includes('/readable-stream/')) return '\0nothing';
      if (name in small) return `\0small:${name}`;
      if (gone.has(name)) return '\0nothing';
      // Nobody here calls its connect(): a program's, and an actor's, transport is given.
      if (id === './lib/connect' && importer?.includes('/mqtt/build/mqtt.js')) return '\0nothing';
      return null;
    },
    load(id) {
      if (id === '\0nothing') return 'module.exports = {};';
      if (id === '\0streams') return streams(streamsFolder);
      // MQTT.js and aedes say which version they are.
      if (id.endsWith('/package.json')) {
        const { version } = JSON.parse(readFileSync(id, 'utf8')) as { version: string };
        return JSON.stringify({ version });
      }
      if (id.startsWith('\0small:')) return small[id.slice('\0small:'.length)];
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
