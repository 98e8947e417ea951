import type { Notice } from '../notices/notice.ts';
import { h } from '../ui/dom.ts';

/** What went wrong, in words, with the one thing to do; one at a time for each subject. */
export function createNotices() {
  const element = h('div', { class: 'wb-notices', role: 'status' });
  const shown = new Map<string, HTMLElement>();

  function show(subject: string, notice: Notice | undefined): void {
    shown.get(subject)?.remove();
    shown.delete(subject);
    if (!notice) return;
    const { text, action, second, extra, tone = 'plain' } = notice;
    const item = h(
      'p',
      { class: 'wb-notice', 'data-tone': tone },
      h('span', {}, text),
      extra,
      h(
        'span',
        { class: 'wb-notice-actions' },
        ...[action, second].map(
          (each) =>
            each && h('button', { type: 'button', class: 'wb-link', onclick: each.do }, each.label),
        ),
      ),
    );
    shown.set(subject, item);
    element.append(item);
  }
  return { element, show };
}
