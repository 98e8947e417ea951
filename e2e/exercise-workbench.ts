/** One exercise's workbench as its learner sees it, for every method of input. */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import type { FaultRule } from '../sandbox/protocol/faults.ts';
import { expect } from './course.ts';
import type { Language } from './lesson-page.ts';

export const wordsOf = (language: Language) =>
  Object.assign(
    {},
    ...['workbench', 'panels', 'terminal', 'own'].map(
      (area) =>
        JSON.parse(
          readFileSync(new URL(`../src/i18n/${language}/${area}.json`, import.meta.url), 'utf8'),
        ) as object,
    ),
  ) as Record<string, string>;

/** Host, port and address of a room, for programs outside the page. */
export interface RoomEndpoint {
  host: string;
  port: number;
  address: string;
}

export class ExerciseWorkbench {
  readonly page: Page;
  readonly element: Locator;
  readonly language: Language;
  /** `<lesson>/<exercise>` */
  readonly id: string;
  readonly lesson: string;
  /** The commands and programs for the learner's own computer, if the lesson has some. */
  readonly own: Locator;
  readonly #words: Record<string, string>;

  constructor(page: Page, language: Language, exercise: string) {
    this.page = page;
    this.language = language;
    this.id = exercise;
    this.lesson = exercise.split('/')[0]!;
    this.element = page.locator(`mqtt-workbench[exercise="${exercise}"]`);
    this.own = page.locator(`own-program[data-exercise="${exercise}"]`);
    this.#words = wordsOf(language);
  }

  word(key: string, values: Record<string, string | number> = {}): string {
    return this.#words[key]!.replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`);
  }
  async goto(): Promise<void> {
    // Relative: the course may be below a path of its host.
    await this.page.goto(`${this.language}/${this.lesson}/`);
  }
  /** Resolves when it can be used, with its editor if it has one. */
  async ready(): Promise<void> {
    await expect(this.element).toHaveAttribute('data-ready', '', { timeout: 30_000 });
    if ((await this.element.getAttribute('data-devices')) === 'none') return;
    const code = this.element.locator('.wb-code');
    await expect(code).not.toHaveAttribute('aria-busy', 'true', { timeout: 30_000 });
  }
  check(id: string): Locator {
    return this.element.locator(`[data-check="${id}"]`);
  }
  /** “Run”, or “Run again” while it runs. */
  get run(): Locator {
    const named = (key: string) =>
      this.element.getByRole('button', { name: this.word(key), exact: true });
    return named('workbench.run').or(named('workbench.run-again'));
  }
  fileTab(file: string): Locator {
    return this.element.locator(`.wb-file[data-file="${file}"]`);
  }
  /** The editor of the programs. */
  get editor(): Locator {
    return this.element.locator('.wb-editor');
  }
  get panelTabs(): Locator {
    return this.element.locator('.wb-panel-tab');
  }
  panelTab(panel: string): Locator {
    return this.element.locator(`.wb-panel-tab[data-panel="${panel}"]`);
  }
  panel(name: string): Locator {
    return this.element.locator(`.wb-panel-body[data-panel="${name}"]`);
  }
  async panelReady(name: string): Promise<void> {
    await expect(this.panel(name)).toBeVisible();
    await expect(this.panel(name)).not.toHaveAttribute('aria-busy', 'true', { timeout: 30_000 });
  }
  brokerFileTab(name: string): Locator {
    return this.panel('files').getByRole('tab', { name, exact: true });
  }
  get brokerEditor(): Locator {
    return this.panel('files').locator('.wb-broker-files-editor');
  }
  get apply(): Locator {
    return this.panel('files').getByRole('button', { name: this.word('terminal.files.apply') });
  }
  /** Resolves when the page reports that the broker has started again with the files. */
  async applied(): Promise<void> {
    const status = this.panel('files').locator('.wb-broker-files-status');
    await expect(status).toHaveText(this.word('terminal.files.running'));
  }
  /** The fields of the panel Connection, from left to right, and what `rule` makes of them. */
  faultFields({ client, direction, kind, action }: FaultRule): [Locator, string][] {
    const panel = this.panel('line');
    const named = (key: string) =>
      panel.getByRole('combobox', { name: this.word(`panels.line.${key}`), exact: true });
    return [
      [named('client'), client ?? ''],
      // The kinds that can be chosen are those of the direction.
      [named('direction'), direction],
      [named('kind'), kind ?? ''],
      [named('action'), action.do],
    ];
  }
  get arm(): Locator {
    const name = this.word('panels.line.arm');
    return this.panel('line').getByRole('button', { name, exact: true });
  }
  get armed(): Locator {
    return this.panel('line')
      .getByRole('list', { name: this.word('panels.line.armed') })
      .getByRole('listitem');
  }
  get newTerminal(): Locator {
    return this.panel('terminal').getByRole('button', { name: this.word('terminal.new') });
  }
  terminal(number: number): Locator {
    const name = this.word('terminal.title', { number });
    return this.panel('terminal').getByRole('group', { name, exact: true });
  }
  /** Its last line that holds something, as a screen reader finds it. */
  async lastLine(terminal: number): Promise<string> {
    const rows = await this.terminal(terminal)
      .locator('.xterm-accessibility-tree > *')
      .allTextContents();
    return rows.map((row) => row.replaceAll('\u00a0', ' ').trim()).findLast(Boolean) ?? '';
  }
  async prompts(terminal: number): Promise<void> {
    await expect.poll(() => this.lastLine(terminal)).toBe('$');
  }
  /** Resolves when the command has ended, or when the page shows its effect. */
  async hasTaken(terminal: number, trueBefore: number): Promise<void> {
    await expect
      .poll(async () => {
        const ended = (await this.lastLine(terminal)) === '$';
        return ended || (await this.countTrue()) > trueBefore;
      })
      .toBe(true);
  }
  countTrue(): Promise<number> {
    return this.element.locator('[data-check][data-state="true"]').count();
  }
  get fillIn(): Locator {
    return this.own.getByRole('button', { name: this.word('own.fill') }).first();
  }
  /** The room, as it stands in the commands once the page has written it there. */
  async roomAfter(fillIn: () => Promise<void>): Promise<RoomEndpoint> {
    const code = this.own.locator('pre').first();
    const before = (await code.textContent()) ?? '';
    await fillIn();
    await expect(this.own.getByRole('status').first()).toHaveText(this.word('own.filled'));
    // Of several programs each is filled in, for there is one room.
    await expect(
      this.own.getByText(/os\.environ\['(HOST|PORT|ROOM)'\]|\$(HOST|PORT|ROOM)\b/),
    ).toHaveCount(0);
    return endpointIn(before, (await code.textContent()) ?? '');
  }
}

