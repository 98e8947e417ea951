import { cloudFiles } from '../../../../sandbox/protocol/exercise.ts';
import type { BrokerDeed, BrokerProcess } from '../../../../sandbox/protocol/process.ts';
import type { BrokerState } from '../../../../sandbox/protocol/state.ts';
import type { OnCloud } from '../../../../sandbox/protocol/trace.ts';
import { h } from '../../ui/dom.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { RoomError } from '../../room/room.ts';
import { MomentState } from '../../time/moment-state.ts';
import { render } from '../../ui/view.ts';
import { Ages } from './age.ts';
import { brokerView } from './broker-view.ts';
import { isSameState, markedState } from './differences.ts';

/** Keys of the sentences, by the room's reason. */
const failures: Record<string, string> = {
  'not-by-this-broker': 'workbench.notice.not-by-this-broker',
  'started-too-often': 'panels.broker.started-too-often',
  'bad-files': 'panels.broker.bad-files',
};
/** Milliseconds between two draws of the messages' ages. */
const ageMs = 1_000;

/** The broker panel: what the broker holds, and what a learner may do to it. */
export function createBrokerPanel({ data, record, time, room, words }: PanelContext): Panel {
  /** The broker that is shown, of a room with two. */
  let on: OnCloud | undefined;
  let hasCloud = cloudFiles(data.files) !== undefined;
  let now: BrokerState | undefined;
  let process: BrokerProcess | undefined;
  /** What `now` is compared with. */
  let before: BrokerState | undefined;
  let isPinned = false;
  let isUnavailable = false;
  /** Key of the sentence why the last request failed. */
  let failure: string | undefined;
  let generation = record.generation;
  const ages = new Ages(time);
  let timer: ReturnType<typeof setInterval> | undefined;

  const element = h('section', {
    role: 'group',
    class: 'wb-view wb-broker',
    'aria-label': words('workbench.panel.broker'),
  });
  const actions = {
    pin(): void {
      isPinned = !isPinned;
      before = now;
      draw();
    },
    restart: () => void attempt(() => room.reset()),
    operate: (deed: BrokerDeed) => void attempt(() => room.operate(deed, on)),
    disconnect: (clientId: string) => void attempt(() => room.disconnect(clientId, on)),
    clear: (topic: string) => void attempt(() => room.clearRetained(topic, on)),
    choose(which: OnCloud | undefined): void {
      if (which === on) return;
      on = which;
      now = undefined;
      before = undefined;
      process = undefined;
      draw();
      poll.changed();
    },
  };
  function draw(): void {
    const state = now && markedState(now, before);
    const clock = performance.now();
    if (now?.retained.length) ages.sync(clock, on);
    const ageOf = (topic: string) => ages.of(topic, clock);
    const leftOut = time.isNow ? 0 : record.entriesLeftOut;
    element.classList.toggle('wb-broker-shows', !data.brokerActions || !time.isNow);
    const deeds = () => element.querySelector('.wb-process-deeds');
    const hadFocus = deeds()?.contains(document.activeElement);
    render(
      brokerView(
        {
          state,
          process: time.isNow ? process : undefined,
          isUnavailable,
          on,
          hasCloud,
          isPinned,
          failure,
          leftOut,
          ageOf,
        },
        actions,
        words,
      ),
      element,
    );
    // What can be done now is something else: the keyboard stays where it was.
    if (hadFocus && !element.contains(document.activeElement))
      deeds()?.querySelector('button')?.focus();
  }

  /** The new state arrives by itself; only a failure is shown here. */
  async function attempt(request: () => Promise<void>): Promise<void> {
    setFailure(undefined);
    try {
      await request();
      poll.changed();
    } catch (error) {
      poll.changed();
      setFailure((error instanceof RoomError && failures[error.key]) || 'panels.broker.failed');
    }
  }
  function setFailure(key: string | undefined): void {
    failure = key;
    draw();
  }

  const poll = new MomentState(room, time, {
    onState(all) {
      isUnavailable = false;
      hasCloud ||= all.cloud !== undefined;
      const state = (on ? all.cloud : all) ?? { clients: [], retained: [] };
      ({ process } = state);
      if (now && isSameState(now, state)) return draw();
      if (!isPinned) before = now;
      else before ??= now;
      now = state;
      draw();
    },
    onUnavailable() {
      isUnavailable = true;
      process = undefined;
      now = undefined;
      draw();
    },
  });
  const unsubscribe = record.subscribe(() => {
    if (record.generation !== generation) {
      generation = record.generation;
      // A fresh broker: nothing of the one before can be a difference.
      now = undefined;
      before = undefined;
      draw();
      poll.restart();
    } else poll.changed();
  });
  draw();
  return {
    element,
    show() {
      poll.show();
      timer ??= setInterval(() => time.isNow && now?.retained.length && draw(), ageMs);
    },
    hide() {
      poll.hide();
      clearInterval(timer);
      timer = undefined;
    },
    dispose() {
      poll.hide();
      clearInterval(timer);
      unsubscribe();
    },
  };
}
