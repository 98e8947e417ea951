/**
 * How a class works: what goes over the wires of its own broker, in the panels of the exercises. The
 * class is named behind `#` in the address.
 */
import type { PanelContext } from '../../workbench/panels/panel.ts';
import { panels } from '../../workbench/panels/registry.ts';
import { wordAreas } from '../../workbench/i18n/word-areas.ts';
import { createWords } from '../../workbench/i18n/words.ts';
import { Moment } from '../../workbench/time/moment.ts';
import { ClientLines } from '../../workbench/trace/clients.ts';
import { guardedStore } from '../../workbench/store/drafts.ts';
import { html, nothing, render } from '../../workbench/ui/view.ts';
import { WatchedRoom } from './watched-room.ts';

const page = document.querySelector<HTMLElement>('[data-wires]')!;
const strings = JSON.parse(document.querySelector('script[data-words]')!.textContent!) as Record<string, string>; // prettier-ignore
const t = createWords(strings);
const language = document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en';
const names = ['packets', 'wire', 'topics', 'broker'] as const;
type Name = (typeof names)[number];

const id = location.hash.slice(1).replace(/[^\w-]/g, '');
let isLive: boolean | null = null;
const room = new WatchedRoom(`${encodeURIComponent(id)}/watch`, (now) => {
  isLive = now;
  draw();
});
const moment = new Moment(room.record);
const opened = new Map<Name, Awaited<ReturnType<typeof open>>>();
let chosen: Name = 'packets';

/** Only what these panels read; what would change the room is not offered. */
async function open(name: Name) {
  const entry = panels[name]!;
  const words = createWords(strings, await wordAreas(language, entry.areas));
  const store = guardedStore(() => sessionStorage);
  const context = {
    ...{ language, words, room, store, record: moment, time: moment, run: room.record },
    ...{ exercise: 'class', devices: [], lines: new ClientLines(), runLines: new ClientLines() },
    data: { brokerActions: false, devices: [], actors: [], retained: [] },
  };
  return (await entry.load())(context as unknown as PanelContext);
}

async function choose(name: Name): Promise<void> {
  opened.get(chosen)?.hide();
  chosen = name;
  if (!opened.has(name)) opened.set(name, await open(name));
  draw();
  if (chosen === name) opened.get(name)!.show();
}

function keys(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const next = names[(names.indexOf(chosen) + step + names.length) % names.length]!;
  void choose(next).then(() => page.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
}

function draw(): void {
  const tab = (name: Name) =>
    html`<button
      type="button"
      role="tab"
      class="wb-panel-tab"
      id=${`tab-${name}`}
      aria-selected=${String(name === chosen)}
      aria-controls="wires-panel"
      tabindex=${name === chosen ? 0 : -1}
      @click=${() => void choose(name)}
    >
      ${t(`workbench.panel.${name}`)}
    </button>`;
  render(
    html`<h2>${t('lead.wires.tabs')}</h2>
      <p class="soft" role="status">
        ${isLive === null ? t('lead.wires.connecting') : isLive ? nothing : t('lead.wires.lost')}
      </p>
      <div class="wb-panel-bar">
        <div
          class="wb-panel-tabs"
          role="tablist"
          aria-label=${t('lead.wires.tabs')}
          @keydown=${keys}
        >
          ${names.map(tab)}
        </div>
      </div>
      <div role="tabpanel" id="wires-panel" class="wires-panel" aria-labelledby=${`tab-${chosen}`}>
        ${opened.get(chosen)?.element ?? nothing}
      </div>`,
    page,
  );
}

draw();
void choose('packets');
