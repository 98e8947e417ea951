/** How many of the course's exercises are passed, and what is shown when all are. */
import { onProgress } from './store.ts';

for (const section of document.querySelectorAll<HTMLElement>('[data-needed]')) {
  const needed = (section.dataset['needed'] ?? '').split(' ').filter(Boolean);
  const some = (name: string) => section.querySelectorAll<HTMLElement>(`[data-${name}]`);
  onProgress(({ exercises }) => {
    const passed = needed.flatMap((id) => exercises[id]?.passed ?? []);
    const isComplete = needed.length > 0 && passed.length === needed.length;
    for (const one of some('count')) {
      // Another count of the page's own stands there, too.
      if (one.dataset['count'] !== '') continue;
      // The first number of the sentence, in every language.
      one.textContent = (one.textContent ?? '').replace(/\d+/, String(passed.length));
    }
    for (const one of some('complete')) one.hidden = !isComplete;
    for (const one of some('open')) one.hidden = isComplete;
    for (const one of some('when')) {
      const date = new Date(Math.max(0, ...passed));
      const text = new Intl.DateTimeFormat(
        document.documentElement.lang.startsWith('zh') ? 'zh-TW' : 'en-GB',
        { dateStyle: 'long' },
      ).format(date);
      one.textContent = (one.dataset['when'] ?? '').replace('{date}', () => text);
    }
  });
}
