import type { PacketEntry } from '../../../sandbox/protocol/trace.ts';
import type { RunRecord } from '../run/record.ts';
import type { Words } from '../i18n/words.ts';
import { h, setText } from '../ui/dom.ts';
import { previewOf } from '../trace/payload-preview.ts';
import { SceneReceived } from './scene-received.ts';
import { secondsOf } from '../trace/packet-rows.ts';

/** Drawn for each actor; older ones are counted. */
const mostShown = 50;

/** What the clients of the scene have heard: where the learner sees that somebody did. */
export function createSceneMessages(
  actors: readonly { name: string; subscribes: string[] }[],
  record: RunRecord,
  words: Words,
): HTMLElement | undefined {
  const listeners = actors.filter(({ subscribes }) => subscribes.length > 0);
  if (listeners.length === 0) return undefined;
  const received = new SceneReceived();
  const cards = listeners.map(({ name, subscribes }) => {
    const list = h('ol', {
      class: 'wb-heard',
      'aria-live': 'polite',
      tabindex: 0,
      'aria-label': name,
    });
    const nothing = h('p', { class: 'wb-empty' }, words('workbench.scene.nothing'));
    const element = h(
      'article',
      { class: 'wb-actor' },
      h(
        'h4',
        { class: 'wb-actor-name', 'data-role': 'subscriber' },
        h('span', { class: 'wb-shape', title: words('workbench.role.subscriber') }),
        name,
        h('span', { class: 'wb-actor-listens' }, words('workbench.scene.listens'), ' '),
        ...subscribes.map((filter) => h('code', { class: 'wb-topic' }, filter)),
      ),
      nothing,
      list,
    );
    return { name, element, list, nothing, drawn: '' };
  });

  record.subscribe(() => {
    received.sync(record);
    for (const card of cards) {
      const messages = received.of(card.name);
      card.nothing.hidden = messages.length > 0;
      card.list.hidden = messages.length === 0;
      card.element.classList.toggle('wb-actor-heard', messages.length > 0);
      const state = `${record.generation} ${messages.length}`;
      if (state === card.drawn) continue;
      if (!card.drawn.startsWith(`${record.generation} `)) card.list.replaceChildren();
      draw(card.list, messages, words);
      card.drawn = state;
    }
  });
  for (const { list } of cards) list.hidden = true;
  return h(
    'section',
    { role: 'group', class: 'wb-scene', 'aria-label': words('workbench.scene') },
    ...cards.map(({ element }) => element),
  );
}

/** Adds what is new at the end, so that a live region reads just that. */
function draw(list: HTMLElement, messages: readonly PacketEntry[], words: Words): void {
  const shown = messages.slice(-mostShown);
  const first = shown[0];
  for (const item of list.querySelectorAll('.wb-message')) {
    if (!first || Number((item as HTMLElement).dataset.n) < first.n) item.remove();
  }
  let last = Number((list.lastElementChild as HTMLElement | null)?.dataset.n ?? 0);
  const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
  for (const entry of shown) {
    if (entry.n <= last) continue;
    last = entry.n;
    list.append(item(entry, words));
  }
  if (messages.length > shown.length) {
    const text = words('workbench.scene.left-out', { count: messages.length - shown.length });
    const before = list.querySelector('.wb-left-out') ?? h('li', { class: 'wb-left-out' });
    setText(before, text);
    list.prepend(before);
  }
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function item(entry: PacketEntry, words: Words): HTMLElement {
  const message = SceneReceived.messageOf(entry);
  const empty = message.payload.length === 0;
  return h(
    'li',
    { class: 'wb-message', 'data-n': entry.n },
    h(
      'span',
      { class: 'wb-message-payload' },
      empty ? words('workbench.payload.empty') : previewOf(message.payload, 300),
    ),
    h('span', { class: 'wb-topic' }, message.topic),
    h(
      'span',
      { class: 'wb-packet-time' },
      words('workbench.time', { seconds: secondsOf(entry.at) }),
    ),
  );
}
