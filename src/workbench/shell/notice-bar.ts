import { type WordArea, wordAreas } from '../i18n/word-areas.ts';
import { createWords, type Words } from '../i18n/words.ts';
import type { Notice, NoticeAction, NoticeHandlers } from '../notices/notice.ts';
import type { Notices } from '../notices/notices.ts';
import { textOf } from '../notices/text.ts';
import { h } from '../ui/dom.ts';

export interface NoticeBarDeps {
  notices: Notices;
  words: Words;
  language: 'en' | 'zh-tw';
  handlers: NoticeHandlers;
}

/** Draws the notices beside the program, with a button for each of their actions. */
export function createNoticeBar({ notices, words, language, handlers }: NoticeBarDeps) {
  const element = h('div', { class: 'wb-notices', role: 'status' });
  const drawn = new Map<Notice, HTMLElement>();

  function draw(): void {
    const wanted = new Set(notices.list.map(([, notice]) => notice));
    for (const [notice, item] of drawn) {
      if (wanted.has(notice)) continue;
      item.remove();
      drawn.delete(notice);
    }
    for (const notice of wanted) if (!drawn.has(notice)) void add(notice);
  }

  async function add(notice: Notice): Promise<void> {
    const item = h('p', { class: 'wb-notice', 'data-tone': notice.tone ?? 'plain' });
    drawn.set(notice, item);
    const all = notice.areas ? await wordsWith(notice.areas) : words;
    if (drawn.get(notice) !== item) return;
    item.append(h('span', {}, textOf(notice.text, all)));
    if (notice.link) item.append(linkField(notice.link.url));
    const buttons = notice.actions?.map(({ label, action }) =>
      h(
        'button',
        { type: 'button', class: 'wb-link', onclick: () => perform(action) },
        textOf(label, words),
      ),
    );
    item.append(h('span', { class: 'wb-notice-actions' }, ...(buttons ?? [])));
    element.append(item);
    if (notice.link?.select) item.querySelector('input')?.focus();
  }

  /** `words` has the workbench's keys only; a key of an area is looked up there. */
  async function wordsWith(areas: readonly WordArea[]): Promise<Words> {
    const more = createWords(await wordAreas(language, areas));
    return (key, values) => (key.startsWith('workbench.') ? words : more)(key, values);
  }
  function linkField(url: string): HTMLInputElement {
    const field = h('input', {
      class: 'wb-share-link',
      readonly: true,
      value: url,
      'aria-label': words('workbench.share.link'),
      onfocus: () => field.select(),
    });
    return field;
  }
  function perform(action: NoticeAction): void {
    (handlers[action.do] as (given: NoticeAction) => void)(action);
  }

  notices.subscribe(draw);
  return { element };
}
