import type { Words } from '../../i18n/words.ts';
import { iconView } from '../../ui/icons.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';
import { type ClientLines, readPacket } from '../../trace/clients.ts';
import { clientNameOf, secondsOf } from '../../trace/packet-rows.ts';
import { type ArmedRule, type FaultHit, kindOfHit } from './fault-hits.ts';

export interface ArmedActions {
  again(one: ArmedRule): void;
  remove(one: ArmedRule): void;
}

/** A rule that is armed, or has hit its packet. */
export function armedRow(one: ArmedRule, words: Words, on: ArmedActions): TemplateResult {
  const { rule, hit } = one;
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.line.${key}`, values);
  const button = (key: string, act: () => void) =>
    html`<button type="button" class="wb-button wb-line-do" @click=${act}>${t(key)}</button>`;
  const text = t(rule.after ? 'rule-after' : 'rule', {
    kind: rule.kind ?? t('kind.any'),
    direction: words(`workbench.${rule.direction}`),
    client: rule.client ?? '',
    action: t(`action.${rule.action.do}`),
    after: rule.after ?? 0,
  });
  return html`<li ?data-struck=${hit !== undefined}>
    <span class="wb-mark">${t(hit ? 'state.struck' : 'state.armed')}</span>
    <span class="wb-line-text">${text}</span>
    ${hit ? timeOf(hit, words) : nothing} ${hit ? button('again', () => on.again(one)) : nothing}
    ${button('remove', () => on.remove(one))}
  </li>`;
}

/** A hit of a fault: when, on whose line, which packet. */
export function hitRow(hit: FaultHit, lines: ClientLines, words: Words): TemplateResult {
  const { packet, action, times } = hit;
  const read = packet && readPacket(packet);
  return html`<li>
    ${timeOf(hit, words)}
    <span>${clientNameOf(lines.of(hit.line), words)}</span>
    ${
      packet
        ? html`<span class="wb-line-way"
              >${iconView(packet.direction === 'to-broker' ? 'right' : 'left')}<span
                class="wb-spoken"
                >${words(`workbench.${packet.direction}`)}</span
              ></span
            >
            <code>${kindOfHit(hit) ?? '?'}</code>`
        : nothing
    }
    ${read?.kind === 'PUBLISH' ? html`<code class="wb-topic">${read.topic}</code>` : nothing}
    <span class="wb-mark">${words(`panels.line.struck.${action}`)}</span>
    ${times > 1 ? html`<span>${words('panels.line.times', { count: times })}</span>` : nothing}
  </li>`;
}

const timeOf = ({ at }: FaultHit, words: Words) =>
  html`<span class="wb-packet-time">${words('workbench.time', { seconds: secondsOf(at) })}</span>`;
