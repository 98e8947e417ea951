import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { TextStore } from '../store/drafts.ts';
import type { CodeEditor } from '../run/code-editor.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import { ClientLines } from '../trace/clients.ts';
import type { PanelRoom } from '../room/panel-room.ts';
import type { PanelContext, PanelEntry } from './panel.ts';
import type { RunRecord } from '../run/record.ts';
import { createWords } from '../i18n/words.ts';
import { wordAreas } from '../i18n/word-areas.ts';

export interface PanelContextDeps {
  exercise: string;
  language: 'en' | 'zh-tw';
  data: ExerciseData;
  record: RunRecord;
  room: PanelRoom;
  files: BrokerFileDrafts;
  store: TextStore;
  openEditor(container: HTMLElement, files: { name: string; text: string }[]): Promise<CodeEditor>;
  announce(text: string): void;
}

/** Makes what each panel is given; its words are fetched with it. */
export function createPanelContexts(parts: PanelContextDeps) {
  const { exercise, language, data, record, room, announce } = parts;
  const lines = new RunLines(record);
  return async (name: string, entry: PanelEntry): Promise<PanelContext> => ({
    exercise,
    language,
    data,
    devices: data.devices.map((device) => device.name.replace(/\.ts$/, '')),
    record,
    get lines() {
      return lines.now();
    },
    words: createWords(data.strings, await wordAreas(language, entry.areas)),
    room,
    files: {
      load: () => parts.files.load(),
      save: (files) => parts.files.save(files),
      unapplied: () => parts.files.unapplied,
      onChange: (listener) => parts.files.onChange(listener),
      edit: (container, files) => parts.openEditor(container, [...files]),
    },
    store: prefixed(parts.store, `retained:panel:${exercise}:${name}:`),
    announce,
  });
}

/** Keeps up with the record when it is asked, and not before. */
class RunLines {
  readonly #record: RunRecord;
  #lines = new ClientLines();
  #generation = -1;
  #last = 0;

  constructor(record: RunRecord) {
    this.#record = record;
  }
  now(): ClientLines {
    const { entries, generation } = this.#record;
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#lines = new ClientLines();
      this.#last = 0;
    }
    let first = entries.length;
    while (first > 0 && entries[first - 1]!.n > this.#last) first -= 1;
    for (const entry of entries.slice(first)) this.#lines.add(entry);
    this.#last = entries.at(-1)?.n ?? this.#last;
    return this.#lines;
  }
}

function prefixed(store: TextStore, prefix: string): TextStore {
  return {
    getItem: (key) => store.getItem(prefix + key),
    setItem: (key, value) => store.setItem(prefix + key, value),
    removeItem: (key) => store.removeItem(prefix + key),
  };
}
