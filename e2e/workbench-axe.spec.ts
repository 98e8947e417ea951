import { violations } from './axe.ts';
import { expect, test } from './course.ts';
import { WorkbenchPage } from './workbench-page.ts';

const program = `import { bell, button, chart, display, door, gauge, lamp, thermometer } from 'device';
lamp('Lamp').on();
door('Door').open();
bell('Bell').ring();
button('Bell').onPress(() => {});
gauge('Fan').set(40);
chart('Temperature').add(20);
display('Status').show('ready');
thermometer('Room').onChange(() => {});
`;

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, with faces, solution, notices and a menu open: ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const lesson = new WorkbenchPage(page);
    await lesson.openLesson('publish-subscribe');
    await lesson.write(program);
    await lesson.run();
    await expect(lesson.workbench.locator('.wb-face')).toHaveCount(8);
    await lesson.more('share');
    await lesson.more('solution.open');
    await lesson.workbench.getByRole('button', { name: lesson.word('device') }).click();
    expect(await violations(page, 'mqtt-workbench')).toEqual([]);
  });
}
