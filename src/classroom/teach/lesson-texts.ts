/** The sentences of checks and hints, from the lesson's own page. */
import { commonWords } from '../../workbench/i18n/common-words.ts';
import { fill } from '../../workbench/i18n/words.ts';
import { exerciseDataOf, type ExerciseData } from '../../workbench/store/exercise-data.ts';

const pages = new Map<string, Promise<Document | null>>();

function lessonPage(address: string): Promise<Document | null> {
  let page = pages.get(address);
  if (!page) {
    page = fetch(address)
      .then(async (response) => (response.ok ? await response.text() : Promise.reject(response)))
      .then((text) => new DOMParser().parseFromString(text, 'text/html'))
      .catch(() => null);
    pages.set(address, page);
    // The next detail tries again.
    void page.then((found) => found ?? pages.delete(address));
  }
  return page;
}

/** @param lesson address of the lesson; null if there is no such exercise in it */
export async function exerciseTexts(
  lesson: string,
  exercise: string,
): Promise<ExerciseData | null> {
  const page = await lessonPage(lesson);
  const element = page?.querySelector<HTMLElement>(
    `mqtt-workbench[exercise="${CSS.escape(exercise)}"]`,
  );
  if (!element) return null;
  const language = element.lang === 'zh-tw' ? 'zh-tw' : 'en';
  const words = await commonWords(language).catch(() => undefined);
  return words ? exerciseDataOf(element, words) : null;
}

/** The words of a sentence of the course; nothing of a learner is in it. */
const wordsOf = (markup: string): string =>
  new DOMParser().parseFromString(markup, 'text/html').body.textContent?.trim() ?? '';

export const checkText = ({ checks }: ExerciseData, id: string): string =>
  wordsOf(checks.find((check) => check.id === id)?.html ?? '');

/** Values come from learners: they are filled into text, never into markup. */
export const hintText = (
  { hints }: ExerciseData,
  { id, values }: { id: string; values: Record<string, string | number> },
): string => fill(wordsOf(hints[id] ?? ''), values);
