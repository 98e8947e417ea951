/**
 * Import boundaries by folder: which folders a folder may import from, and which packages. The
 * longest matching path wins. `docs/architecture.md` has the picture. Tests, test equipment
 * (`testing/`), scripts, benchmarks and end-to-end tests may import anything.
 */

/** @typedef {{ imports: string[], packages?: string[], node?: true, dom?: false }} FolderRule */

const PROTOCOL = ['sandbox/protocol'];
const PURE = [...PROTOCOL, 'sandbox/shared', 'sandbox/mqtt'];
/** What a page may import of the sandbox: types, codecs, and Mosquitto's files as text. */
const SANDBOX_OF_PAGE = [
  ...PROTOCOL,
  'sandbox/mqtt',
  'sandbox/checks',
  'sandbox/mosquitto/conf',
  'sandbox/mosquitto/auth',
];
/** In the workbench: what every folder may import. */
const BASE = ['src/workbench/i18n', 'src/workbench/store'];
/** Views may import models; models never import views. */
const VIEW = [
  ...SANDBOX_OF_PAGE,
  ...BASE,
  'src/workbench/ui',
  'src/workbench/trace',
  'src/workbench/notices',
  'src/workbench/run',
  'src/workbench/room',
  'src/workbench/model',
  'src/workbench/time',
];
/** A panel knows what all panels share, and no other panel. */
const PANEL = [
  ...VIEW,
  'src/workbench/panels/panel.ts',
  'src/workbench/panels/panel-tools.ts',
  'src/workbench/panels/detail',
];
/** What a room calls of its broker. The code that makes a room chooses the engine. */
const ENGINE = 'sandbox/engine/broker.ts';
const STREAMS = ['readable-stream', 'buffer'];

