/** The teacher's page of one class. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, live, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import { classUrl } from '../class-api.ts';
import { assignView } from './assign-view.ts';
import { columnsShown, rowsOf, type Order } from './grid.ts';
import { gridView, listView } from './grid-view.ts';
import { leadView } from './lead-view.ts';
import { notBegun, type LiveClass } from './live-class.ts';
import { namesView } from './names-view.ts';
import { starterView } from './starter-view.ts';
import { signOutView } from './sign-out-view.ts';
import { sharedView } from './shared-view.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';
import { waitingView } from './waiting-view.ts';

const orders: Order[] = ['help', 'name', 'joined'];

export function classView(
  model: TeachModel,
  current: LiveClass,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  const { course, part, order, now, isBoard, present } = model;
  const shown = columnsShown(course.columns, part, current);
  const rows = rowsOf(current, {
    ...{ all: course.columns, shown, order, now, present, language: course.language },
  });
  return html`<div class="head">
      <h1>${t('class.title')}</h1>
      <button type="button" class="chip" @click=${() => actions.showCode(true)}>
        ${t('class.code')} <strong>${spaced(current.class.code)}</strong>
      </button>
      <label class="switch">
        <input
          type="checkbox"
          .checked=${live(current.class.locked)}
          @change=${(event: Event) => actions.lock((event.target as HTMLInputElement).checked)}
        />
        <span>${t('class.locked')}</span>
      </label>
      <label class="switch">
        <input
          type="checkbox"
          .checked=${live(current.class.asks)}
          @change=${(event: Event) => actions.asks((event.target as HTMLInputElement).checked)}
        />
        <span>${t('admit.switch')}</span>
      </label>
      <label class="switch board">
        <input
          type="checkbox"
          .checked=${live(isBoard)}
          @change=${(event: Event) => actions.showBoard((event.target as HTMLInputElement).checked)}
        />
        <span>${t('class.board')}</span>
      </label>
      ${statusView(model, current, t)}
      <span class="here soft">
        ${t('lead.here', { n: rows.filter(({ isHere }) => isHere).length, all: current.members.length })}
      </span>
    </div>
    ${waitingView(model, current, { actions, t })}
    <div class="choices">
      <label>
        <span>${t('class.part')}</span>
        <select
          @change=${(event: Event) => actions.choosePart((event.target as HTMLSelectElement).value)}
        >
          ${[
            { id: 'now', title: t('class.part.now') },
            ...(current.class.assignment ? [{ id: 'assigned', title: t('assign.columns') }] : []),
            ...course.parts,
            { id: 'all', title: t('class.part.all') },
          ].map(
            ({ id, title }) =>
              html`<option value=${id} .selected=${live(id === part)}>${title}</option>`,
          )}
        </select>
      </label>
      <label ?hidden=${isBoard}>
        <span>${t('class.order')}</span>
        <select
          @change=${(event: Event) => actions.chooseOrder((event.target as HTMLSelectElement).value as Order)}
        >
          ${orders.map(
            (one) =>
              html`<option value=${one} .selected=${live(one === order)}>
                ${t(`class.order.${one}`)}
              </option>`,
          )}
        </select>
      </label>
    </div>
    ${
      rows.length === 0
        ? html`<div class="empty card">
            <h2>${t('class.empty.title')}</h2>
            <p>${t('class.empty.text')}</p>
            <p class="actions">
              <button type="button" class="primary" @click=${() => actions.showCode(true)}>
                ${t('class.code.show')}
              </button>
            </p>
          </div>`
        : html`${gridView(rows, shown, { model, actions, t })}
          ${isBoard ? nothing : listView(rows, { actions, t })} ${isBoard ? nothing : legend(t)}`
    }
    ${isBoard ? nothing : leadView(model, shown, { actions, t })}
    ${isBoard ? nothing : starterView(model, current, shown, { actions, t })}
    ${isBoard ? nothing : assignView(model, current, { actions, t })}
    ${isBoard ? nothing : sharedView(model, current, { actions, t })}
    ${isBoard ? nothing : namesView(model, current, { actions, t })}
    ${isBoard ? nothing : manage(model, current, { actions, t })}`;
}

/** In two groups of three: easier to read from the board. */
export const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

function statusView({ status }: TeachModel, { isKept }: LiveClass, t: Words): TemplateResult {
  const word = !isKept ? 'notKept' : status;
  return html`<span class="status" data-status=${word} role="status">
    ${t(`class.status.${word}`)}
  </span>`;
}

/** By which rule somebody is stuck. */
const legend = (t: Words): TemplateResult =>
  html`<p class="legend">
    ${(['passed', 'said', 'working', 'stuck', 'none'] as const).map(
      (state) =>
        html`<span>
          <i class="cell" data-state=${state} aria-hidden="true"
            >${t(`class.legend.${state}.sign`)}</i
          >
          ${t(`class.legend.${state}`)}
        </span>`,
    )}
  </p>`;

function manage(
  model: TeachModel,
  current: LiveClass,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  const { course, sure, error } = model;
  const { class: one } = current;
  const idle = notBegun(current).length;
  const file = (kind: 'csv' | 'json'): string => classUrl(`classes/${one.id}/export.${kind}`);
  return html`<details class="manage">
    <summary>${t('class.manage')}</summary>
    <p class="actions">
      <button type="button" @click=${actions.newCode}>${t('class.newCode')}</button>
      <a class="button" href=${file('csv')} download>${t('class.export.csv')}</a>
      <a class="button" href=${file('json')} download>${t('class.export.json')}</a>
      <a class="button" href=${`${course.sheets}#${one.id}`}>${t('sheets.link')}</a>
      <button type="button" @click=${actions.showClasses}>${t('class.others')}</button>
      <button
        type="button"
        class="danger"
        ?hidden=${idle === 0 && sure?.kind !== 'idle'}
        @click=${actions.removeIdle}
        @blur=${actions.keep}
      >
        ${
          sure?.kind === 'idle'
            ? t('class.removeIdle.sure', { n: sure.n })
            : t('class.removeIdle', { n: idle })
        }
      </button>
      <button type="button" class="danger" @click=${actions.deleteClass} @blur=${actions.keep}>
        ${t(sure?.kind === 'delete' ? 'class.delete.sure' : 'class.delete')}
      </button>
    </p>
    ${signOutView(model, { actions, t })}
    <p><a href=${`${course.wires}#${one.id}`}>${t('lead.how')}</a></p>
    <p class="soft small">
      ${t('class.newCode.text')} <a href=${course.privacy}>${t('class.privacy.link')}</a>
    </p>
    <p class="error" role="alert">${error ? t(`class.error.${error}`) : nothing}</p>
  </details>`;
}
