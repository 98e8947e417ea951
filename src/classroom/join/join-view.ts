/** The page on which a learner joins a class, and sees who they are in it. */
import type { NamesResponse } from '../../../sandbox/protocol/classroom.ts';
import type { AssignedItem } from '../assigned/assigned-list.ts';
import { assignedView } from '../assigned/assigned-view.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';

export interface JoinModel {
  /** `loading` until the server has said whether this device is in a class. */
  /** `waiting`: for the teacher's yes. */
  step: 'loading' | 'join' | 'back' | 'waiting' | 'member';
  code: string;
  name: string;
  /** Of the class of the code, if its teacher has a list; null until the server has said. */
  list: NamesResponse | null;
  /** The learner's name is not on the list. */
  isTyped: boolean;
  /** The personal code: typed, or the member's own. */
  words: string;
  isBusy: boolean;
  /** A key of `class.error.<key>`. */
  error: string | null;
  /** What is assigned to the member; null: nothing. */
  assigned: { items: readonly AssignedItem[]; isTest: boolean } | null;
  language: 'en' | 'zh-tw';
  /** The address of the course. */
  home: string;
  privacy: string;
  /** The shared room of the class. */
  shared: string;
}
export interface JoinActions {
  join(code: string, name: string): void;
  /** @param id of a name of the list */
  pick(code: string, id: string): void;
  /** The field of the code has changed. */
  typeCode(code: string): void;
  typeName(isTyped: boolean): void;
  comeBack(code: string, words: string): void;
  show(step: 'join' | 'back'): void;
  leave(): void;
  /** No longer waits. */
  stopWaiting(): void;
}

export function joinView(model: JoinModel, actions: JoinActions, t: Words): TemplateResult {
  if (model.step === 'loading')
    return html`<p class="soft" role="status">${t('class.loading')}</p>`;
  if (model.step === 'waiting') return waitingView(actions, t);
  return model.step === 'member' ? memberView(model, actions, t) : formView(model, actions, t);
}

function field(
  label: string,
  input: {
    name: string;
    value: string;
    hint?: string;
    autocomplete?: string;
    change?(value: string): void;
  },
  model: JoinModel,
): TemplateResult {
  const isCode = input.name === 'code';
  return html`<label class="field">
    <span>${label}</span>
    <input
      name=${input.name}
      .value=${input.value}
      class=${isCode ? 'code' : ''}
      required
      maxlength=${isCode ? 12 : 60}
      autocomplete=${input.autocomplete ?? 'off'}
      autocapitalize=${isCode ? 'characters' : 'off'}
      spellcheck="false"
      dir="auto"
      ?disabled=${model.isBusy}
      @input=${(event: Event) => input.change?.((event.target as HTMLInputElement).value)}
    />
    ${input.hint ? html`<small>${input.hint}</small>` : nothing}
  </label>`;
}

function formView(model: JoinModel, actions: JoinActions, t: Words): TemplateResult {
  const isBack = model.step === 'back';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? '');
    if (isBack) actions.comeBack(text('code'), text('words'));
    else if (isPicked(model)) actions.pick(text('code'), text('pick'));
    else actions.join(text('code'), text('name'));
  };
  return html`<form @submit=${submit}>
    <h1>${t(isBack ? 'class.back.title' : 'class.join.title')}</h1>
    <p class="lead">${t(isBack ? 'class.back.lead' : 'class.join.lead')}</p>
    ${field(
      t('class.join.code'),
      {
        name: 'code',
        value: model.code,
        hint: t('class.join.codeHint'),
        change: actions.typeCode,
      },
      model,
    )}
    ${
      isBack
        ? field(
            t('class.back.words'),
            { name: 'words', value: model.words, hint: t('class.back.wordsHint') },
            model,
          )
        : isPicked(model)
          ? pickView(model, actions, t)
          : field(
              t('class.join.name'),
              {
                name: 'name',
                value: model.name,
                hint: t('class.join.nameHint'),
                autocomplete: 'nickname',
              },
              model,
            )
    }
    <p class="error" role="alert">${model.error ? t(`class.error.${model.error}`) : nothing}</p>
    <p class="actions">
      <button class="primary" ?disabled=${model.isBusy}>
        ${t(isBack ? 'class.back.do' : 'class.join.do')}
      </button>
      <button type="button" class="plain" @click=${() => actions.show(isBack ? 'join' : 'back')}>
        ${t(isBack ? 'class.back.not' : 'class.back.offer')}
      </button>
    </p>
    <p class="soft small">
      ${t('class.join.kept')} <a href=${model.privacy}>${t('class.privacy.link')}</a>
    </p>
  </form>`;
}

/** The learner picks a name, and types none. */
const isPicked = ({ list, isTyped }: JoinModel): boolean =>
  list !== null && (list.listOnly || (list.names.length > 0 && !isTyped));

function pickView({ list, isBusy }: JoinModel, actions: JoinActions, t: Words): TemplateResult {
  const names = list?.names ?? [];
  if (names.length === 0) return html`<p role="status">${t('names.join.none')}</p>`;
  return html`<label class="field">
      <span>${t('class.join.name')}</span>
      <select name="pick" required ?disabled=${isBusy}>
        <option value="">${t('names.join.choose')}</option>
        ${names.map(({ id, name }) => html`<option value=${id} dir="auto">${name}</option>`)}
      </select>
      <small>${t('names.join.hint')}</small>
    </label>
    ${
      list?.listOnly
        ? nothing
        : html`<button type="button" class="plain" @click=${() => actions.typeName(true)}>
            ${t('names.join.other')}
          </button>`
    }`;
}

function memberView(model: JoinModel, actions: JoinActions, t: Words): TemplateResult {
  return html`<div>
    <h1 tabindex="-1">${t('class.member.title')}</h1>
    <p class="lead">
      ${t('class.member.as')} <strong><bdi>${model.name}</bdi></strong>
    </p>
    ${assignedPart(model, t)}
    <p class="actions"><a class="primary" href=${model.home}>${t('class.member.go')}</a></p>
    <p><a href=${model.shared}>${t('shared.link')}</a></p>
    <section class="card">
      <h2>${t('class.member.words')}</h2>
      <p class="words">${model.words}</p>
      <p class="soft">${t('class.member.wordsText')}</p>
    </section>
    <p class="error" role="alert">${model.error ? t(`class.error.${model.error}`) : nothing}</p>
    <p class="actions">
      <button type="button" ?disabled=${model.isBusy} @click=${actions.leave}>
        ${t('class.member.leave')}
      </button>
    </p>
    <p class="soft small">
      ${t('class.member.leaveText')} <a href=${model.privacy}>${t('class.privacy.link')}</a>
    </p>
  </div>`;
}

const waitingView = (actions: JoinActions, t: Words): TemplateResult =>
  html`<h1 tabindex="-1">${t('admit.wait.title')}</h1>
    <p class="lead" role="status">${t('admit.wait.text')}</p>
    <p class="actions">
      <button type="button" @click=${actions.stopWaiting}>${t('admit.wait.stop')}</button>
    </p>`;

function assignedPart(
  { assigned, home: course, language }: JoinModel,
  t: Words,
): TemplateResult | typeof nothing {
  if (!assigned || assigned.items.length === 0) return nothing;
  return html`<section class="assigned" aria-label=${t('assign.yours')}>
    ${assignedView(assigned.items, assigned.isTest, { course, language, t })}
  </section>`;
}
