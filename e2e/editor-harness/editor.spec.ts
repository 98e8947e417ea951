import { expect, test } from '@playwright/test';
import type { CodeEditor } from '../../src/workbench/run/code-editor.ts';
import { open } from './open.ts';
import type { Opened } from './open.ts';

const STARTER = `import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
await client.publishAsync('hello/mqtt', 'hi');

await client.endAsync();
`;
declare global {
  var editor: CodeEditor;
  var changes: [string, string][];
}

async function create(
  opened: Opened,
  text: string,
  language: 'en' | 'zh-tw' = 'en',
  kind?: 'monaco' | 'touch',
): Promise<void> {
  await opened.page.evaluate(
    async (options) => {
      globalThis.editor?.dispose();
      const container = document.querySelector<HTMLElement>('#place')!;
      container.replaceChildren();
      globalThis.changes = [];
      globalThis.editor = await harness.createEditor(container, {
        theme: 'light',
        vendor: harness.vendor,
        language: options.language,
        ...(options.kind ? { kind: options.kind } : {}),
        files: [
          { name: 'publisher.ts', text: options.text },
          { name: 'phone.ts', text: '// phone\n' },
          { name: 'mosquitto.conf', text: 'listener 1883\n' },
        ],
      });
      editor.onChange((name, changed) => changes.push([name, changed]));
    },
    { text, language, kind },
  );
}

/** Puts the cursor after `text` of the shown file. */
async function typeAfter(opened: Opened, line: number, typed: string): Promise<void> {
  await opened.page.evaluate(() => editor.focus());
  await opened.page.keyboard.press('ControlOrMeta+Home');
  for (let i = 1; i < line; i++) await opened.page.keyboard.press('ArrowDown');
  await opened.page.keyboard.press('End');
  await opened.page.keyboard.type(typed);
}

