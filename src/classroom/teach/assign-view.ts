/** What the teacher assigns: which exercises, in which order, open from when, and whether as a test. */
import { mostAssigned, type Assignment } from '../../../sandbox/protocol/assignment.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import { html, live, nothing, repeat, type TemplateResult } from '../../workbench/ui/view.ts';
import { moved, withAdded, withFrom, without } from './assign-draft.ts';
import { taken } from './lead-view.ts';
import type { LiveClass } from './live-class.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

const nothingYet: Assignment = { isTest: false, exercises: [] };

export function assignView(
  model: TeachModel,
  { class: one }: LiveClass,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  const { course, draft, assigned, isBusy, error } = model;
  const given = draft ?? one.assignment ?? nothingYet;
  const { exercises, isTest } = given;
  const title = (id: string): string =>
    course.columns.find((column) => column.id === id)?.title ?? id;
  const add = (event: SubmitEvent): void => {
    const text = taken(event, 'exercise');
    if (text !== '') actions.draft(withAdded(given, text, course.columns));
  };
  return html`<details class="manage assign">
    <summary>${t('assign.title')}</summary>
    <p class="soft">${t('assign.text')}</p>
    ${
      exercises.length === 0
        ? html`<p class="soft">${t('assign.none')}</p>`
        : html`<ol class="assign-list">
            ${repeat(
              exercises,
              ({ exercise }) => exercise,
              (item, at) => itemView(given, at, title(item.exercise), { actions, t }),
            )}
          </ol>`
    }
    <form class="inline" @submit=${add}>
      <label class="field">
        <span>${t('assign.add.label')}</span>
        ${addView(given, model, t)}
      </label>
      <button ?disabled=${exercises.length >= mostAssigned}>${t('assign.add.do')}</button>
    </form>
    <p class="soft" role="status" ?hidden=${exercises.length < mostAssigned}>
      ${exercises.length < mostAssigned ? nothing : t('assign.full')}
    </p>
    <label class="switch">
      <input
        type="checkbox"
        .checked=${live(isTest)}
        @change=${(event: Event) => actions.draft({ ...given, isTest: (event.target as HTMLInputElement).checked })}
      />
      <span>${t('assign.isTest')}</span>
    </label>
    <p class="soft small">${t('assign.isTest.text')}</p>
    <p class="actions">
      <button
        type="button"
        class="primary"
        ?disabled=${isBusy || draft === null || exercises.length === 0}
        @click=${() => actions.assign(given)}
      >
        ${t(one.assignment ? 'assign.change' : 'assign.do')}
      </button>
      ${
        one.assignment === null
          ? nothing
          : html`<button type="button" ?disabled=${isBusy} @click=${() => actions.assign(null)}>
              ${t('assign.back')}
            </button>`
      }
      <span role="status">
        ${draft ? t('assign.unsaved') : assigned ? t(`assign.said.${assigned}`) : nothing}
      </span>
    </p>
    <p class="error" role="alert">${error ? t(`class.error.${error}`) : nothing}</p>
  </details>`;
}

function itemView(
  given: Assignment,
  at: number,
  title: string,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  const { exercise, from } = given.exercises[at]!;
  const move = (by: -1 | 1): TemplateResult => {
    const word = by < 0 ? 'up' : 'down';
    const isEnd = at + by < 0 || at + by >= given.exercises.length;
    // Not disabled: a button that is, loses the focus.
    return html`<button
      type="button"
      class="plain"
      data-assign=${`${word} ${exercise}`}
      aria-label=${t(`assign.${word}`, { title })}
      aria-disabled=${String(isEnd)}
      @click=${() => isEnd || actions.draft(moved(given, at, by), `${word} ${exercise}`)}
    >
      ${by < 0 ? '↑' : '↓'}
    </button>`;
  };
  return html`<li>
    <span class="assign-title">${title}</span>
    <label>
      <span aria-hidden="true">${t('assign.from')}</span>
      <input
        type="datetime-local"
        aria-label=${t('assign.from.of', { title })}
        .value=${live(localTime(from))}
        @change=${(event: Event) => actions.draft(withFrom(given, at, fromLocal((event.target as HTMLInputElement).value)))}
      />
    </label>
    <span class="assign-buttons">
      ${move(-1)}${move(1)}
      <button
        type="button"
        class="plain"
        aria-label=${t('assign.remove', { title })}
        @click=${() => actions.draft(without(given, at))}
      >
        ✕
      </button>
    </span>
  </li>`;
}

/** What is not on the list, in the parts of the course. */
function addView({ exercises }: Assignment, { course }: TeachModel, t: Words): TemplateResult {
  const taken = new Set(exercises.map(({ exercise }) => exercise));
  const left = Map.groupBy(
    course.columns.filter(({ id }) => !taken.has(id)),
    ({ part }) => part,
  );
  return html`<select name="exercise" required>
    ${course.parts
      .filter(({ id }) => left.has(id))
      .map(
        ({ id, title }) =>
          html`<optgroup label=${title}>
            <option value=${`part ${id}`}>${t('assign.add.part')} (${left.get(id)!.length})</option>
            ${left.get(id)!.map((column) => html`<option value=${column.id}>${column.title}</option>`)}
          </optgroup>`,
      )}
  </select>`;
}

/** As `datetime-local` has it: in the time of this machine. */
function localTime(at: number | null): string {
  if (at === null) return '';
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Null for an empty field. */
function fromLocal(text: string): number | null {
  const at = new Date(text).getTime();
  return Number.isNaN(at) || at < 0 ? null : at;
}
