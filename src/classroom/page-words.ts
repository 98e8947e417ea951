import { createWords, type Words } from '../workbench/i18n/words.ts';

/** The words that the page brings in `<script type="application/json" data-words>`. */
export function pageWords(): Words {
  const text = document.querySelector('script[data-words]')?.textContent ?? '{}';
  return createWords(JSON.parse(text) as Record<string, string>);
}