test.describe('Monaco', () => {
  test.describe.configure({ mode: 'serial' });
  let opened: Opened;
  test.beforeAll(async () => {
    opened = await open();
  });
  test.afterAll(() => opened?.close());

  test('is not loaded before it is asked for', () => {
    expect(opened.requests.filter((request) => /editor-|typescript-/.test(request))).toEqual([]);
  });

  test('shows the file where the metrics say', async () => {
    await create(opened, STARTER);
    const { page } = opened;
    await expect(page.locator('.view-line')).toHaveCount(7);
    const place = await page.evaluate(() => {
      const box = document.querySelector('#place')!.getBoundingClientRect();
      const lines = [...document.querySelectorAll<HTMLElement>('.view-line')].map((line) =>
        line.getBoundingClientRect(),
      );
      lines.sort((a, b) => a.top - b.top);
      const probe = document.createElement('div');
      const style = getComputedStyle(document.querySelector('.view-line')!);
      probe.style.cssText = `position:absolute;font:${style.fontSize} ${style.fontFamily};width:${harness.textLeft}`;
      document.body.append(probe);
      return {
        top: lines[0]!.top - box.top,
        height: lines[1]!.top - lines[0]!.top,
        left: lines[0]!.left - box.left,
        expected: probe.getBoundingClientRect().width,
        font: style.fontSize,
      };
    });
    expect(place).toMatchObject({ top: 12, height: 22, font: '14px' });
    expect(Math.abs(place.left - place.expected)).toBeLessThan(1);
  });

  test('compiles, and the program runs', async () => {
    const console = await opened.page.evaluate(async () => {
      const result = await editor.compile('publisher.ts');
      if ('problems' in result) throw new Error(JSON.stringify(result.problems));
      const run = await harness.run(result.program);
      await run.wait('ended');
      return run.messages.map(({ type }) => type).filter((type) => type !== 'alive');
    });
    expect(console).toEqual(['mapped', 'ended']);
  });

  test('completes client. with what MQTT.js has', async () => {
    const { page } = opened;
    await typeAfter(opened, 5, 'client.');
    const list = page.locator('.suggest-widget');
    await expect(list).toBeVisible();
    await page.keyboard.type('publ');
    await expect(
      list
        .getByRole('option', { name: /^publish,/ })
        .or(list.locator('[aria-label^="publish"]'))
        .first(),
    ).toBeVisible();
    await page.keyboard.press('Escape');
    for (let i = 0; i < 'client.publ'.length; i++) await page.keyboard.press('Backspace');
    expect((await page.evaluate(() => changes)).length).toBeGreaterThan(5);
    expect(await page.evaluate(() => editor.text('publisher.ts'))).toBe(STARTER);
  });

  test('explains what the pointer is on', async () => {
    const { page } = opened;
    await page
      .locator('.view-line', { hasText: 'publishAsync' })
      .locator('span', { hasText: /^publishAsync$/ })
      .last()
      .hover();
    const hover = page.locator('.monaco-hover-content').first();
    await expect(hover).toContainText('publishAsync(topic: string');
    await page.mouse.move(650, 350);
  });

  test('finds nothing wrong with a right program, and underlines a type error without stopping it', async () => {
    const { page } = opened;
    await expect(page.locator('.squiggly-error')).toHaveCount(0);
    await typeAfter(
      opened,
      5,
      `const n: number = 'text'; console.log(n, Buffer.from('x').toString(), setTimeout);`,
    );
    await expect(page.locator('.squiggly-error')).toHaveCount(1);
    const result = await page.evaluate(() => editor.compile('publisher.ts'));
    expect('program' in result && result.program).toContain(`const n = 'text'`);
  });

  test('knows that fetch is not there', async () => {
    const { page } = opened;
    await create(opened, `await fetch('https://example.org');\n`);
    await expect(page.locator('.squiggly-error')).toHaveCount(1);
  });

  test('stops at syntax and imports, and marks them', async () => {
    const { page } = opened;
    await create(opened, `import net from 'net';\nnet.x();\nconst a = ;\n`);
    const result = await page.evaluate(async () => {
      const answer = await editor.compile('publisher.ts');
      if ('problems' in answer) editor.setProblems(answer.problems);
      return answer;
    });
    expect(result).toMatchObject({
      problems: [
        { line: 1, message: expect.stringContaining('“net”') },
        { line: 3, column: 11 },
      ],
    });
    await expect(page.locator('.squiggly-error').first()).toBeVisible();
  });

  test('writes a run’s exception below the learner’s own line, as text, until it is edited', async () => {
    const { page } = opened;
    await create(
      opened,
      `\n\ninterface A { b: string }\n\nconst f = (a?: A): string => a!.b.trim();\nf();\n`,
    );
    await page.evaluate(async () => {
      const result = await editor.compile('publisher.ts');
      if ('problems' in result) throw new Error('problems');
      editor.show('phone.ts');
      const run = await harness.run(result.program);
      const failed = await run.wait('failed');
      if (failed.type !== 'failed') return;
      const at = harness.originalPosition(result.map, failed.line!, failed.column!);
      editor.revealProblem('publisher.ts', at!.line, at!.column, `${failed.message} <img src=x>`);
    });
    const note = page.locator('.retained-problem-note');
    await expect(note).toHaveText(
      "▴ TypeError: Cannot read properties of undefined (reading 'b') <img src=x>",
    );
    // The line, and the room below it.
    await expect(page.locator('.retained-problem-line')).toHaveCount(2);
    await page.evaluate(() => editor.focus());
    await page.keyboard.press('End');
    await page.keyboard.type(' ');
    await expect(page.locator('.retained-problem-line')).toHaveCount(0);
    await expect(note).toHaveCount(0);
  });

  for (const [what, width, message] of [
    ['in a wide editor', 900, 'connect ECONNREFUSED test.mosquitto.org:1883: no such broker here'],
    [
      'in a narrow one',
      320,
      `Cannot read properties of undefined ${'(reading “temperature”) '.repeat(20)}`,
    ],
    ['of one long word', 320, 'x'.repeat(500)],
    [
      'in Chinese',
      320,
      '這裡連不到 test.mosquitto.org：課程裡的程式只能連到課程自己的 broker。'.repeat(3),
    ],
  ] as const)
    test(`what is wrong is read whole, under its line and over the next: ${what}`, async () => {
      const { page } = opened;
      await create(opened, 'const one = 1;\nconst two = 2;\nconst three = 3;\n');
      const place = await page.evaluate(
        async ([text, wide]) => {
          const container = document.querySelector<HTMLElement>('#place')!;
          const before = container.style.width;
          editor.revealProblem('publisher.ts', 2, 7, text);
          // Also of an editor that changes its width meanwhile.
          container.style.width = `${wide}px`;
          const boxOf = (element: Element) => element.getBoundingClientRect().toJSON() as DOMRect;
          const find = () => {
            const lines = [...document.querySelectorAll('.view-line')];
            const range = document.createRange();
            range.selectNodeContents(document.querySelector('.retained-problem-note')!);
            return {
              above: boxOf(lines.find((line) => line.textContent?.includes('two'))!),
              note: range.getBoundingClientRect().toJSON() as DOMRect,
              pieces: [...range.getClientRects()].map((piece) => piece.toJSON() as DOMRect),
              below: boxOf(lines.find((line) => line.textContent?.includes('three'))!),
              all: boxOf(container),
            };
          };
          const until = performance.now() + 5000;
          const settled = ({ note, below, all }: ReturnType<typeof find>) =>
            note.right <= all.right && note.bottom <= below.top && below.top - note.bottom < 12;
          const isDrawn = () =>
            document.querySelector('.retained-problem-note') !== null &&
            ['two', 'three'].every((word) =>
              [...document.querySelectorAll('.view-line')].some((line) =>
                line.textContent?.includes(word),
              ),
            );
          while ((!isDrawn() || !settled(find())) && performance.now() < until)
            await new Promise((next) => requestAnimationFrame(next));
          const found = find();
          container.style.width = before;
          return found;
        },
        [message, width] as const,
      );
      const { above, note, pieces, below, all } = place;
      expect(note.top).toBeGreaterThanOrEqual(above.bottom - 1);
      expect(note.bottom).toBeLessThanOrEqual(below.top);
      expect(below.top - note.bottom).toBeLessThan(12);
      expect(note.right).toBeLessThanOrEqual(all.right);
      for (const [i, piece] of pieces.entries())
        if (i > 0) expect(piece.top).toBeGreaterThanOrEqual(pieces[i - 1]!.bottom - 6);
      await expect(page.locator('.retained-problem-note')).toHaveText(
        `▴ ${message.length > 300 ? `${message.slice(0, 299)}…` : message.trim()}`,
      );
    });

  test('keeps each file’s text, and refuses an unknown one', async () => {
    const { page } = opened;
    await create(opened, STARTER);
    await page.evaluate(() => editor.show('mosquitto.conf'));
    await typeAfter(opened, 1, '9');
    await page.evaluate(() => editor.show('phone.ts'));
    expect(
      await page.evaluate(() => [editor.text('mosquitto.conf'), editor.text('publisher.ts')]),
    ).toEqual(['listener 18839\n', STARTER]);
    expect(await page.evaluate(() => changes.at(-1))).toEqual([
      'mosquitto.conf',
      'listener 18839\n',
    ]);
    await expect(page.evaluate(() => editor.text('none'))).rejects.toThrow('no file none');
  });

  test('lets Tab leave after Ctrl+M, and can be read only', async () => {
    const { page } = opened;
    await create(opened, STARTER);
    await page.evaluate(() => {
      const button = document.createElement('button');
      button.id = 'after';
      document.body.append(button);
    });
    await page.evaluate(() => editor.focus());
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => editor.text('publisher.ts'))).toBe(`  ${STARTER}`);
    await page.keyboard.press('Control+M');
    await page.keyboard.press('Tab');
    await expect(page.locator('#after')).toBeFocused();
    await page.evaluate(() => editor.focus());
    await page.keyboard.press('Control+M');
    await page.evaluate(() => editor.setReadOnly(true));
    await page.keyboard.type('x');
    expect(await page.evaluate(() => editor.text('publisher.ts'))).toBe(`  ${STARTER}`);
  });

  test('takes the page’s own colours in both themes', async () => {
    const { page } = opened;
    await page.addStyleTag({ content: ':root{--code-paper:rgb(1 2 3);--code-keyword:#0a0b0c}' });
    await create(opened, STARTER);
    await page.evaluate(() => editor.setTheme('dark'));
    await expect(page.locator('.monaco-editor').first()).toHaveCSS(
      'background-color',
      'rgb(1, 2, 3)',
    );
    await expect(page.locator('.view-line span', { hasText: /^import$/ }).last()).toHaveCSS(
      'color',
      'rgb(10, 11, 12)',
    );
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(opened.troubles).toEqual([]);
  });
});

