import type { PacketKind } from '../../../../sandbox/protocol/mqtt.ts';
import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { previewOf } from '../../trace/payload-preview.ts';
import type { ClientField, MarkedClient } from './differences.ts';
import { markOf } from './mark.ts';

/** Shown of one client; the rest is counted. */
const mostShown = 50;

/** A client as the broker knows it: its session, what it subscribed to, what is on its way. */
export function clientCard(
  client: MarkedClient,
  words: Words,
  onDisconnect: (clientId: string) => void,
): HTMLElement {
  const { value, mark } = client;
  const say = (key: string, values?: Record<string, string | number>) =>
    words(`panels.broker.${key}`, values);
  const facts: [ClientField, string | false][] = [
    ['version', say(`version.${value.version}`)],
    ['clean', say(value.clean ? 'clean' : 'kept')],
    ['keepAlive', value.keepAlive === 0 ? say('no-keep-alive') : say('keep-alive', { seconds: value.keepAlive })],
    ['userName', value.userName !== undefined && say('user', { name: value.userName })],
    ['queued', (value.queued > 0 || client.changed.has('queued')) && say('queued', { count: value.queued })],
  ]; // prettier-ignore
  const { subscriptions, inflight } = client;
  return h(
    'article',
    { class: 'wb-held', 'data-mark': mark === 'changed' ? undefined : mark, 'data-connected': String(value.connected) },
    h(
      'div',
      { class: 'wb-held-head' },
      h('h4', {}, h('code', {}, value.clientId === '' ? say('no-id') : value.clientId)),
      h('span', { class: 'wb-held-state', 'data-changed': client.changed.has('connected') }, say(value.connected ? 'connected' : 'away')),
      markOf(mark === 'changed' ? undefined : mark, words),
      value.connected && mark !== 'gone' && h(
        'button',
        { type: 'button', class: 'wb-button wb-held-do', 'data-focus': 'disconnect', onclick: () => onDisconnect(value.clientId) },
        say('disconnect'),
        h('span', { class: 'wb-spoken' }, ` ${value.clientId}`),
      ),
    ),
    h('p', { class: 'wb-held-facts' }, ...facts.filter(([, text]) => text !== false).map(([field, text]) => h('span', { 'data-changed': client.changed.has(field) }, text))),
    value.will && h(
      'p',
      { class: 'wb-held-will', 'data-changed': client.changed.has('will') },
      say('will', { qos: value.will.qos }), ' ', h('code', { class: 'wb-topic' }, value.will.topic), ' ', previewOf(value.will.payload),
      value.will.retain && h('span', { class: 'wb-mark' }, words('workbench.packets.retained')),
    ),
    subscriptions.length > 0 && h(
      'ul',
      { class: 'wb-held-list', 'aria-label': say('subscriptions') },
      ...subscriptions.slice(0, mostShown).map((one) =>
        h('li', { 'data-mark': one.mark }, h('code', { class: 'wb-topic' }, one.value.filter), ' ', say('granted', { qos: one.value.qos }), markOf(one.mark, words)),
      ),
      subscriptions.length > mostShown && h('li', {}, say('more', { count: subscriptions.length - mostShown })),
    ),
    inflight.length > 0 && h(
      'ul',
      { class: 'wb-held-list', 'aria-label': say('inflight') },
      ...inflight.slice(0, mostShown).map((one) => {
        const { packetId: id, qos, direction, waitsFor } = one.value;
        return h('li', { 'data-mark': one.mark }, say(`inflight.${direction}`, { id, qos, kind: waitsFor satisfies PacketKind }), markOf(one.mark, words));
      }),
      inflight.length > mostShown && h('li', {}, say('more', { count: inflight.length - mostShown })),
    ),
  );
} // prettier-ignore
