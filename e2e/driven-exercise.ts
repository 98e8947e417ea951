/** An exercise in a browser that Playwright does not drive: Firefox and WebKit as people have them. */
import { brokerFileNames } from '../scripts/check-lessons/lesson.ts';
import { readTerminalScript } from '../scripts/check-lessons/runners/terminal-script.ts';
import type { FirefoxPage } from '../scripts/try-firefox/bidi.ts';
import { wordsOf } from './exercise-workbench.ts';
import type { Language } from './lesson-page.ts';
import { readExercise } from './solve-exercise.ts';

/** As the learner who has written the solution comes back to it: drafts, then the lesson's page. */
export async function openExercise(
  page: FirefoxPage,
  site: string,
  language: Language,
  id: string,
  written: 'solution' | 'starter' = 'solution',
) {
  const { [written]: solution } = await readExercise(id);
  const word = wordsOf(language);
  await page.open(`${site}${language}/`);
  const drafts: Record<string, string> = {};
  const brokerFiles: Record<string, string> = {};
  for (const [name, text] of solution) {
    if (brokerFileNames.some((one) => one === name)) brokerFiles[name] = text;
    else drafts[`retained:draft:${id}:${name}`] = text;
  }
  drafts[`retained:broker-files:${id}:draft`] = JSON.stringify(brokerFiles);
  await page.evaluate(`Object.assign(localStorage, ${JSON.stringify(drafts)})`);
  await page.open(`${site}${language}/${id.split('/')[0]}/`);
  const own = (selector: string) =>
    `document.querySelector(${JSON.stringify(`mqtt-workbench[exercise="${id}"] ${selector}`)})`;
  await page.evaluate(`${own('')}.scrollIntoView(); dispatchEvent(new Event('pointermove'))`);
  await page.until(`${own('')}.hasAttribute('data-ready') &&
    ${own('.wb-code')}?.getAttribute('aria-busy') !== 'true'`);
  const checks = `[...document.querySelectorAll('mqtt-workbench[exercise="${id}"] [data-check]')]`;
  const button = (panel: string, name: string) =>
    `[...${own(`[data-panel="${panel}"].wb-panel-body`)}.querySelectorAll('button')]
      .find((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === ${JSON.stringify(word[name])})`;
  async function panel(name: string): Promise<void> {
    await page.evaluate(`${own(`.wb-panel-tab[data-panel="${name}"]`)}.click()`);
    await page.until(`${own(`.wb-panel-body[data-panel="${name}"]`)}?.checkVisibility() &&
      ${own(`.wb-panel-body[data-panel="${name}"]`)}.getAttribute('aria-busy') !== 'true'`);
  }
  return {
    solution,
    run: () => page.evaluate(`${own('.wb-run')}.click()`),
    async apply() {
      await panel('files');
      await page.evaluate(`${button('files', 'terminal.files.apply')}.click()`);
      await page.until(`${own('.wb-broker-files-status')}.textContent.trim() ===
        ${JSON.stringify(word['terminal.files.running'])}`);
    },
    /** Types a line where the prompt is, in the first terminal or in a later one. */
    async enter(terminal: number, line: string) {
      await panel('terminal');
      const inputs = `${own('.wb-panel-body[data-panel="terminal"]')}.querySelectorAll('textarea')`;
      const prompt = `[...${inputs}[${terminal - 1}].closest('.xterm').querySelectorAll('.xterm-accessibility-tree > *')]
        .some((row) => row.textContent.replaceAll('\\u00a0', ' ').trim() === '$')`;
      const there = await page.evaluate(`${inputs}.length`);
      if (Number(there) < terminal)
        await page.evaluate(`${button('terminal', 'terminal.new')}.click()`);
      await page.until(`${inputs}.length >= ${terminal} && ${prompt}`);
      await page.evaluate(`${inputs}[${terminal - 1}].focus()`);
      await page.type(`${line}\n`);
    },
    /** The states of the checks when the run is over. */
    async ended() {
      await page.until(`${own('.wb-state')}.textContent === 'Finished'`);
      return page.evaluate(`${checks}.map(({ dataset }) => dataset.state).join()`);
    },
    async passes() {
      await page.until(`${checks}.length > 0 &&
        ${checks}.every(({ dataset }) => dataset.state === 'true')`);
      await page.until(`${own('.wb-done')}?.checkVisibility()`);
    },
  };
}

/** One of every kind. */
export const kinds: [what: string, id: string, language: Language, home: 'server' | 'page'][] = [
  ['a program', 'first-message/publish', 'en', 'server'],
  ['programs of several devices', 'publish-subscribe/two-devices', 'zh-tw', 'server'],
  ['files of the broker', 'configure-mosquitto/open', 'en', 'server'],
  ['terminals', 'command-line/panes', 'zh-tw', 'server'],
  ['a broker in the page', 'first-message/publish', 'zh-tw', 'page'],
  ['files, and a broker in the page', 'configure-mosquitto/open', 'zh-tw', 'page'],
];

/** Does what the solution does, and waits until all of it is true. */
export async function solve(
  page: FirefoxPage,
  site: string,
  language: Language,
  id: string,
): Promise<void> {
  const exercise = await openExercise(page, site, language, id);
  const { solution } = exercise;
  if (brokerFileNames.some((name) => solution.has(name))) await exercise.apply();
  if ([...solution.keys()].some((name) => name.endsWith('.ts'))) await exercise.run();
  const { rest } = readTerminalScript(solution.get('terminal.sh') ?? '');
  for (const { terminal, line } of rest) await exercise.enter(terminal, line);
  await exercise.passes();
}