test('the editor and the compiler speak Chinese', async () => {
  const opened = await open();
  try {
    await create(opened, STARTER, 'zh-tw');
    await expect(
      opened.page.getByRole('textbox', { name: '程式碼編輯器，publisher.ts' }).first(),
    ).toBeAttached();
    await opened.page.evaluate(() =>
      editor.setFiles([{ name: 'publisher.ts', text: `const n: number = 'x';\nconst a = ;\n` }]),
    );
    const result = await opened.page.evaluate(() => editor.compile('publisher.ts'));
    expect(result).toMatchObject({ problems: [{ line: 2, message: '必須是運算式。' }] });
    // The mark lies under the text, which is what the pointer meets.
    await opened.page.locator('.squiggly-error').first().hover({ force: true });
    await expect(opened.page.locator('.monaco-hover-content').first()).toContainText(
      /類型 'string' 不可指派給類型 'number'|必須是運算式/,
    );
    await opened.page.mouse.move(690, 350);
    await opened.page.locator('.view-line').first().click({ button: 'right' });
    await expect(opened.page.locator('.monaco-menu, .shadow-root-host').first()).toBeAttached();
    await expect(opened.page.getByText('剪下').first()).toBeVisible();
  } finally {
    await opened.close();
  }
});

test('a phone’s compiler speaks Chinese too', async () => {
  const opened = await open({ coarse: true });
  try {
    await create(opened, 'const a = ;', 'zh-tw');
    const result = await opened.page.evaluate(() => editor.compile('publisher.ts'));
    expect(result).toMatchObject({ problems: [{ message: '必須是運算式。' }] });
  } finally {
    await opened.close();
  }
});

