/** One exercise in one kind of window and one language: run as it is, passed, looked at and pictured. */
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import { ExerciseWorkbench } from '../../e2e/exercise-workbench.ts';
import { expectInSight, laptops, type Moment, runStarter } from '../../e2e/in-sight.ts';
import { KeyboardInput } from '../../e2e/keyboard-input.ts';
import type { Language } from '../../e2e/lesson-page.ts';
import { lacking, readExercise, solveExercise } from '../../e2e/solve-exercise.ts';
import { TouchInput } from '../../e2e/touch-input.ts';

/** Windows that one page goes through, and the hand that works in them. */
export interface Shape {
  name: 'laptop' | 'phone';
  /** In CSS pixels. */
  windows: readonly { width: number; height: number }[];
  input: 'keys' | 'finger';
}
export const shapes: readonly Shape[] = [
  { name: 'laptop', windows: laptops, input: 'keys' },
  { name: 'phone', windows: [{ width: 390, height: 844 }], input: 'finger' },
];
export const languages: readonly Language[] = ['en', 'zh-tw'];

export interface Walk {
  id: string;
  shape: Shape;
  language: Language;
}
export interface Picture {
  /** The name of the file in the folder of the sheet. */
  file: string;
  /** What stands below it. */
  title: string;
  /** `390x844-passed`: those of one group stand together. */
  group: string;
  width: number;
}
export interface Walked {
  pictures: Picture[];
  /** Why it is not passed, or what is out of sight: one sentence each. */
  wrong: string[];
  /** What this machine lacks for the exercise. */
  lacks?: string;
}

/** @param folder where the pictures go */
export async function walk(
  browser: Browser,
  origin: string,
  { id, shape, language }: Walk,
  folder: string,
): Promise<Walked> {
  const walked: Walked = { pictures: [], wrong: [] };
  const files = await readExercise(id);
  const lacks = lacking(files);
  if (lacks !== undefined) return { ...walked, lacks };
  const isPhone = shape.name === 'phone';
  const context = await browser.newContext({
    baseURL: `${origin}/`,
    viewport: shape.windows[0]!,
    // Each window has both themes, in one language each.
    colorScheme: isPhone === (language === 'en') ? 'dark' : 'light',
    reducedMotion: 'reduce',
    ...(isPhone && { hasTouch: true, isMobile: true }),
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const workbench = new ExerciseWorkbench(page, language, id);
  const input = isPhone ? new TouchInput(workbench) : new KeyboardInput(workbench);
  const where = `${id}, ${language}`;

  async function look(moment: Moment): Promise<void> {
    for (const size of shape.windows) {
      await page.setViewportSize(size);
      await expectInSight(workbench, moment).catch((error: unknown) => {
        walked.wrong.push(`${where}: ${messageOf(error)}`);
      });
      walked.pictures.push(await take(page, `${size.width}x${size.height}-${moment}`));
    }
  }
  async function take(page: Page, group: string): Promise<Picture> {
    await page.evaluate(() => document.fonts.ready);
    const file = `${id.replace('/', '-')}-${language}-${group}.png`;
    await page.screenshot({ path: join(folder, file) });
    return { file, group, title: where, width: page.viewportSize()!.width };
  }

  try {
    await solveExercise(input, files, async () => {
      const hasRun = await workbench.run.isVisible();
      await runStarter(workbench, () => input.run());
      // Without a Run of its own an exercise begins with a terminal, or outside of the page.
      if (hasRun || !isPhone) await look('ran');
    });
    await look('passed');
  } catch (error) {
    walked.wrong.push(`${where}, ${shape.name}: ${messageOf(error)}`);
    walked.pictures.push(await take(page, `${shape.name}-stopped`));
  } finally {
    await context.close();
  }
  return walked;
}

/** The first line, and what was found instead of nothing. */
function messageOf(error: unknown): string {
  const text = stripVTControlCharacters(String(error));
  const found = [...text.matchAll(/^[+-] {2,}"(.*)",?$/gm)].map(([, one]) => one);
  return [text.split('\n', 1)[0], ...found].join('; ');
}
