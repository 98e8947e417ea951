import { faceBoardOf } from '../faces/face-board.ts';
import { wordAreas } from '../i18n/word-areas.ts';
import { createWords } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { LineConditions } from '../room/line-conditions.ts';
import type { CodeEditor } from '../run/code-editor.ts';
import type { RecordView } from '../run/record.ts';
import type { TextStore } from '../store/drafts.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import { ClientLines } from '../trace/clients.ts';
import type { Moment } from '../time/moment.ts';
import type { PanelContext, PanelEntry } from './panel.ts';
import { createPanelRoom, type PanelRoomDeps } from './panel-room.ts';

export interface PanelContextDeps extends PanelRoomDeps {
  session: PanelRoomDeps['session'] & Parameters<typeof faceBoardOf>[0];
  exercise: string;
  language: 'en' | 'zh-tw';
  data: ExerciseData;
  model: Model;
  moment: Moment;
  conditions: LineConditions;
  files: BrokerFileDrafts;
  store: TextStore;
  openEditor(container: HTMLElement, files: { name: string; text: string }[]): Promise<CodeEditor>;
}

/** Makes the context of each panel; its words are fetched with it. */
export function createPanelContexts(deps: PanelContextDeps) {
  const { exercise, language, data, model, moment, conditions, files } = deps;
  const lines = new RunLines(() => moment.whole);
  const runLines = new RunLines(() => model.record);
  const room = createPanelRoom(deps);
  const faces = faceBoardOf(deps.session);
  return async (name: string, entry: PanelEntry): Promise<PanelContext> => ({
    exercise,
    language,
    data,
    devices: data.devices.map((device) => device.name.replace(/\.ts$/, '')),
    record: moment,
    run: model.record,
    time: moment,
    get lines() {
      return lines.now();
    },
    get runLines() {
      return runLines.now();
    },
    words: createWords(data.strings, await wordAreas(language, entry.areas)),
    room,
    conditions,
    faces,
    model,
    files: {
      load: () => files.load(),
      save: (changed) => files.save(changed),
      contain: (given) => files.contain(given),
      unapplied: () => files.unapplied,
      onChange: (listener) => files.onChange(listener),
      edit: (container, shown) => deps.openEditor(container, [...shown]),
    },
    store: prefixed(deps.store, `retained:panel:${exercise}:${name}:`),
  });
}

/** The lines of the current run; reads new entries of the record only when it is asked. */
class RunLines {
  readonly #record: () => RecordView;
  #lines = new ClientLines();
  #generation = -1;
  #last = 0;

  constructor(record: () => RecordView) {
    this.#record = record;
  }
  now(): ClientLines {
    const { entries, generation } = this.#record();
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
