/** One learner: name, words, a note, and what becomes of them. */
import type { MemberInfo } from '../../../sandbox/protocol/classroom.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import { html, live, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import { noteForm, saidView, taken } from './lead-view.ts';
import type { Detail, TeachActions, TeachModel } from './teach-model.ts';

export function memberView(
  model: TeachModel,
  { isSure }: Extract<Detail, { kind: 'member' }>,
  member: MemberInfo,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  return html`<form
      class="inline"
      @submit=${(event: SubmitEvent) => actions.rename(member.id, taken(event, 'name'))}
    >
      <label class="field">
        <span>${t('class.rename.label')}</span>
        <input name="name" .value=${live(member.name)} required maxlength="60" dir="auto" />
      </label>
      <button>${t('class.rename.do')}</button>
    </form>
    <p>${t('class.member.words')}: <strong class="words-inline">${member.words}</strong></p>
    <p class="soft small">${t('class.wordsFor')}</p>
    ${noteForm((text) => actions.note(text, member.id), t('lead.note.one'), t)}
    ${saidView(model, t)} ${mergeForm(model, member, { actions, t })}
    ${
      member.seat === 'taken'
        ? html`<p class="actions">
              <button type="button" @click=${() => actions.release(member.id)}>
                ${t('names.release')}
              </button>
            </p>
            <p class="soft small">${t('names.release.text')}</p>`
        : nothing
    }
    <p class="actions" ?hidden=${member.seat === 'free'}>
      <a class="button" href=${`${model.course.sheets}#${model.live!.class.id}/${member.id}`}
        >${t('sheets.link.one')}</a
      >
    </p>
    <p class="actions">
      <button type="button" class="danger" @click=${() => actions.remove(member.id)}>
        ${t(isSure ? 'class.remove.sure' : 'class.remove.do')}
      </button>
    </p>`;
}

function mergeForm(
  { live: current, course }: TeachModel,
  member: MemberInfo,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult | typeof nothing {
  const byName = new Intl.Collator(course.language, { numeric: true });
  const others = (current?.members ?? [])
    .filter(({ id }) => id !== member.id)
    .sort((a, b) => byName.compare(a.name, b.name));
  if (others.length === 0) return nothing;
  const submit = (event: SubmitEvent): void => {
    const from = taken(event, 'from');
    if (from !== '') actions.merge(member.id, from);
  };
  return html`<form class="inline" @submit=${submit}>
      <label class="field">
        <span>${t('names.merge.label')}</span>
        <select name="from" required>
          <option value="">${t('names.merge.choose')}</option>
          ${others.map(
            ({ id, name, seat }) =>
              html`<option value=${id}>
                ${seat === 'free' ? t('names.merge.free', { name }) : name}
              </option>`,
          )}
        </select>
      </label>
      <button>${t('names.merge.do')}</button>
    </form>
    <p class="soft small">${t('names.merge.text')}</p>`;
}
