/** The sentences of the hints that every exercise has (`sandbox/checks/common.ts`), as HTML. */
import { commonHintIds } from '../../sandbox/checks/common.ts';
import { stringsOf, type Language } from '../i18n/index.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What stands between backticks becomes code, as in a lesson. */
const html = (text: string): string => escaped(text).replace(/`([^`]*)`/g, '<code>$1</code>');

/** By id; a missing sentence stops the build. */
export function commonHints(language: Language): Record<string, string> {
  const strings = stringsOf(language, ['hints']);
  return Object.fromEntries(
    commonHintIds.map((id) => {
      const text = strings[`hint.${id}`];
      if (text === undefined) throw new Error(`i18n: src/i18n/${language}/hints.json lacks ${id}`);
      return [id, html(text)];
    }),
  );
}