/** @type {Record<string, FolderRule>} */
export const folders = {
  'sandbox/protocol': { imports: [], packages: ['valibot'] },
  'sandbox/shared': { imports: [] },
  'sandbox/mqtt': { imports: PROTOCOL, packages: ['buffer'] },
  'sandbox/line': { imports: PURE, packages: STREAMS },
  'sandbox/engine': { imports: PURE, packages: STREAMS },
  'sandbox/engine/builtin': {
    imports: [...PURE, ENGINE, 'sandbox/engine/builtin/aedes'],
    packages: STREAMS,
  },
  // The only folder that knows aedes; it knows nothing of the broker around it.
  'sandbox/engine/builtin/aedes': {
    imports: ['sandbox/mqtt'],
    packages: [...STREAMS, 'aedes'],
  },
  // An outside broker: its creator opens the connections, so that no Node module is needed here.
  'sandbox/engine/outside': { imports: [ENGINE], packages: [...STREAMS, 'mqtt'] },
  'sandbox/mosquitto/conf': { imports: [...PURE, ENGINE] },
  'sandbox/mosquitto/auth': {
    imports: [...PURE, 'sandbox/mosquitto/conf'],
    packages: ['@noble/hashes'],
  },
  'sandbox/mosquitto': {
    imports: [...PURE, ENGINE, 'sandbox/mosquitto/conf', 'sandbox/mosquitto/auth'],
  },
  'sandbox/checks': { imports: PURE },
  'sandbox/room': {
    imports: [...PURE, 'sandbox/line', ENGINE, 'sandbox/mosquitto', 'sandbox/checks'],
    packages: [...STREAMS, 'mqtt'],
  },
  'sandbox/worker': {
    imports: [...PURE, 'sandbox/line', 'sandbox/room', ENGINE, 'sandbox/engine/builtin'],
    packages: STREAMS,
  },
  'sandbox/rooms': { imports: [...PURE, 'sandbox/room'] },
  // What outlives the process.
  'sandbox/store': { imports: PROTOCOL, node: true },
  'sandbox/classroom': {
    imports: [...PROTOCOL, 'sandbox/shared', 'sandbox/store', 'sandbox/room', 'sandbox/rooms'],
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
  'src/offline': { imports: ['src/i18n', 'src/site'], packages: ['astro', 'vite'], node: true },
  // What a learning platform is told, in the pages of a package.
  'src/scorm': { imports: ['src/progress'], packages: ['valibot'] },
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
    ],
  },
  src: { imports: ['lessons', 'src'], packages: ['astro', 'vite'] },

  'src/workbench/store': { imports: PROTOCOL },
  'src/workbench/i18n': { imports: ['src/i18n'] },
  // The only folder that imports the view library: what it re-exports is what views can use.
  'src/workbench/ui': { imports: SANDBOX_OF_PAGE, packages: ['lit-html'] },
  'src/workbench/compile': { imports: BASE, packages: ['typescript', 'monaco-editor'] },
  'src/workbench/device': {
    imports: [...BASE, 'src/i18n', 'src/workbench/compile'],
    packages: ['mqtt', 'mqtt-packet', 'buffer', 'readable-stream', 'valibot', 'device'],
    node: true,
  },
  'src/workbench/trace': { imports: [...SANDBOX_OF_PAGE, ...BASE] },
  // The broker's state, from the trace.
  'src/workbench/rebuilt': {
    imports: [...SANDBOX_OF_PAGE, ...BASE, 'src/workbench/trace'],
    dom: false,
  },
  // The trace as a file for Wireshark, and such files as a trace.
  'src/workbench/capture': { imports: [...SANDBOX_OF_PAGE, 'src/workbench/trace'], dom: false },
  // Which moment of a run all views show.
  'src/workbench/time': {
    imports: [
      ...SANDBOX_OF_PAGE,
      ...BASE,
      'src/workbench/trace',
      'src/workbench/run',
      'src/workbench/room',
      'src/workbench/rebuilt',
      'src/workbench/capture',
      'src/workbench/stage/timetable.ts',
    ],
    dom: false,
  },
  // The picture of a run, as data.
  'src/workbench/stage': {
    imports: [...SANDBOX_OF_PAGE, ...BASE, 'src/workbench/trace'],
    dom: false,
  },
  'src/workbench/run': {
    imports: [...SANDBOX_OF_PAGE, ...BASE, 'src/workbench/compile', 'src/workbench/device'],
    dom: false,
  },
  'src/workbench/room': {
    imports: [...SANDBOX_OF_PAGE, ...BASE, 'src/workbench/device', 'sandbox/worker/messages.ts'],
    dom: false,
  },
  // The script of the worker that holds a room: nothing imports it.
  'src/workbench/room-worker': {
    imports: ['lessons', ...PROTOCOL, 'sandbox/worker'],
    dom: false,
  },
  'src/workbench/notices': {
    imports: [
      ...SANDBOX_OF_PAGE,
      ...BASE,
      'src/workbench/run',
      'src/workbench/room',
      'src/workbench/compile',
    ],
    dom: false,
  },
  'src/workbench/model': {
    imports: [
      ...SANDBOX_OF_PAGE,
      ...BASE,
      'src/workbench/run',
      'src/workbench/room',
      'src/workbench/notices',
      'src/workbench/compile',
    ],
    dom: false,
  },
  'src/workbench/editor': {
    imports: [...VIEW, 'src/workbench/compile', 'src/workbench/device'],
    packages: ['monaco-editor', '@codemirror', '@lezer/highlight', 'virtual:typings', 'typescript'],
  },
  'src/workbench/faces': { imports: [...VIEW, 'src/workbench/device'] },
  'src/workbench/terminal': {
    imports: [...VIEW, 'src/workbench/device'],
    packages: ['mqtt-packet', 'buffer', 'unbash', '@xterm'],
  },
  'src/workbench/panels': {
    imports: [...VIEW, 'src/workbench/faces', 'src/workbench/panels'],
  },
  // One packet, message or topic in full: a part of several panels.
  'src/workbench/panels/detail': { imports: VIEW },
  'src/workbench/panels/broker': { imports: PANEL },
  'src/workbench/panels/files': { imports: PANEL },
  'src/workbench/panels/line': { imports: PANEL },
  'src/workbench/panels/messages': { imports: PANEL },
  'src/workbench/panels/packets': { imports: [...PANEL, 'src/workbench/capture'] },
  'src/workbench/panels/stage': {
    imports: [...PANEL, 'src/workbench/stage', 'src/workbench/faces'],
  },
  'src/workbench/panels/terminal': {
    imports: [...PANEL, 'src/workbench/terminal'],
    packages: ['@xterm'],
  },
  // The time line, which belongs to no panel.
  'src/workbench/panels/time': { imports: VIEW },
  'src/workbench/panels/topics': { imports: PANEL },
  'src/workbench/panels/wire': { imports: PANEL },
  // What a passed exercise says, and where it leads.
  'src/workbench/passing': {
    imports: [...VIEW, 'lessons', 'src/progress', 'src/workbench/shell/lesson-html.ts'],
    packages: ['valibot'],
  },
  // For somebody who has failed at the same check again.
  'src/workbench/help': { imports: [...VIEW, 'lessons'] },
  'src/workbench/download': {
    imports: [...VIEW, 'src/workbench/editor'],
    packages: ['fflate', 'mqtt'],
  },
  'src/workbench/share': { imports: [...VIEW, 'src/workbench/editor'] },
  'src/workbench/shell': {
    imports: [...VIEW, 'src/workbench'],
    packages: ['diff'],
  },
  'src/workbench': {
    imports: ['src/workbench', 'src/i18n', 'src/classroom', ...SANDBOX_OF_PAGE],
  },
};
