import type { BrokerDeed, BrokerProcess } from '../../../../sandbox/protocol/process.ts';
import type { Words } from '../../i18n/words.ts';
import { heldText } from '../../trace/broker-words.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';

const deeds = {
  running: ['stop', 'kill', 'cut-power'],
  stopped: ['start'],
  killed: ['start'],
  failed: ['start'],
  off: ['start'],
} as const satisfies Record<BrokerProcess['state'], readonly BrokerDeed[]>;

/** Whether the broker runs, what of it outlives its process, and what can be done to it. */
export function processView(
  { state, pid, file }: BrokerProcess,
  operate: (deed: BrokerDeed) => void,
  words: Words,
): TemplateResult {
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.broker.${key}`, values);
  return html`<div class="wb-process" role="group" aria-label=${t('process')}>
    <p class="wb-process-state" role="status" data-state=${state}>
      <strong>${words(`workbench.process.${state}`)}</strong>
      ${pid === undefined ? nothing : t('process.pid', { pid })}
    </p>
    <div class="wb-process-deeds">
      ${deeds[state].map(
        (deed) =>
          html`<button
            type="button"
            class="wb-button"
            data-deed=${deed}
            title=${t(`deed.${deed}.title`)}
            @click=${() => operate(deed)}
          >
            ${t(state === 'off' ? 'deed.power' : `deed.${deed}`)}
          </button>`,
      )}
    </div>
    <p class="wb-process-file">
      ${
        file
          ? html`${t('file')} <code>${file.path}</code>${t('file.colon')}
              ${file.held ? heldText(file.held, words) : t('file.none')}`
          : t('no-persistence')
      }
    </p>
  </div>`;
}
