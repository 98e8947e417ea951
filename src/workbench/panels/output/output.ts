import type { Words } from '../../i18n/words.ts';
import type { Model } from '../../model/model.ts';
import type { ExerciseData } from '../../store/exercise-data.ts';
import type { RecordView } from '../../run/record.ts';
import { type ClientRole, clientRoleOf } from '../../trace/clients.ts';
import { clientNameOf } from '../../trace/packet-rows.ts';
import { ListEnd } from '../../ui/list-end.ts';
import { pacedBy } from '../../ui/paced-by.ts';
import { createView } from '../../ui/view.ts';
import type { PanelOutput } from '../panel-output.ts';
import { type OutputItem, OutputItems } from './output-items.ts';
import { OutputList } from './output-list.ts';
import { createRow } from './output-rows.ts';
import { outputView } from './output-view.ts';
import { type Cast, whoIsThere, type WhoModel } from './who.ts';

/**
 * Each drawing lays out the list, to keep its end in sight: it takes a tenth of the time, and what comes
 * alone is drawn at once. A rest is never longer than this, in milliseconds.
 */
const mostRest = 150;
const restFor = (drawingMs: number): number => Math.min(mostRest, 9 * drawingMs);
/** Rows that are drawn before somebody asks for the earlier ones. */
const shownAtFirst = 500;

export interface OutputDeps {
  record: RecordView;
  words: Words;
  showPlace: Model['showPlace'];
  data: Pick<ExerciseData, 'devices' | 'actors' | 'panels'>;
}

/**
 * One list of what the programs print and what clients receive, in the order in which it happened, below
 * the clients and what they listen to. A message for a program is shown by what the program prints of it,
 * unless somebody asks for all, or the exercise has this panel in front.
 */
export function createOutput(deps: OutputDeps): PanelOutput {
  const { record, words, data } = deps;
  const items = new OutputItems();
  const devices = data.devices.map(({ name }) => name.replace(/\.ts$/, ''));
  const cast: Cast = { devices, actors: data.actors };
  const programs = new Set(devices);
  let withAll = data.panels.includes('output');
  let client = '';
  let hasEarlier = false;
  let generation = record.generation;
  let who = whoIsThere(cast, items, words);
  let roles = new Map<string, ClientRole>();

  const nameOf = (item: OutputItem): string =>
    item.what === 'printed' ? item.line.device : clientNameOf(items.lines.of(item.line), words);
  function whose(item: OutputItem): { name: string; role: ClientRole } {
    const name = nameOf(item);
    if (item.what === 'printed') return { name, role: roles.get(name) ?? 'client' };
    return { name, role: clientRoleOf(items.lines.of(item.line)) };
  }
  function isShown(item: OutputItem): boolean {
    if (client !== '') return nameOf(item) === client;
    return withAll || item.what === 'printed' || !programs.has(nameOf(item));
  }
  function modelOf(shown: readonly OutputItem[], all: number) {
    const silent = items.items.length > 0 ? 'workbench.output.none' : 'workbench.console.empty';
    return {
      ...{ who, client },
      withAll: client === '' && who.some(isProgramThatListens) ? withAll : undefined,
      leftOut: leftOutText(),
      earlier: all - shown.length,
      empty: shown.length === 0 ? words(silent) : undefined,
      isAlone: who.length < 2,
    };
  }
  const isProgramThatListens = ({ name, filters, received }: WhoModel): boolean =>
    programs.has(name) && (filters.length > 0 || received > 0);
  function leftOutText(): string {
    const { leftOut, packetsMissed } = items;
    return [
      leftOut > 0 && words('workbench.console.left-out', { count: leftOut }),
      packetsMissed > 0 && words('workbench.packets.left-out', { count: packetsMissed }),
    ]
      .filter((sentence) => sentence !== false)
      .join(' ');
  }

  const actions = {
    choose(name: string): void {
      client = name;
      show();
      end.show();
    },
    toggleAll(): void {
      withAll = !withAll;
      show();
      end.show();
    },
    showEarlier(): void {
      hasEarlier = true;
      show();
    },
  };
  let model = modelOf([], 0);
  const { element, draw } = createView(() => outputView(model, actions, words));
  const log = element.querySelector('[role=log]')!;
  const end = new ListEnd(log);
  const list = new OutputList(log, (item) =>
    createRow(item, {
      ...{ words, whose },
      onGoTo({ device, position, text }) {
        if (position) deps.showPlace({ file: `${device}.ts`, ...position, message: text });
      },
    }),
  );

  function show(): void {
    who = whoIsThere(cast, items, words);
    roles = new Map(who.map(({ name, role }) => [name, role]));
    const all = items.items.filter(isShown);
    const shown = hasEarlier ? all : all.slice(-shownAtFirst);
    model = modelOf(shown, all.length);
    list.show(shown, (item) => `${item.at} ${whose(item).role}`);
    draw();
    end.grown();
  }
  let drawingMs = 0;
  const showSoon = pacedBy(
    () => {
      const began = performance.now();
      show();
      drawingMs = performance.now() - began + end.layoutMs;
    },
    () => restFor(drawingMs),
  );
  function update(): void {
    const hasChanged = items.sync(record);
    if (generation !== record.generation) {
      generation = record.generation;
      hasEarlier = false;
      show();
    } else if (hasChanged) showSoon();
  }
  record.subscribe(update);
  return {
    element,
    // A list that was not shown could not follow what was added.
    show: () => end.show(),
    news: () => ({
      count: record.linesLeftOut + record.lines.length,
      isWrong: record.lines.some(({ level }) => level === 'error'),
    }),
    subscribe: (listener) => record.subscribe(listener),
  };
}