test('a phone gets an editor that it can type in behind the same seam, and no Monaco', async () => {
  const opened = await open({ coarse: true });
  const { page } = opened;
  try {
    await create(opened, STARTER);
    const text = page.getByRole('textbox', { name: 'publisher.ts' });
    await expect(text).toContainText("connectAsync('mqtt://localhost')");
    expect(await page.evaluate(() => editor.text('publisher.ts'))).toBe(STARTER);
    expect(opened.requests.filter((request) => /editor\.js|editor\.css/.test(request))).toEqual([]);
    expect(
      await page.evaluate(async () => 'program' in (await editor.compile('publisher.ts'))),
    ).toBe(true);
    await text.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('const a = 1;\nconst b = ;\n');
    expect(await page.evaluate(() => changes.at(-1))).toEqual([
      'publisher.ts',
      'const a = 1;\nconst b = ;\n',
    ]);
    await page.evaluate(async () => {
      const result = await editor.compile('publisher.ts');
      const [first] = 'problems' in result ? result.problems : [];
      if ('problems' in result) editor.setProblems(result.problems);
      if (first) editor.revealProblem(first.file, first.line, first.column, first.message);
    });
    await expect(page.getByRole('status')).toHaveText('▴ Expression expected.');
    await page.keyboard.type('3');
    expect(await page.evaluate(() => editor.text('publisher.ts'))).toBe(
      'const a = 1;\nconst b = 3;\n',
    );
    await expect(page.getByRole('status')).toHaveCount(0);
    await page.evaluate(() => editor.show('phone.ts'));
    await expect(page.getByRole('textbox')).toContainText('// phone');
    // Another file's undo is its own, and what was typed is still there.
    await page.evaluate(() => editor.show('publisher.ts'));
    await page.getByRole('textbox').press('ControlOrMeta+z');
    expect(await page.evaluate(() => editor.text('publisher.ts'))).toContain('const b = ;');
    // Nothing zooms in: a field of 16 px.
    expect(
      await page.evaluate(() => getComputedStyle(document.querySelector('.cm-content')!).fontSize),
    ).toBe('16px');
  } finally {
    await opened.close();
  }
});
