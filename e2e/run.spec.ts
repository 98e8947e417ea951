import { expect, test } from './course.ts';
import { LessonPage, program, type Language } from './lesson-page.ts';

const connected = { en: 'Connected to the broker.', 'zh-tw': '已連上 broker。' };
for (const language of ['en', 'zh-tw'] as Language[]) {
  test(`${language}: the starter fails with its hint, the solution turns every check green`, async ({
    page,
  }) => {
    const lesson = new LessonPage(page, language);
    await lesson.open();
    await lesson.run();
    await lesson.expectState('finished');
    await expect(lesson.check('connected')).toHaveAttribute('data-state', 'true');
    await expect(lesson.check('published')).toHaveAttribute('data-state', 'not-yet');
    await expect(lesson.check('published')).toContainText('PUBLISH');
    // The program speaks the page's language.
    await expect(lesson.output).toContainText(connected[language]);

    await lesson.write(program('solution'));
    await lesson.run();
    await lesson.expectAllTrue();
    await expect(lesson.messages).toHaveCount(1);
    await expect(lesson.messages).toContainText('Hello, MQTT!');
    // What was proved, with the learner's own words.
    await expect(lesson.workbench.locator('.wb-done')).toContainText('Hello, MQTT!');
  });
}

test('the packets are the real ones: each field, each byte', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  const kinds = ['CONNECT', 'CONNACK', 'PUBLISH', 'DISCONNECT'];
  for (const kind of kinds) {
    await expect(
      lesson.packets
        .getByRole('option')
        .filter({ hasText: new RegExp(kind) })
        .first(),
    ).toBeVisible();
  }
  const publish = lesson.packets
    .getByRole('option')
    .filter({ hasText: 'publisher' })
    .filter({ hasText: /PUBLISH/ });
  await publish.first().click();
  // hello/mqtt and its length, as section 3.3.2.1 of MQTT 3.1.1 has them.
  // Of one row after the other, however many a row has.
  const rows = await lesson.workbench.locator('.wb-detail .wb-hex-bytes').allInnerTexts();
  const bytes = rows.join(' ').replace(/\s+/g, ' ');
  expect(bytes.toLowerCase()).toContain('00 0a 68 65 6c 6c 6f 2f 6d 71 74 74');
});

for (const mistake of ['wrong-case', 'leading-slash']) {
  test(`a mistake gets its own hint: ${mistake}`, async ({ page }) => {
    const lesson = new LessonPage(page);
    await lesson.open();
    await lesson.write(program(`mistakes/${mistake}`));
    await lesson.run();
    const topic = mistake === 'wrong-case' ? 'Hello/MQTT' : '/hello/mqtt';
    await expect(lesson.check('published')).toContainText(`You published to ${topic}`);
    await expect(lesson.check('published')).toHaveAttribute('data-state', 'not-yet');
  });
}

test('a topic is shown as text, whatever is in it', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  const hostile = '<img src=x onerror="document.title=1">';
  await lesson.write(program('solution').replace("'hello/mqtt'", `'${hostile}'`));
  await lesson.run();
  await expect(lesson.check('published')).toContainText(hostile);
  await expect(lesson.workbench.locator('img')).toHaveCount(0);
});

test('a limit of the course that closes the line has a notice beside the program', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(program('solution').replace("'hello/mqtt'", "'x'.repeat(600)"));
  await lesson.run();
  const limit = 'a topic has at most 512 bytes';
  const told = lesson.words['workbench.notice.limit-closed']!;
  const notice = told.replace('{client}', 'publisher').replace('{limit}', limit);
  await expect(lesson.notices).toContainText(notice);
  await lesson.write(program('solution'));
  await lesson.run();
  await expect(lesson.notices).not.toContainText(limit);
});

test('what was said of a run is no longer there to read when the next one begins', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  const said = lesson.workbench.locator('.wb-checks > .wb-spoken');
  await lesson.run();
  await lesson.expectState('finished');
  await expect(said).toContainText('PUBLISH');
  await lesson.write(
    "import mqtt from 'mqtt';\nawait mqtt.connectAsync('mqtt://localhost');\nawait new Promise(() => {});\n",
  );
  const texts = await said.evaluateHandle((element) => {
    const all: string[] = [];
    new MutationObserver(() => all.push(element.textContent ?? '')).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return all;
  });
  await lesson.run();
  await expect.poll(() => texts.jsonValue()).toContain('');
});
