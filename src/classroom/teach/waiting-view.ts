/** Who waits to come in; on the projector without names. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, repeat, type TemplateResult } from '../../workbench/ui/view.ts';
import type { LiveClass } from './live-class.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

export function waitingView(
  { isBoard, isBusy, error }: TeachModel,
  { waiting }: LiveClass,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult | typeof nothing {
  if (waiting.length === 0) return nothing;
  const title = t('admit.title', { n: waiting.length });
  if (isBoard) return html`<p class="waiting-count">${title}</p>`;
  // Those who are seen: who comes at this moment is answered with the next press.
  const ids = waiting.map(({ id }) => id);
  const answer = (some: readonly string[], isYes: boolean) => () => actions.answer(some, isYes);
  return html`<section class="card waiting" aria-labelledby="waiting-title">
    <h2 id="waiting-title">${title}</h2>
    <p class="actions">
      <button type="button" class="primary" ?disabled=${isBusy} @click=${answer(ids, true)}>
        ${t('admit.all')}
      </button>
      <button type="button" class="danger" ?disabled=${isBusy} @click=${answer(ids, false)}>
        ${t('admit.none')}
      </button>
    </p>
    <ul>
      ${repeat(
        waiting,
        ({ id }) => id,
        ({ id, name }) =>
          html`<li>
            <bdi>${name}</bdi>
            <span class="waiting-buttons">
              <button
                type="button"
                aria-label=${t('admit.one.label', { name })}
                ?disabled=${isBusy}
                @click=${answer([id], true)}
              >
                ${t('admit.one')}
              </button>
              <button
                type="button"
                aria-label=${t('admit.refuse.label', { name })}
                ?disabled=${isBusy}
                @click=${answer([id], false)}
              >
                ${t('admit.refuse')}
              </button>
            </span>
          </li>`,
      )}
    </ul>
    <p class="error" role="alert">${error ? t(`class.error.${error}`) : nothing}</p>
  </section>`;
}
