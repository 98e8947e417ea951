import type { PacketKind } from '../../../../sandbox/protocol/mqtt.ts';
import type { Words } from '../../i18n/words.ts';
import { previewOf } from '../../trace/payload-preview.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';
import type { ClientField, MarkedEntry, MarkedClient } from './differences.ts';
import { markOf } from './mark.ts';

/** Shown of one client; the rest is counted. */
const mostShown = 50;

/** A client as the broker knows it: its session, what it subscribed to, what is on its way. */
export function clientCard(
  client: MarkedClient,
  words: Words,
  onDisconnect: (clientId: string) => void,
): TemplateResult {
  const { value, changed } = client;
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.broker.${key}`, values);
  const mark = client.mark === 'changed' ? undefined : client.mark;
  const facts: [ClientField, string | false][] = [
    ['version', t(`version.${value.version}`)],
    ['clean', t(value.clean ? 'clean' : 'kept')],
    ['keepAlive', value.keepAlive === 0 ? t('no-keep-alive') : t('keep-alive', { seconds: value.keepAlive })],
    ['userName', value.userName !== undefined && t('user', { name: value.userName })],
    ['queued', (value.queued > 0 || changed.has('queued')) && t('queued', { count: value.queued })],
  ]; // prettier-ignore
  const disconnect = html`<button
    type="button"
    class="wb-button wb-held-do"
    @click=${() => onDisconnect(value.clientId)}
  >
    ${t('disconnect')}<span class="wb-spoken"> ${value.clientId}</span>
  </button>`;
  return html`<article
    class="wb-held"
    data-mark=${mark ?? nothing}
    data-connected=${value.connected}
  >
    <div class="wb-held-head">
      <h4><code>${value.clientId || t('no-id')}</code></h4>
      <span class="wb-held-state" ?data-changed=${changed.has('connected')}
        >${t(value.connected ? 'connected' : 'away')}</span
      >
      ${markOf(mark, words)} ${value.connected && mark !== 'gone' ? disconnect : nothing}
    </div>
    <p class="wb-held-facts">
      ${facts.map(([field, text]) =>
        text === false ? nothing : html`<span ?data-changed=${changed.has(field)}>${text}</span>`,
      )}
    </p>
    ${value.will ? willOf(value.will) : nothing}
    ${list(
      'subscriptions',
      client.subscriptions,
      ({ filter, qos }) => html`<code class="wb-topic">${filter}</code> ${t('granted', { qos })}`,
    )}
    ${list('inflight', client.inflight, ({ packetId: id, qos, direction, waitsFor }) =>
      t(`inflight.${direction}`, { id, qos, kind: waitsFor satisfies PacketKind }),
    )}
  </article>`;

  function willOf({ topic, payload, qos, retain }: NonNullable<typeof value.will>) {
    return html`<p class="wb-held-will" ?data-changed=${changed.has('will')}>
      ${t('will', { qos })} <code class="wb-topic">${topic}</code> ${previewOf(payload)}
      ${retain ? html`<span class="wb-mark">${words('workbench.packets.retained')}</span>` : nothing}
    </p>`;
  }
  function list<T>(name: string, all: MarkedEntry<T>[], item: (value: T) => unknown) {
    if (all.length === 0) return nothing;
    return html`<ul class="wb-held-list" aria-label=${t(name)}>
      ${all
        .slice(0, mostShown)
        .map(
          (one) =>
            html`<li data-mark=${one.mark ?? nothing}>
              ${item(one.value)} ${markOf(one.mark, words)}
            </li>`,
        )}
      ${all.length > mostShown ? html`<li>${t('more', { count: all.length - mostShown })}</li>` : nothing}
    </ul>`;
  }
}
