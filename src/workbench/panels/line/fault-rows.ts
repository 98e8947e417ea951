import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { type ClientLines, readPacket } from '../../trace/clients.ts';
import { clientNameOf, secondsOf } from '../../trace/packet-rows.ts';
import { type Armed, kindOfHit, type FaultHit } from './strikes.ts';

/** A rule that waits for its packet, or has met it. */
export function armedRow(
  one: Armed,
  words: Words,
  on: { again(one: Armed): void; remove(one: Armed): void },
): HTMLElement {
  const { rule, struck } = one;
  const say = (key: string, values?: Record<string, string | number>) =>
    words(`panels.line.${key}`, values);
  const button = (key: string, act: () => void) =>
    h(
      'button',
      { type: 'button', class: 'wb-button wb-line-do', 'data-focus': key, onclick: act },
      say(key),
    );
  const text = say(rule.after ? 'rule-after' : 'rule', {
    kind: rule.kind ?? say('kind.any'),
    direction: words(`workbench.${rule.direction}`),
    client: rule.client ?? '',
    action: say(`action.${rule.action.do}`),
    after: rule.after ?? 0,
  });
  return h(
    'li',
    { 'data-struck': struck !== undefined },
    h('span', { class: 'wb-mark' }, struck ? say('state.struck') : say('state.armed')),
    h('span', { class: 'wb-line-text' }, text),
    struck &&
      h(
        'span',
        { class: 'wb-packet-time' },
        words('workbench.time', { seconds: secondsOf(struck.at) }),
      ),
    struck && button('again', () => on.again(one)),
    button('remove', () => on.remove(one)),
  );
}

/** Where something struck: when, whose line, which packet. */
export function hitRow(strike: FaultHit, lines: ClientLines, words: Words): HTMLElement {
  const { packet, action, times } = strike;
  const read = packet && readPacket(packet);
  return h(
    'li',
    {},
    h('span', { class: 'wb-packet-time' }, words('workbench.time', { seconds: secondsOf(strike.at) })),
    h('span', {}, clientNameOf(lines.of(strike.line), words)),
    packet && h('span', { class: 'wb-line-way' }, icon(packet.direction === 'to-broker' ? 'right' : 'left'), h('span', { class: 'wb-spoken' }, words(`workbench.${packet.direction}`))),
    packet && h('code', {}, kindOfHit(strike) ?? '?'),
    read?.kind === 'PUBLISH' && h('code', { class: 'wb-topic' }, read.topic),
    h('span', { class: 'wb-mark' }, words(`panels.line.struck.${action}`)),
    times > 1 && h('span', {}, words('panels.line.times', { count: times })),
  );
} // prettier-ignore
