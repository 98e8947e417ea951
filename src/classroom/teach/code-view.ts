/** How to join, for the projector: the whole screen. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import { spaced } from './class-view.ts';
import { joinAddress } from './join-address.ts';
import type { LiveClass } from './live-class.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

const drawn = new Map<string, SVGSVGElement>();

/** Loaded when it is first shown; `ready` is called when the picture can be drawn. */
function qr(address: string, ready: () => void): SVGSVGElement | typeof nothing {
  const svg = drawn.get(address);
  if (!svg)
    void import('../../print/qr-code.ts').then(({ qrCode }) => {
      drawn.set(address, qrCode(address));
      ready();
    });
  return svg ?? nothing;
}

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host.startsWith('127.');

export function codeView(
  { course, direct }: TeachModel,
  { class: one, members, waiting }: LiveClass,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  const address = joinAddress(course.join, location.href, direct);
  const short = address.href.replace(/\/$/, '');
  return html`<div class="dialog-head">
      <h2>${t('class.code.title')}</h2>
      <span class="dialog-actions">
        <button type="button" @click=${() => actions.lock(!one.locked)}>
          ${t(one.locked ? 'class.unlock' : 'class.lock')}
        </button>
        <button type="button" class="plain" @click=${() => actions.showCode(false)}>
          ${t('class.close')}
        </button>
      </span>
    </div>
    <div class="join-board">
      <div>
        <p class="step">${t('class.code.open')}</p>
        <p class="address">${short.replace(/^https?:\/\//, '')}</p>
        <p class="step">${t('class.code.type')}</p>
        <p class="big-code" aria-label=${one.code}>${spaced(one.code)}</p>
        <p class="joined" role="status">${t('class.code.joined', { n: members.length })}</p>
        ${waiting.length > 0 ? html`<p class="warning">${t('admit.title', { n: waiting.length })}</p>` : nothing}
        ${one.locked ? html`<p class="warning">${t('class.code.locked')}</p>` : nothing}
        ${
          isThisMachine(address.hostname)
            ? html`<p class="warning">${t('class.code.localhost')}</p>`
            : nothing
        }
      </div>
      <div class="qr">
        ${qr(`${short}/${one.code}`, actions.redraw)}
        <p>${t('class.code.scan')}</p>
      </div>
    </div>`;
}
