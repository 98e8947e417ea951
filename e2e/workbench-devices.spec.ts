import { expect, test } from './course.ts';
import { WorkbenchPage } from './workbench-page.ts';

const thermometer = `import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', {
  will: { topic: 'home/thermometer', payload: 'gone', qos: 0, retain: false },
});
let n = 0;
setInterval(() => client.publish('home/temperature', 'reading ' + ++n), 100);
`;
const phone = `import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic, payload) => console.log(topic, payload.toString()));
await client.subscribeAsync('home/#');
console.log('listening');
`;

test.describe('two programs', () => {
  let lesson: WorkbenchPage;
  test.beforeEach(async ({ page }) => {
    lesson = new WorkbenchPage(page);
    await lesson.openLesson('publish-subscribe');
    await lesson.tab('thermometer.ts').click();
    await lesson.write(thermometer);
    await lesson.tab('phone.ts').click();
    await lesson.write(phone);
  });

  test('Run starts both; each is stopped alone, and runs again in the same room', async () => {
    await lesson.expectDevice('phone.ts', 'off');
    await lesson.run();
    await lesson.expectDevice('thermometer.ts', 'running');
    await lesson.expectDevice('phone.ts', 'running');
    await expect(lesson.output).toContainText('reading');
    const stopAlone = lesson.workbench.getByRole('button', {
      name: lesson.word('device.stop-one'),
    });
    await stopAlone.click();
    await lesson.expectDevice('phone.ts', 'off');
    await lesson.expectDevice('thermometer.ts', 'running');
    await lesson.expectState('running');
    await lesson.workbench.getByRole('button', { name: lesson.word('device.run-one') }).click();
    await lesson.expectDevice('phone.ts', 'running');
    // Nothing was reset: the output of before is there, and the second start below it.
    await expect(lesson.output.getByText('listening')).toHaveCount(2);
    await lesson.button('stop').click();
    await lesson.expectState('stopped');
    await lesson.expectDevice('thermometer.ts', 'off');
  });

  test('stopped politely it says DISCONNECT and leaves no will; unplugged it leaves one', async () => {
    await lesson.run();
    await expect(lesson.output).toContainText('listening');
    await lesson.tab('thermometer.ts').click();
    await lesson.device('end');
    await lesson.expectDevice('thermometer.ts', 'off');
    await expect(lesson.packet(/thermometer.*DISCONNECT/).last()).toBeVisible();
    await lesson.device('run');
    await lesson.expectDevice('thermometer.ts', 'running');
    await expect(lesson.output).not.toContainText('gone');
    await lesson.device('kill');
    await lesson.expectDevice('thermometer.ts', 'off');
    await expect(lesson.output).toContainText('home/thermometer gone');
  });

  test('frozen it is silent while its line stays; thawed it goes on', async () => {
    await lesson.run();
    await expect(lesson.output).toContainText('reading 3');
    await lesson.tab('thermometer.ts').click();
    await lesson.device('freeze');
    await lesson.expectDevice('thermometer.ts', 'frozen');
    const heard = lesson.output.getByText(/reading \d+$/);
    // The phone is heard meanwhile: what it publishes to itself comes back at once.
    await lesson.tab('phone.ts').click();
    await lesson.write(`${phone}client.publish('home/note', 'still here');\n`);
    await lesson.device('run');
    await expect(lesson.output).toContainText('still here');
    // What was on its way is here by now.
    const last = await heard.last().textContent();
    await lesson.write(`${phone}client.publish('home/note', 'still there');\n`);
    await lesson.device('run');
    await expect(lesson.output).toContainText('still there');
    expect(await heard.last().textContent()).toBe(last);
    await lesson.tab('thermometer.ts').click();
    await lesson.device('freeze');
    await lesson.expectDevice('thermometer.ts', 'running');
    await expect(heard.last()).not.toHaveText(last!);
  });

  test('a mistake in one is shown in its own file, whichever is in front', async () => {
    await lesson.write('const a = ;\n');
    await lesson.tab('thermometer.ts').click();
    await lesson.run();
    await lesson.expectState('problems');
    await expect(lesson.tab('phone.ts')).toHaveAttribute('aria-selected', 'true');
    await expect(lesson.notices).toContainText('phone.ts');
  });

  test('Reset puts back this file or all; Undo brings back what was written', async () => {
    const shown = lesson.editor;
    await lesson.menu('reset', 'reset.one');
    await expect(shown).not.toContainText("'home/#'");
    await lesson.tab('thermometer.ts').click();
    await expect(shown).toContainText('reading ');
    await lesson.menu('reset', 'reset.all');
    await expect(shown).not.toContainText('home/thermometer');
    await lesson.button('undo').click();
    await expect(shown).toContainText('home/thermometer');
  });
});
