/** The panels of the workbench: each is fetched when it is first opened. */
import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { PanelEntry } from './panel.ts';

/** In the order of the tabs and of “More”. A panel without a line here is not offered. */
export const panels: Partial<Record<PanelName, PanelEntry>> = {
  stage: {
    label: 'workbench.panel.stage',
    areas: ['stage', 'presets'],
    load: async () => (await import('./stage/stage-panel.ts')).createStagePanel,
  },
  wire: {
    label: 'workbench.panel.wire',
    areas: ['wire', 'wire-panel', 'files'],
    load: async () => (await import('./wire/wire-panel.ts')).createWirePanel,
  },
  packets: {
    label: 'workbench.panel.packets',
    areas: ['wire', 'panels', 'files'],
    load: async () => (await import('./packets/packets-panel.ts')).createPacketsPanel,
  },
  broker: {
    label: 'workbench.panel.broker',
    areas: ['panels'],
    load: async () => (await import('./broker/broker-panel.ts')).createBrokerPanel,
  },
  topics: {
    label: 'workbench.panel.topics',
    areas: ['wire', 'panels'],
    load: async () => (await import('./topics/topics-panel.ts')).createTopicsPanel,
  },
  line: {
    label: 'workbench.panel.line',
    areas: ['panels', 'presets'],
    load: async () => (await import('./line/line-panel.ts')).createLinePanel,
  },
  terminal: {
    label: 'workbench.panel.terminal',
    areas: ['terminal'],
    load: async () => (await import('./terminal/terminal-panel.ts')).createTerminalPanel,
  },
  files: {
    label: 'workbench.panel.files',
    areas: ['terminal', 'files'],
    load: async () => (await import('./files/files-panel.ts')).createFilesPanel,
  },
};
