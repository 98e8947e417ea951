import { cloudFiles } from '../../../../sandbox/protocol/exercise.ts';
import { RoomError } from '../../room/room.ts';
import { brokerHeld } from '../../stage/broker-held.ts';
import { castOf } from '../../stage/cast.ts';
import type { StageClient } from '../../stage/clients.ts';
import { ownMessage } from '../../stage/own-message.ts';
import { Stage } from '../../stage/stage.ts';
import { MomentState } from '../../time/moment-state.ts';
import { h } from '../../ui/dom.ts';
import { createMenu } from '../../ui/menu.ts';
import { render } from '../../ui/view.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { brokerModels, type Held } from './broker-models.ts';
import { cableItems, createCableActions } from './cable-actions.ts';
import { nameOf } from './client-view.ts';
import { formOf, roomOf } from './stage-form.ts';
import { newsText, stageView } from './stage-view.ts';

const nothingHeld: Held = { house: undefined, cloud: undefined };
/** Milliseconds between two draws. Between them only CSS animations move. */
const drawMs = 100;
/** So long the picture rests before it shows the own message once more. */
const ownMs = 400;
/** The stage: the running exercise as a picture. */
export function createStagePanel(context: PanelContext): Panel {
  const { record, time, room, conditions, words, data, devices, faces, model } = context;
  const cast = castOf(devices, data.actors, cloudFiles(data.files) !== undefined);
  let stage = new Stage(cast);
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  const menus = new Map<string, ReturnType<typeof createMenu>>();
  let held = nothingHeld;
  let isUnavailable = false;
  let said = '';
  let failure = '';
  let isShown = false;
  let isDirty = false;
  let hasPassed = false;
  let ownTimer: ReturnType<typeof setTimeout> | undefined;
  let drawn = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let generation = record.generation;
  let shownCapture = time.capture;
  let height = 0;
  let mostOnASide = 1;

  const element = h('section', {
    role: 'group',
    class: 'wb-stage',
    'aria-label': words('panels.stage.label'),
    tabindex: '0',
  });
  const actions = createCableActions({ conditions, room }, (error) => {
    failure = words(
      error instanceof RoomError && error.key === 'not-by-this-broker'
        ? 'workbench.notice.not-by-this-broker'
        : 'panels.stage.failed',
    );
    change();
  });

  function draw(): void {
    const now = performance.now();
    drawn = now;
    isDirty = false;
    stage.settle(now);
    const news = stage.news.take(now);
    if (news) said = newsText(news, words);
    const clients = stage.clients();
    const there = clients.cloud?.shown ?? [];
    const shown = [...clients.left.shown, ...clients.right.shown, ...there];
    forgetMenus(shown);
    const nameIn = (id: string) => {
      const client = shown.find(({ clientId, column }) => clientId === id || column?.key === id);
      return client ? nameOf(client, words) : id;
    };
    // The faces as they were then.
    const board = time.isNow ? faces : faces.at(model.runBegan + time.until);
    const focused = element.ownerDocument.activeElement;
    const common = { isUnavailable, nameOf: nameIn, leftOut: leftOut() };
    const { house, cloud } = brokerModels(clients, held, stage.wills.list, common);
    render(
      stageView(
        {
          clients,
          said,
          failure,
          ...house,
          cloud,
        },
        {
          ...{
            words,
            board,
            actions,
            now,
            menuOf,
            isPast: !time.isNow || context.isReadOnly === true,
          },
          stateOf: (program) => record.states.get(program),
        },
      ),
      element,
    );
    keepFocus(focused);
    const inScene = Math.max(1, clients.left.shown.length, clients.right.shown.length);
    mostOnASide = inScene + (clients.cloud ? Math.max(1, there.length) : 0);
    showRoom();
    for (const menu of menus.values()) menu.moved();
    plan();
  }
  /** Entries from before the moment that are gone: then the broker's state is not known in full. */
  const leftOut = (): number => (time.isNow ? 0 : record.entriesLeftOut);
  /** A client that changes sides is moved in the document, and so loses the focus. */
  function keepFocus(focused: Element | null): void {
    if (focused === element.ownerDocument.activeElement || !element.contains(focused)) return;
    (focused as HTMLElement).focus({ preventScroll: true });
  }
  /** The next draw: when something is new, or a packet arrives; never more often than `drawMs`. */
  function plan(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!isShown) return;
    const now = performance.now();
    const due = isDirty ? now : stage.nextChange(now);
    if (due === undefined) return;
    timer = setTimeout(draw, Math.max(0, due - now, drawn + drawMs - now));
  }
  function change(): void {
    if (isDirty) return;
    isDirty = true;
    plan();
  }

  function menuOf(client: StageClient): HTMLElement {
    const key = menuKey(client);
    let menu = menus.get(key);
    if (!menu) {
      const name = words('panels.stage.cable-of', { client: nameOf(client, words) });
      const items = () => cableItems(client.target!, actions, words);
      menus.set(key, (menu = createMenu('⋯', items, { class: 'wb-stage-menu', name })));
    }
    return menu.element;
  }
  function forgetMenus(shown: readonly StageClient[]): void {
    const keys = new Set(shown.map(menuKey));
    for (const key of menus.keys()) if (!keys.has(key)) menus.delete(key);
  }

  const poll = new MomentState(room, time, {
    onState(state) {
      isUnavailable = false;
      held = { house: brokerHeld(state), cloud: state.cloud && brokerHeld(state.cloud) };
      change();
    },
    onUnavailable() {
      isUnavailable = true;
      held = nothingHeld;
      change();
    },
  });
  function update(): void {
    // A capture has clients of its own.
    const isOther = time.capture !== shownCapture;
    shownCapture = time.capture;
    if (isOther) stage = new Stage(time.capture === undefined ? cast : []);
    const isSeen = isShown && time.isMoving;
    const mode = !isSeen ? 'past' : reduced.matches ? 'still' : 'moving';
    stage.sync(record, { now: performance.now(), mode, speed: time.isLive ? 1 : time.speed });
    if (record.generation === generation) poll.changed();
    else {
      generation = record.generation;
      held = nothingHeld;
      failure = '';
      poll.restart();
    }
    change();
  }
  /** Once all checks hold, and their entries are here, what was proved is seen once more. */
  function showOwn(): void {
    if (hasPassed || !isPassed()) return;
    hasPassed = true;
    ownTimer = setTimeout(showAgain, ownMs);
  }
  function forgetOwn(): void {
    if (isPassed()) return;
    hasPassed = false;
    clearTimeout(ownTimer);
  }
  function isPassed(): boolean {
    const { passed, all } = model.checkCount;
    return all > 0 && passed === all;
  }
  function showAgain(): void {
    if (!isShown) return;
    update();
    const mode = reduced.matches ? 'still' : 'moving';
    stage.again(ownMessage(record.entries), { now: performance.now(), mode });
    change();
  }
  function showRoom(): void {
    const each = height / mostOnASide;
    element.dataset['room'] = roomOf(each);
  }
  const size = new ResizeObserver(([entry]) => {
    const { width } = entry!.contentRect;
    element.dataset['form'] = formOf(width);
    ({ height } = entry!.contentRect);
    showRoom();
  });
  const stops = [
    record.subscribe(update),
    model.on('checks', forgetOwn),
    model.on('checked', showOwn),
    conditions.subscribe(change),
    faces.subscribe(change),
    () => size.disconnect(),
  ];
  size.observe(element);
  update();
  return {
    element,
    show() {
      stage.sync(record, { now: performance.now(), mode: 'past' });
      isShown = true;
      poll.show();
      draw();
    },
    hide() {
      isShown = false;
      clearTimeout(timer);
      poll.hide();
    },
    dispose() {
      clearTimeout(timer);
      clearTimeout(ownTimer);
      poll.hide();
      stops.forEach((stop) => stop());
    },
  };
}

const menuKey = ({ key, target }: StageClient) => `${key} ${target}`;
