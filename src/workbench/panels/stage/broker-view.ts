import type { BrokerName } from '../../../../sandbox/protocol/exercise.ts';
import type { Words } from '../../i18n/words.ts';
import type { BrokerHeld, Mailbox, Note, Some } from '../../stage/broker-held.ts';
import { some } from '../../stage/broker-held.ts';
import type { Will } from '../../stage/wills.ts';
import { html, nothing, repeat, type TemplateResult } from '../../ui/view.ts';

export interface BrokerModel {
  /** Its machine, in a room with two. */
  machine?: BrokerName | undefined;
  /** Undefined until the broker's state is known. */
  held: BrokerHeld | undefined;
  /** The broker does not tell its state. */
  isUnavailable: boolean;
  wills: readonly Will[];
  /** Overwritten entries from before the moment that is shown: what they did is not known. */
  leftOut: number;
  /** The name of a client on the stage, by its client id or key. */
  nameOf(client: string): string;
}
const mostWills = 4;
/** A mailbox with more looks full; its number says how many. */
const slots = 8;

/** The broker in the middle, and what it keeps for others. */
export function brokerView(model: BrokerModel, words: Words): TemplateResult {
  const { held, isUnavailable, wills, nameOf, leftOut, machine } = model;
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.stage.${key}`, values);
  const willsShown = some([...wills].reverse(), mostWills);
  const ended = held?.ended;
  const isEmpty =
    !ended &&
    held?.notes.shown.length === 0 &&
    held.mailboxes.shown.length === 0 &&
    wills.length === 0;
  const name = machine ? words(`workbench.broker.${machine}`) : undefined;
  const title = name ? t('broker-of', { machine: name }) : t('broker');
  return html`<div class="wb-stage-broker" role="group" aria-label=${title}>
    <b class="wb-stage-title"
      ><span class="wb-shape wb-shape-broker" aria-hidden="true"></span>${title}</b
    >
    ${isUnavailable ? html`<p class="wb-stage-none">${words('workbench.notice.no-broker-state')}</p>` : nothing}
    ${!held && !isUnavailable ? html`<p class="wb-stage-none">${t('before-run')}</p>` : nothing}
    ${ended ? html`<p class="wb-stage-ended">${words(`workbench.process.${ended}`)}</p>` : nothing}
    ${leftOut > 0 ? html`<p class="wb-stage-none">${t('left-out', { count: leftOut })}</p>` : nothing}
    ${isEmpty ? html`<p class="wb-stage-none">${t('holds-nothing')}</p>` : nothing}
    ${held ? list('notes', held.notes, ({ topic }) => topic, noteView) : nothing}
    ${held ? list('mailboxes', held.mailboxes, ({ clientId }) => clientId, mailboxView) : nothing}
    ${list('wills', willsShown, ({ client, n }) => `${client} ${n}`, willView)}
  </div>`;

  function list<T>(
    name: string,
    { shown, more }: Some<T>,
    keyOf: (item: T) => string,
    view: (item: T) => TemplateResult,
  ) {
    if (shown.length === 0) return nothing;
    return html`<div class="wb-stage-part">
      <span class="wb-stage-caption">${t(name)}</span>
      <ul class="wb-stage-list" aria-label=${t(name)}>
        ${repeat(shown, keyOf, view)}
        ${more > 0 ? html`<li class="wb-stage-none">${t('more', { count: more })}</li>` : nothing}
      </ul>
    </div>`;
  }
  function noteView({ topic, text }: Note) {
    return html`<li class="wb-stage-note" data-topic=${topic}>
      <code>${levels(topic)}</code> <span>${text}</span>
    </li>`;
  }
  function mailboxView({ clientId, queued }: Mailbox) {
    const fill = Math.min(slots, queued);
    return html`<li class="wb-stage-mailbox" data-queued=${queued}>
      <span class="wb-stage-of">${nameOf(clientId)}</span>
      <span class="wb-stage-slots" aria-hidden="true"
        >${Array.from({ length: slots }, (_, at) => html`<i ?data-full=${at < fill}></i>`)}</span
      >
      <span>${t('queued', { count: queued })}</span>
    </li>`;
  }
  function willView({ client, topic, text, state }: Will) {
    return html`<li class="wb-stage-will" data-will=${state}>
      <span class="wb-stage-of">${nameOf(client)}</span>
      <span class="wb-mark">${t(`will.${state}`)}</span>
      <code>${levels(topic)}</code> <span>${text}</span>
    </li>`;
  }
}

/** A line may end at each level of a topic. */
const levels = (topic: string) => topic.split(/(?<=\/)/).map((level) => html`${level}<wbr />`);
