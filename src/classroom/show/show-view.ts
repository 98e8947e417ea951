/** What the teacher shows: stage and wires, program and output. All of it is text. */
import type { Screen } from '../../../sandbox/protocol/class-screen.ts';
import type { ShowMessage } from '../../../sandbox/protocol/class-show.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import type { LookCourse, ShownModel } from '../look/look-model.ts';
import { outputView, programView } from '../look/look-view.ts';

export interface ShowModel extends ShownModel {
  course: LookCourse;
  status: 'connecting' | 'live' | 'lost' | 'over';
  show: Extract<ShowMessage, { type: 'show' }> | null;
  screen: Screen | null;
}
interface ShowActions {
  /** Back to the own work; null for the projector. */
  leave: (() => void) | null;
  chooseFile(name: string): void;
}

export function showView(
  model: ShowModel,
  context: { actions: ShowActions; t: Words },
  panels: TemplateResult | typeof nothing,
): TemplateResult {
  const { show, screen, course } = model;
  const { t, actions } = context;
  const title = course.columns.find(({ id }) => id === show?.exercise)?.title ?? '';
  return html`<div class="look-head">
      <h1>${t('show.title')}</h1>
      <p class="show-exercise">${title}</p>
      ${
        actions.leave
          ? html`<button type="button" class="show-leave" @click=${actions.leave}>
              ${t('show.leave')}
            </button>`
          : nothing
      }
    </div>
    ${statusView(model, t)}
    ${
      model.status === 'over' || !show
        ? nothing
        : html`<div class="show-grid">
            <section class="look-wires" aria-label=${t('show.wires')}>
              ${panels === nothing ? html`<p class="soft">${t('show.waiting')}</p>` : panels}
            </section>
            <section class="look-program" aria-labelledby="look-program">
              ${screen ? programView(model, context) : html`<h2 id="look-program">${t('look.program')}</h2>`}
            </section>
            <section class="show-output" aria-labelledby="look-output">
              ${outputView(model, t)}
            </section>
          </div>`
    }`;
}

function statusView({ status, show }: ShowModel, t: Words): TemplateResult {
  const word =
    status !== 'live' || !show
      ? status === 'live'
        ? 'connecting'
        : status
      : show.isAway
        ? 'away'
        : show.isPaused
          ? 'paused'
          : 'live';
  return html`<p class="look-status" role="status" data-status=${word}>${t(`show.${word}`)}</p>`;
}
