import type { BrokerName } from '../../../../sandbox/protocol/exercise.ts';
import type { BrokerDeed, BrokerProcess } from '../../../../sandbox/protocol/process.ts';
import type { OnCloud } from '../../../../sandbox/protocol/trace.ts';
import type { Words } from '../../i18n/words.ts';
import { previewOf } from '../../trace/payload-preview.ts';
import { html, nothing, repeat, type TemplateResult } from '../../ui/view.ts';
import { ageText } from './age.ts';
import { clientCard } from './client-card.ts';
import type { MarkedState } from './differences.ts';
import { markOf } from './mark.ts';
import { processView } from './process-view.ts';

/** Shown of each kind; the rest is counted. A room of one learner has a handful. */
const mostShown = 100;

export interface BrokerModel {
  /** Undefined until the broker's state is known. */
  state: MarkedState | undefined;
  /** Undefined if it is not known, as in the past. */
  process: BrokerProcess | undefined;
  /** The broker does not tell its state. */
  isUnavailable: boolean;
  /** Which broker is shown, of a room that has a second one. */
  on: OnCloud | undefined;
  hasCloud: boolean;
  /** What is shown is compared with a state that the learner chose. */
  isPinned: boolean;
  /** Key of the sentence why the last request to the room failed. */
  failure: string | undefined;
  /** Overwritten entries from before the moment that is shown. */
  leftOut: number;
  /** Milliseconds that a retained message has been kept; undefined if that is not known. */
  ageOf(topic: string): number | undefined;
}
export interface BrokerActions {
  choose(on: OnCloud | undefined): void;
  pin(): void;
  restart(): void;
  operate(deed: BrokerDeed): void;
  disconnect(clientId: string): void;
  clear(topic: string): void;
}

/** What the broker holds at this moment, and what the last step changed in it. */
export function brokerView(
  model: BrokerModel,
  actions: BrokerActions,
  words: Words,
): TemplateResult {
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.broker.${key}`, values);
  const nothingHeld = model.isUnavailable
    ? 'workbench.notice.no-broker-state'
    : 'panels.broker.empty';
  return html`
    <div class="wb-tools">
      ${model.hasCloud ? which() : nothing}
      <button type="button" class="wb-button" aria-pressed=${model.isPinned} @click=${actions.pin}>
        ${t('pin')}
      </button>
      <button
        type="button"
        class="wb-button wb-broker-restart"
        title=${t('restart.title')}
        @click=${actions.restart}
      >
        ${t('restart')}
      </button>
      <p class="wb-tools-say" role="status">${model.failure ? words(model.failure) : nothing}</p>
    </div>
    <p class="wb-left-out" ?hidden=${model.leftOut === 0}>
      ${t('left-out', { count: model.leftOut })}
    </p>
    <div class="wb-held-scroll" tabindex="0" role="region" aria-label=${t('holds')}>
      ${model.process ? processView(model.process, actions.operate, words) : nothing}
      ${model.state ? held(model.state) : html`<p class="wb-empty">${words(nothingHeld)}</p>`}
    </div>
  `;

  function which() {
    const one = (name: BrokerName, on: OnCloud | undefined) =>
      html`<button
        type="button"
        class="wb-button"
        aria-pressed=${model.on === on}
        @click=${() => actions.choose(on)}
      >
        ${words(`workbench.broker.${name}`)}
      </button>`;
    return html`<div class="wb-which" role="group" aria-label=${t('which')}>
      ${one('house', undefined)} ${one('cloud', 'cloud')}
    </div>`;
  }
  function held({ clients, retained }: MarkedState) {
    return html`<div class="wb-held-body">
      <h3 class="wb-title">${t('clients')}</h3>
      ${clients.length === 0 ? html`<p class="wb-empty">${t('no-clients')}</p>` : nothing}
      <div class="wb-held-cards">
        ${repeat(
          clients.slice(0, mostShown),
          ({ value }) => value.clientId,
          (client) => clientCard(client, words, actions.disconnect),
        )}
      </div>
      ${more(clients.length)}
      <h3 class="wb-title">${t('retained')}</h3>
      ${retained.length === 0 ? html`<p class="wb-empty">${t('no-retained')}</p>` : nothing}
      <ul class="wb-held-retained" aria-label=${t('retained')}>
        ${repeat(retained.slice(0, mostShown), ({ value }) => value.topic, retainedRow)}
      </ul>
      ${more(retained.length)}
    </div>`;
  }
  function more(count: number) {
    if (count <= mostShown) return nothing;
    return html`<p class="wb-left-out">${t('more', { count: count - mostShown })}</p>`;
  }
  function ageView(topic: string) {
    const age = model.ageOf(topic);
    return age === undefined
      ? nothing
      : html`<span class="wb-held-age">${ageText(age, words)}</span>`;
  }
  function retainedRow({ value, mark }: MarkedState['retained'][number]) {
    const { topic, payload, qos } = value;
    const clear = html`<button
      type="button"
      class="wb-button wb-held-do"
      @click=${() => actions.clear(topic)}
    >
      ${t('clear')}<span class="wb-spoken"> ${topic}</span>
    </button>`;
    return html`<li data-mark=${mark ?? nothing}>
      <code class="wb-topic">${topic}</code>
      <span class="wb-held-payload">${previewOf(payload)}</span>
      <span class="wb-mark">${words('workbench.packets.qos', { qos })}</span>
      ${mark === 'gone' ? nothing : ageView(topic)} ${markOf(mark, words)}
      ${mark === 'gone' ? nothing : clear}
    </li>`;
  }
}
