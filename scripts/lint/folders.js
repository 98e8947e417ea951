/**
 * Import boundaries by folder: which folders a folder may import from, and which packages. The
 * longest matching path wins. `docs/architecture.md` has the picture. Tests, test equipment
 * (`testing/`), scripts, benchmarks and end-to-end tests may import anything.
 */

/** @typedef {{ imports: string[], packages?: string[], node?: true, dom?: false }} FolderRule */

import { PROTOCOL, SANDBOX_OF_PAGE } from './shared-imports.js';
import { workbenchFolders } from './workbench-folders.js';

const PURE = [...PROTOCOL, 'sandbox/shared', 'sandbox/mqtt'];
/**
 * What a room calls of its broker, and what a broker saves. The code that makes a room chooses the
 * engine.
 */
const ENGINE = ['sandbox/engine/broker.ts', 'sandbox/engine/saved-state.ts'];
const STREAMS = ['readable-stream', 'buffer'];

/** @type {Record<string, FolderRule>} */
export const folders = {
  'sandbox/protocol': { imports: [], packages: ['valibot'] },
  'sandbox/shared': { imports: [] },
  'sandbox/mqtt': { imports: PROTOCOL, packages: ['buffer'] },
  'sandbox/line': { imports: PURE, packages: STREAMS },
  'sandbox/engine': { imports: PURE, packages: STREAMS },
  'sandbox/engine/builtin': {
    imports: [...PURE, ...ENGINE, 'sandbox/engine/builtin/aedes'],
    packages: STREAMS,
  },
  // The only folder that knows aedes; it knows nothing of the broker around it.
  'sandbox/engine/builtin/aedes': {
    imports: ['sandbox/mqtt'],
    packages: [...STREAMS, 'aedes'],
  },
  // An outside broker: its creator opens the connections, so that no Node module is needed here.
  'sandbox/engine/outside': { imports: [...ENGINE], packages: [...STREAMS, 'mqtt'] },
  'sandbox/mosquitto/conf': { imports: [...PURE, ...ENGINE] },
  'sandbox/mosquitto/auth': {
    imports: [...PURE, 'sandbox/mosquitto/conf'],
    packages: ['@noble/hashes'],
  },
  // What a room loads when a client in the page wants TLS.
  'sandbox/mosquitto/tls': {
    imports: [...PROTOCOL, 'sandbox/mosquitto/conf'],
    packages: ['@noble/curves'],
  },
  'sandbox/mosquitto': {
    imports: [...PURE, ...ENGINE, 'sandbox/mosquitto/conf', 'sandbox/mosquitto/auth'],
  },
  'sandbox/checks': { imports: PURE },
  'sandbox/room': {
    imports: [
      ...PURE,
      'sandbox/line',
      ...ENGINE,
      'sandbox/mosquitto',
      'sandbox/mosquitto/tls',
      'sandbox/checks',
    ],
    packages: [...STREAMS, 'mqtt'],
  },
  'sandbox/worker': {
    imports: [...PURE, 'sandbox/line', 'sandbox/room', ...ENGINE, 'sandbox/engine/builtin'],
    packages: STREAMS,
  },
  'sandbox/rooms': { imports: [...PURE, 'sandbox/room'] },
  // What outlives the process.
  'sandbox/store': { imports: [...PROTOCOL, 'sandbox/shared'], packages: ['pg'], node: true },
  'sandbox/classroom': {
    imports: [
      ...PROTOCOL,
      'sandbox/shared',
      'sandbox/line',
      ...ENGINE,
      'sandbox/store',
      'sandbox/room',
      'sandbox/rooms',
      ENGINE,
    ],
    packages: ['mqtt'],
    node: true,
  },
  'sandbox/server': {
    imports: ['sandbox'],
    packages: ['ws', '@peculiar/x509', 'reflect-metadata', ...STREAMS],
    node: true,
  },

  lessons: {
    imports: [...PROTOCOL, 'sandbox/checks', 'sandbox/mqtt'],
    packages: ['mqtt', 'device'],
  },

  'src/i18n': { imports: [] },
  'src/site': {
    imports: ['lessons', 'src/i18n', 'src/mdx'],
    packages: ['astro', 'sharp'],
    node: true,
  },
  'src/styles': { imports: [], packages: ['shiki', 'astro'] },
  'src/progress': { imports: [...PROTOCOL, 'src/i18n', 'src/site', 'src/components'] },
  'src/search': {
    imports: ['lessons', 'src/i18n', 'src/site', 'src/components'],
    packages: ['minisearch', 'astro', 'unified', 'remark-parse', 'remark-mdx'],
  },
  // The teachers' answers: read from the lessons by the build.
  'src/answers': {
    imports: [...PROTOCOL, 'src/i18n', 'src/mdx'],
    packages: ['astro', 'unified', 'remark-parse', 'remark-mdx'],
    node: true,
  },
  'src/offline': { imports: ['src/i18n', 'src/site'], packages: ['astro', 'vite'], node: true },
  // What a learning platform is told, in the pages of a package.
  'src/scorm': {
    imports: [...PROTOCOL, 'src/progress'],
    packages: ['valibot', 'astro'],
    node: true,
  },
  'src/scorm/pages': { imports: ['src'], packages: ['astro'] },
  'src/print': { imports: ['src/i18n', 'src/site'], packages: ['uqr'] },
  'src/components': {
    imports: ['src', ...SANDBOX_OF_PAGE],
    packages: ['astro', 'buffer', 'mqtt-packet'],
  },
  'src/mdx': {
    imports: ['lessons', 'src', ...SANDBOX_OF_PAGE],
    packages: ['astro', 'mqtt-packet'],
    node: true,
  },
  'src/layouts': { imports: ['src'], packages: ['astro'] },
  'src/pages': { imports: ['lessons', 'src'], packages: ['astro', 'sharp'], node: true },
  // The pages of a class: joining, and the teacher's.
  'src/classroom': {
    imports: [
      ...PROTOCOL,
      'src/i18n',
      'src/site',
      'src/print',
      'src/progress',
      'src/workbench/i18n',
      'src/workbench/store',
      'src/workbench/ui',
      'src/classroom/show',
    ],
    packages: ['mqtt'],
  },
  'src/classroom/wires': { imports: [...PROTOCOL, 'src/workbench'] },
  // The teacher's own run, on the screens of a class.
  'src/classroom/show': { imports: [...PROTOCOL, 'src/classroom', 'src/workbench'] },
  // Over a learner's shoulder.
  'src/classroom/look': { imports: [...PROTOCOL, 'src/classroom', 'src/workbench'] },
  src: { imports: ['lessons', 'src'], packages: ['astro', 'vite'] },

  ...workbenchFolders,
};
