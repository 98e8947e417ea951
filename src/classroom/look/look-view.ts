/** Over a learner's shoulder: program, output and checks. Whatever is the learner's is text. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import { checkText, hintText } from '../teach/lesson-texts.ts';
import type { Screen } from '../../../sandbox/protocol/class-screen.ts';
import { shownFile, type LookModel, type ShownModel } from './look-model.ts';

export interface LookActions {
  chooseMember(id: string): void;
  chooseFile(name: string): void;
}
interface ViewContext {
  language: 'en' | 'zh-tw';
  actions: LookActions;
  t: Words;
}

/** Lines with a number of their own; of a longer program the rest has none. */
const mostLines = 1_000;

export function lookView(
  model: LookModel,
  context: ViewContext,
  panels: TemplateResult | typeof nothing,
): TemplateResult {
  const { screen, course, classId } = model;
  const { t } = context;
  return html`<div class="look-head">
      <h1>${t('look.title')}</h1>
      ${memberChoice(model, context)}
      <a class="button" href=${`${course.class}#class=${classId}`}>${t('look.back')}</a>
    </div>
    ${statusView(model, context)}
    ${
      screen
        ? html`<div class="look-grid">
            <section class="look-program" aria-labelledby="look-program">
              ${programView(model, context)}
            </section>
            <div class="look-side">
              <section aria-labelledby="look-checks">${checksView(model, t)}</section>
              <section aria-labelledby="look-output">${outputView(model, t)}</section>
            </div>
            <section class="look-wires" aria-labelledby="look-wires">
              <h2 id="look-wires">${t('look.wires')}</h2>
              ${panels === nothing ? html`<p class="soft">${t(wiresWord(model))}</p>` : panels}
            </section>
          </div>`
        : nothing
    }`;
}

const wiresWord = ({ screen, isRoomLive }: LookModel): string =>
  screen?.place === 'browser'
    ? 'look.wires.browser'
    : isRoomLive || screen?.room === null
      ? 'look.wires.none'
      : 'look.wires.connecting';

function memberChoice(
  { members = [], member }: LookModel,
  { actions, t, language }: ViewContext,
): TemplateResult {
  const byName = new Intl.Collator(language, { numeric: true });
  const sorted = [...members].sort((a, b) => byName.compare(a.name, b.name));
  return html`<label class="look-who">
    <span>${t('look.who')}</span>
    <select
      @change=${(event: Event) => actions.chooseMember((event.target as HTMLSelectElement).value)}
    >
      ${sorted.map(
        ({ id, name }) => html`<option value=${id} ?selected=${id === member}>${name}</option>`,
      )}
    </select>
  </label>`;
}

function statusView(model: LookModel, { t, language }: ViewContext): TemplateResult {
  const { course, isConnected, isHere, members, member, screen, since } = model;
  const isGone = members !== undefined && !members.some(({ id }) => id === member);
  const word = isGone
    ? 'gone'
    : !isConnected
      ? 'connecting'
      : screen
        ? 'live'
        : isHere
          ? 'waiting'
          : 'away';
  const column = course.columns.find(({ id }) => id === screen?.exercise);
  const [lesson = '', name = ''] = (column?.id ?? '').split('/');
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(since);
  return html`<p class="look-status" role="status" data-status=${word}>
    ${word === 'live' ? t('look.live', { time }) : t(`look.${word}`)}
    ${
      word === 'live' && column
        ? html`<span class="look-at"
            >${t('look.at')}
            <a href=${`${course.lesson.replace('{lesson}', lesson)}#exercise-${name}`}
              >${column.title}</a
            ></span
          >`
        : nothing
    }
  </p>`;
}

export function programView(
  model: ShownModel,
  { actions, t }: { actions: Pick<LookActions, 'chooseFile'>; t: Words },
): TemplateResult {
  const { screen, changed } = model;
  const shown = shownFile(model);
  const files = screen?.files ?? [];
  return html`<div class="look-program-head">
      <h2 id="look-program">${t('look.program')}</h2>
      ${
        files.length > 1
          ? html`<div class="look-files" role="group" aria-label=${t('look.files')}>
              ${files.map(
                ({ name }) =>
                  html`<button
                    type="button"
                    aria-pressed=${String(name === shown?.name)}
                    @click=${() => actions.chooseFile(name)}
                  >
                    <bdi>${name}</bdi>${
                      name === screen?.file
                        ? html`<span class="look-here" title=${t('look.file.here')}>
                            <span class="visually-hidden">(${t('look.file.here')})</span></span
                          >`
                        : nothing
                    }
                  </button>`,
              )}
            </div>`
          : shown
            ? html`<code>${shown.name}</code>`
            : nothing
      }
    </div>
    ${shown ? codeView(shown, changed, t) : html`<p class="soft">${t('look.program.none')}</p>`}
    ${screen?.isCut ? html`<p class="soft small">${t('look.cut')}</p>` : nothing}`;
}

function codeView(
  { name, text }: Screen['files'][number],
  changed: LookModel['changed'],
  t: Words,
): TemplateResult {
  const lines = text.split('\n');
  const rest = lines.slice(mostLines).join('\n');
  const isChanged = (n: number): boolean => changed !== null && n >= changed.from && n <= changed.to; // prettier-ignore
  const one = (line: string, n: number): TemplateResult =>
    html`<span class="line" data-changed=${isChanged(n) ? 'yes' : nothing}>${line}</span>`;
  return html`<pre class="look-code" tabindex="0" aria-label=${t('look.program.label', { file: name })}><code>${lines.slice(0, mostLines).map(one)}${rest === '' ? nothing : html`<span>${rest}</span>`}</code></pre>`; // prettier-ignore
}

function checksView({ decided, screen, texts }: LookModel, t: Words): TemplateResult {
  // The server's word counts; without a room on it there is only the page's.
  const results = decided ?? screen?.checks ?? [];
  const checks = texts?.checks ?? [];
  const stateOf = (id: string) => results.find((one) => one.id === id);
  const isTrue = (id: string): boolean => stateOf(id)?.state === 'true';
  const n = checks.filter(({ id }) => isTrue(id)).length;
  const hint = decided?.find((one) => one.state === 'not-yet' && one.hint)?.hint;
  return html`<h2 id="look-checks">${t('look.checks')}</h2>
    <p class="visually-hidden" role="status">
      ${texts ? t('look.checks.count', { n, all: checks.length }) : nothing}
    </p>
    <ul class="look-checks">
      ${checks.map(
        ({ id }) =>
          html`<li data-state=${isTrue(id) ? 'true' : 'not-yet'}>
            <span aria-hidden="true">${isTrue(id) ? '✓' : '○'}</span>
            <span>
              ${texts ? checkText(texts, id) : nothing}
              <span class="visually-hidden"
                >(${t(isTrue(id) ? 'look.check.true' : 'look.check.notYet')})</span
              >
            </span>
          </li>`,
      )}
    </ul>
    ${
      hint && texts
        ? html`<p class="look-hint">
            <strong>${t('look.hint')}</strong> ${hintText(texts, hint).slice(0, 1_000)}
          </p>`
        : nothing
    }
    ${decided === null && screen ? html`<p class="soft small">${t('look.checks.said')}</p>` : nothing}`;
}

export const outputView = ({ screen }: ShownModel, t: Words): TemplateResult =>
  html`<h2 id="look-output">${t('look.output')}</h2>
    ${
      screen && screen.lines.length > 0
        ? html`<ol class="look-output" tabindex="0" aria-label=${t('look.output')}>
            ${screen.lines.map(
              ({ device, level, text }) =>
                html`<li data-level=${level}>
                  <span class="look-device">${device}</span>
                  <span class="look-text">
                    ${
                      level === 'error' || level === 'warn'
                        ? html`<strong>${t(`look.level.${level}`)}</strong>`
                        : nothing
                    }
                    <span class="look-said" dir="auto">${text}</span>
                  </span>
                </li>`,
            )}
          </ol>`
        : html`<p class="soft">${t('look.output.none')}</p>`
    }`;
