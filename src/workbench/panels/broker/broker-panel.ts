import type { BrokerState } from '../../../../sandbox/protocol/state.ts';
import { h, setText } from '../../ui/dom.ts';
import { renderKeyed, type Keyed } from '../../ui/keyed-list.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { previewOf } from '../../trace/payload-preview.ts';
import { StatePoll } from '../../room/state-poll.ts';
import { clientCard } from './client-card.ts';
import { isSameState, type Marked, markedState } from './differences.ts';
import { markOf } from './mark.ts';

/** Shown of each kind; the rest is counted. A room of one learner has a handful. */
const mostShown = 100;
type Retained = Marked<BrokerState['retained'][number]>;

/** What the broker holds at this moment, and what the last step changed in it. */
export function createBrokerPanel({ data, record, room, words }: PanelContext): Panel {
  const say = (key: string, values?: Record<string, string | number>) =>
    words(`panels.broker.${key}`, values);
  let now: BrokerState | undefined;
  /** What `now` is compared with. */
  let before: BrokerState | undefined;
  let isPinned = false;
  let generation = record.generation;

  const status = h('p', { class: 'wb-tools-say', role: 'status' });
  const pin = h(
    'button',
    {
      type: 'button',
      class: 'wb-button',
      'aria-pressed': 'false',
      onclick: () => {
        isPinned = !isPinned;
        pin.setAttribute('aria-pressed', String(isPinned));
        before = now;
        draw();
      },
    },
    say('pin'),
  );
  const restart = h(
    'button',
    {
      type: 'button',
      class: 'wb-button wb-broker-restart',
      title: say('restart.title'),
      onclick: () => void attempt(() => room.reset()),
    },
    say('restart'),
  );
  const clients = h('div', { class: 'wb-held-cards' });
  const retained = h('ul', { class: 'wb-held-retained', 'aria-label': say('retained') });
  const note = (className: string, text = '') => h('p', { class: className }, text);
  const noClients = note('wb-empty', say('no-clients'));
  const noRetained = note('wb-empty', say('no-retained'));
  const moreClients = note('wb-left-out');
  const moreRetained = note('wb-left-out');
  const empty = h('p', { class: 'wb-empty' }, say('empty'));
  const body = h(
    'div',
    { class: 'wb-held-body', hidden: true },
    h('h3', { class: 'wb-title' }, say('clients')),
    noClients,
    clients,
    moreClients,
    h('h3', { class: 'wb-title' }, say('retained')),
    noRetained,
    retained,
    moreRetained,
  );
  const element = h(
    'section',
    { role: 'group', class: `wb-view wb-broker${data.brokerActions ? '' : ' wb-broker-shows'}`, 'aria-label': words('workbench.panel.broker') },
    h('div', { class: 'wb-tools' }, pin, restart, status),
    h('div', { class: 'wb-held-scroll', tabindex: 0, role: 'region', 'aria-label': say('holds') }, empty, body),
  ); // prettier-ignore

  /** The new state comes with what the room tells of it; here only a failure has to be said. */
  async function attempt(request: () => Promise<void>): Promise<void> {
    setText(status, '');
    try {
      await request();
      poll.changed();
    } catch {
      setText(status, say('failed'));
    }
  }

  function draw(): void {
    empty.hidden = now !== undefined;
    body.hidden = now === undefined;
    if (!now) return;
    const marked = markedState(now, before);
    noClients.hidden = marked.clients.length > 0;
    noRetained.hidden = marked.retained.length > 0;
    renderKeyed(
      clients,
      marked.clients.slice(0, mostShown).map((client): Keyed => ({
        key: client.value.clientId,
        signature: JSON.stringify([client, [...client.changed]]),
        render: () => clientCard(client, words, (id) => void attempt(() => room.disconnect(id))),
      })),
    );
    renderKeyed(
      retained,
      marked.retained.slice(0, mostShown).map((one): Keyed => ({
        key: one.value.topic,
        signature: JSON.stringify(one),
        render: () => retainedRow(one),
      })),
    );
    more(moreClients, marked.clients.length);
    more(moreRetained, marked.retained.length);
  }
  function more(element: HTMLElement, count: number): void {
    element.hidden = count <= mostShown;
    setText(element, say('more', { count: count - mostShown }));
  }
  function retainedRow({ value, mark }: Retained): HTMLElement {
    const { topic, payload, qos } = value;
    return h(
      'li',
      { 'data-mark': mark },
      h('code', { class: 'wb-topic' }, topic),
      h('span', { class: 'wb-held-payload' }, previewOf(payload)),
      h('span', { class: 'wb-mark' }, words('workbench.packets.qos', { qos })),
      markOf(mark, words),
      mark !== 'gone' &&
        h(
          'button',
          {
            type: 'button',
            class: 'wb-button wb-held-do',
            'data-focus': 'clear',
            onclick: () => void attempt(() => room.clearRetained(topic)),
          },
          say('clear'),
          h('span', { class: 'wb-spoken' }, ` ${topic}`),
        ),
    );
  }

  const poll = new StatePoll(
    () => (room.answer ? room.state() : Promise.reject(new Error('no room'))),
    (state) => {
      if (!state) return;
      if (now && isSameState(now, state)) return;
      if (!isPinned) before = now;
      else before ??= now;
      now = state;
      draw();
    },
  );
  const unsubscribe = record.subscribe(() => {
    if (record.generation !== generation) {
      generation = record.generation;
      // A fresh broker: nothing of the one before can be a difference.
      now = undefined;
      before = undefined;
      draw();
    }
    if (room.answer) poll.changed();
  });
  return {
    element,
    show: () => poll.show(),
    hide: () => poll.hide(),
    dispose() {
      poll.hide();
      unsubscribe();
    },
  };
}
