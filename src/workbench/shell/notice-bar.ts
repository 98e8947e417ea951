import { type WordArea, wordAreas } from '../i18n/word-areas.ts';
import { createWords, type Words } from '../i18n/words.ts';
import type { Notice, NoticeAction, NoticeHandlers } from '../notices/notice.ts';
import type { Notices } from '../notices/notices.ts';
import { textOf } from '../notices/text.ts';
import { createView, html, nothing, repeat, type TemplateResult } from '../ui/view.ts';

export interface NoticeBarDeps {
  notices: Notices;
  words: Words;
  language: 'en' | 'zh-tw';
  handlers: NoticeHandlers;
}
interface WordedNotice {
  notice: Notice;
  text: string;
}

/** The notices beside the program, with a button for each of their actions. */
export function createNoticeBar({ notices, words, language, handlers }: NoticeBarDeps) {
  /** Undefined until the words of the notice are there. */
  const texts = new WeakMap<Notice, string | undefined>();
  const perform = (action: NoticeAction): void =>
    (handlers[action.do] as (given: NoticeAction) => void)(action);
  const { element, draw } = createView(() => noticesView(worded(), perform, words));

  function worded(): WordedNotice[] {
    return notices.list.flatMap(([, notice]) => {
      const text = texts.get(notice);
      return text === undefined ? [] : [{ notice, text }];
    });
  }
  async function load(notice: Notice): Promise<void> {
    texts.set(notice, undefined);
    const all = notice.areas ? await wordsWith(notice.areas) : words;
    texts.set(notice, textOf(notice.text, all));
    draw();
    if (notice.link?.select) element.querySelector('input')?.focus();
  }
  /** `words` has the workbench's keys only; a key of an area is looked up there. */
  async function wordsWith(areas: readonly WordArea[]): Promise<Words> {
    const more = createWords(await wordAreas(language, areas));
    return (key, values) => (key.startsWith('workbench.') ? words : more)(key, values);
  }

  notices.subscribe(() => {
    draw();
    for (const [, notice] of notices.list) if (!texts.has(notice)) void load(notice);
  });
  return element;
}

function noticesView(
  notices: readonly WordedNotice[],
  perform: (action: NoticeAction) => void,
  words: Words,
): TemplateResult {
  return html`<div class="wb-notices" role="status">
    ${repeat(notices, ({ notice }) => notice, noticeView)}
  </div>`;

  function noticeView({ notice: { tone = 'plain', link, actions = [] }, text }: WordedNotice) {
    return html`<p class="wb-notice" data-tone=${tone}>
      <span>${text}</span>
      ${link ? linkField(link.url) : nothing}
      <span class="wb-notice-actions">
        ${actions.map(
          ({ label, action }) =>
            html`<button type="button" class="wb-link" @click=${() => perform(action)}>
              ${textOf(label, words)}
            </button>`,
        )}
      </span>
    </p>`;
  }
  function linkField(url: string) {
    return html`<input
      class="wb-share-link"
      readonly
      value=${url}
      aria-label=${words('workbench.share.link')}
      @focus=${({ currentTarget }: Event) => (currentTarget as HTMLInputElement).select()}
    />`;
  }
}