const NAMES = /int\(os\.environ\['(PORT)'\]\)|os\.environ\['(HOST|ROOM)'\]|\$(HOST|PORT|ROOM)\b/g;

/** The values that replaced `$HOST` or `os.environ['HOST']`, and so on. */
function endpointIn(before: string, after: string): RoomEndpoint {
  const names = [...before.matchAll(NAMES)].map((found) => found.slice(1).find(Boolean)!);
  const around = before.split(NAMES).filter((_, at) => at % 4 === 0);
  const escaped = around.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const values = new RegExp(`^${escaped.join("'?([^\\s']+)'?")}$`).exec(after)?.slice(1);
  if (!values) throw new Error(`not filled in:\n${after}`);
  const value = (name: string) => values[names.indexOf(name)]!;
  return { host: value('HOST'), port: Number(value('PORT')), address: value('ROOM') };
}

/** Notes every touch of another kind: `keys` alone, or a `finger` and no mouse. */
export async function watchInput(context: BrowserContext, input: 'keys' | 'finger') {
  await context.addInitScript((input) => {
    const others: string[] = [];
    Object.assign(globalThis, { otherInput: others });
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'wheel', 'touchstart']) {
      addEventListener(
        type,
        (event) => {
          const { isTrusted, pointerType = 'touch' } = event as PointerEvent;
          const isFinger = type !== 'wheel' && pointerType === 'touch';
          if (isTrusted && !(isFinger && input === 'finger')) others.push(`${type} ${pointerType}`);
        },
        { capture: true, passive: true },
      );
    }
  }, input);
}
export async function expectNoOtherInput(page: Page): Promise<void> {
  const others = await page.evaluate(() => (globalThis as { otherInput?: string[] }).otherInput);
  expect(others, 'what another hand did').toEqual([]);
}
