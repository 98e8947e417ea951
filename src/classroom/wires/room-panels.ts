/** The panels of the exercises over a room that is only looked at: tabs, and one panel in front. */
import type { Panel, PanelContext } from '../../workbench/panels/panel.ts';
import { panels } from '../../workbench/panels/registry.ts';
import { wordAreas } from '../../workbench/i18n/word-areas.ts';
import type { ExerciseData } from '../../workbench/store/exercise-data.ts';
import { createTimePlace, type TimePlace } from '../../workbench/panels/time/time-place.ts';
import { createWords, type Words } from '../../workbench/i18n/words.ts';
import { Moment } from '../../workbench/time/moment.ts';
import { ClientLines } from '../../workbench/trace/clients.ts';
import { guardedStore } from '../../workbench/store/drafts.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import { stageContext, stageData } from './read-only.ts';
import type { WatchedRoom } from './watched-room.ts';

/** Those that change nothing in the room. */
const usual = ['packets', 'wire', 'topics', 'broker'] as const;
export type PanelName = (typeof usual)[number] | 'stage';

export interface RoomPanelsOptions {
  room: WatchedRoom;
  /** The words of the workbench. */
  strings: Record<string, string>;
  language: 'en' | 'zh-tw';
  /** Of the exercise: with it there is a stage, and the line of time. */
  data?: ExerciseData;
  /** Another panel is in front, or it has come. */
  changed(): void;
}

export class RoomPanels {
  chosen: PanelName;
  readonly #options: RoomPanelsOptions;
  readonly #moment: Moment;
  readonly #names: readonly PanelName[];
  readonly #time: TimePlace | undefined;
  readonly #t: Words;
  readonly #opened = new Map<PanelName, Promise<Panel>>();
  readonly #here = new Map<PanelName, Panel>();
  #isClosed = false;

  constructor(options: RoomPanelsOptions, first: PanelName = options.data ? 'stage' : 'packets') {
    this.#options = options;
    this.#moment = new Moment(options.room.record);
    this.#t = createWords(options.strings);
    const { data, language, strings } = options;
    this.#names = data ? ['stage', ...usual] : usual;
    if (data) this.#time = createTimePlace({ moment: this.#moment, language, strings });
    this.chosen = first;
    // Whoever makes it has it before it says anything.
    queueMicrotask(() => void this.choose(first));
  }

  /** Only what these panels read; what would change the room is not offered. */
  async #open(name: PanelName): Promise<Panel> {
    const { language, strings, room, data } = this.#options;
    const entry = panels[name]!;
    const words = createWords(strings, await wordAreas(language, entry.areas));
    const store = guardedStore(() => sessionStorage);
    const moment = this.#moment;
    const context = {
      ...{ language, words, room, store, record: moment, time: moment, run: room.record },
      ...{ exercise: 'class', devices: [], lines: new ClientLines(), runLines: new ClientLines() },
      data: {
        brokerActions: false,
        devices: [],
        actors: [],
        retained: [],
        ...(data && stageData(data)),
      },
      ...(data && stageContext(data)),
    };
    const panel = (await entry.load())(context as unknown as PanelContext);
    this.#here.set(name, panel);
    return panel;
  }

  async choose(name: PanelName): Promise<void> {
    this.#here.get(this.chosen)?.hide();
    this.chosen = name;
    this.#time?.setInSight([name]);
    this.#options.changed();
    let opening = this.#opened.get(name);
    if (!opening) this.#opened.set(name, (opening = this.#open(name)));
    const panel = await opening;
    if (this.#isClosed) return panel.dispose();
    if (this.chosen !== name) return;
    this.#options.changed();
    panel.show();
  }

  #keys(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = this.#names.indexOf(this.chosen) + step + this.#names.length;
    const next = this.#names[at % this.#names.length]!;
    const tabs = event.currentTarget as HTMLElement;
    void this.choose(next).then(() => tabs.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
  }

  view(label: string): TemplateResult {
    const tab = (name: PanelName) =>
      html`<button
        type="button"
        role="tab"
        class="wb-panel-tab"
        id=${`tab-${name}`}
        aria-selected=${String(name === this.chosen)}
        aria-controls="wires-panel"
        tabindex=${name === this.chosen ? 0 : -1}
        @click=${() => void this.choose(name)}
      >
        ${this.#t(`workbench.panel.${name}`)}
      </button>`;
    return html`<div class="wb-panel-bar">
        <div
          class="wb-panel-tabs"
          role="tablist"
          aria-label=${label}
          @keydown=${(event: KeyboardEvent) => this.#keys(event)}
        >
          ${this.#names.map(tab)}
        </div>
      </div>
      <div
        role="tabpanel"
        id="wires-panel"
        class="wires-panel"
        aria-labelledby=${`tab-${this.chosen}`}
      >
        ${this.#time?.head ?? nothing} ${this.#here.get(this.chosen)?.element ?? nothing}
        ${this.#time?.element ?? nothing}
      </div>`;
  }

  dispose(): void {
    this.#isClosed = true;
    for (const panel of this.#here.values()) panel.dispose();
    this.#time?.dispose();
    this.#moment.dispose();
  }
}
