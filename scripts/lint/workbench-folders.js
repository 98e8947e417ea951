/** The workbench's part of the table in `folders.js`. */
import { PROTOCOL, SANDBOX_OF_PAGE } from './shared-imports.js';

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

/** @type {Record<string, import('./folders.js').FolderRule>} */
export const workbenchFolders = {
  'src/workbench/store': { imports: PROTOCOL },
  'src/workbench/i18n': { imports: ['src/i18n'] },
  // The only folder that imports the view library: what it re-exports is what views can use.
  'src/workbench/ui': { imports: SANDBOX_OF_PAGE, packages: ['lit-html'] },
  'src/workbench/compile': { imports: BASE, packages: ['typescript', 'monaco-editor'] },
  'src/workbench/device': {
    imports: [
      ...BASE,
      'src/i18n',
      'src/workbench/compile',
      'sandbox/protocol/tls.ts',
      'sandbox/mosquitto/tls/key-pair.ts',
    ],
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
      'src/workbench/trace',
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
  // `mosquitto` reads its files as the room does, to say what it would say.
  'src/workbench/terminal': {
    imports: [...VIEW, 'src/workbench/device', 'sandbox/mosquitto'],
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
  'src/workbench/panels/output': { imports: [...PANEL, 'src/workbench/panels/panel-output.ts'] },
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
  // For a finger on a small screen.
  'src/workbench/phone': { imports: VIEW },
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
