/**
 * Completion pages to print: one for each learner of a class, or for one. Class and member are named behind `#`:
 * `#<class>` or `#<class>/<member>`.
 */
import { createWords } from '../../workbench/i18n/words.ts';
import { html, nothing, render, type TemplateResult } from '../../workbench/ui/view.ts';
import { withMessage, type LiveClass } from '../teach/live-class.ts';
import { openLiveStream } from '../teach/live-stream.ts';
import { withPresentIds } from '../teach/received.ts';
import { sheetsOf, type Sheet, type SheetCourse } from './sheet.ts';

const page = document.querySelector<HTMLElement>('[data-sheets]')!;
const read = (selector: string): unknown => JSON.parse(document.querySelector(selector)!.textContent!); // prettier-ignore
const t = createWords(read('script[data-words]') as Record<string, string>);
const course = read('script[data-course]') as SheetCourse & { class: string; site: string };
const language = document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en';
const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
const today = new Intl.DateTimeFormat(language, { dateStyle: 'long' });

const [classId = '', wanted = ''] = location.hash.slice(1).split('/');
/** A member's id; empty for all. */
let chosen = wanted;
let withEmpty = false;
let live: LiveClass | null = null;
let status: 'connecting' | 'live' | 'lost' = 'connecting';

function choose(member: string): void {
  chosen = member;
  history.replaceState(null, '', `#${classId}${member === '' ? '' : `/${member}`}`);
  draw();
}

function draw(): void {
  const sheets = live && !live.ended ? sheetsOf(live, course, language) : [];
  const shown = sheets.filter(({ member, passed }) =>
    chosen === '' ? passed > 0 || withEmpty : member === chosen,
  );
  const empty = sheets.filter(({ passed }) => passed === 0).length;
  render(
    html`<div class="sheets-tools">
        <h1>${t('sheets.title')}</h1>
        <p>${t('sheets.lead')}</p>
        <p class="sheets-choices">
          <label
            >${t('sheets.of')}
            <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
              <option value="" ?selected=${chosen === ''}>${t('sheets.all')}</option>
              ${sheets.map(
                ({ member, name }) =>
                  html`<option value=${member} ?selected=${member === chosen}>${name}</option>`,
              )}
            </select>
          </label>
          <label ?hidden=${chosen !== '' || empty === 0}>
            <input
              type="checkbox"
              .checked=${withEmpty}
              @change=${(event: Event) => {
                withEmpty = (event.target as HTMLInputElement).checked;
                draw();
              }}
            />
            ${t('sheets.empty', { n: empty })}
          </label>
        </p>
        <p class="sheets-actions">
          <button type="button" ?disabled=${shown.length === 0} @click=${() => print()}>
            ${t('sheets.print', { n: shown.length })}
          </button>
          <a href=${`${course.class}#class=${classId}`}>${t('look.back')}</a>
        </p>
        <p role="status">
          ${status === 'live' && live ? (shown.length === 0 ? t('sheets.none') : nothing) : t(`sheets.${status === 'lost' ? 'lost' : 'connecting'}`)}
        </p>
      </div>
      ${shown.map(sheetView)}`,
    page,
  );
}

const sheetView = ({ name, passed, all, hasSaid, parts }: Sheet): TemplateResult =>
  html`<article class="sheet">
    <p class="sheet-brand">${course.site}</p>
    <h2 dir="auto" translate="no">${name}</h2>
    <p class="sheet-sum">${t('sheets.passed', { n: passed, all })}</p>
    <div class="sheet-parts">
      ${parts.map(
        (part) =>
          html`<section>
            <h3>
              ${part.title}
              <span>${t('sheets.part', { n: part.lines.length, all: part.all })}</span>
            </h3>
            <ul>
              ${part.lines.map(
                ({ title, at, by, tries }) =>
                  html`<li>
                    <span class="sheet-title">${title}${by === 'page' ? ' *' : ''}</span>
                    <span class="sheet-facts"
                      >${day.format(at)}${tries === null ? '' : ` · ${t('sheets.tries', { n: tries })}`}</span
                    >
                  </li>`,
              )}
            </ul>
          </section>`,
      )}
    </div>
    <footer>
      <p>${t('sheets.how')} ${hasSaid ? t('sheets.said') : nothing}</p>
      <p class="sheet-sign">
        <span>${today.format(Date.now() + (live?.ahead ?? 0))}</span
        ><span>${t('sheets.sign')}</span>
      </p>
    </footer>
  </article>`;

openLiveStream(classId, {
  message(message) {
    live = withMessage(live, withPresentIds(message), Date.now());
    draw();
  },
  status(now) {
    status = now;
    draw();
  },
});
draw();
