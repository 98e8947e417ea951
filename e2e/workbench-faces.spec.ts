import { expect, test } from './course.ts';
import { WorkbenchPage } from './workbench-page.ts';

const program = `import mqtt from 'mqtt';
import { bell, button, chart, display, door, gauge, lamp, thermometer } from 'device';

const client = await mqtt.connectAsync('mqtt://localhost');
const light = lamp('Living room');
const front = door('Front door');
const gong = bell('Gong');
const text = display('Status');
const dial = gauge('Fan', { max: 200, unit: '%' });
const line = chart('Temperature', { unit: '°C' });
const sensor = thermometer('Outside', { start: 12, min: 0, max: 30 });
client.on('message', () => { light.toggle(); front.set(light.isOn); gong.ring(); text.show('<b>' + light.isOn + '</b>'); });
await client.subscribeAsync('bell');
button('Bell').onPress(() => client.publish('bell', ''));
sensor.onChange((value) => { line.add(value); dial.set(value * 2); });
line.add(sensor.read());
`;

test('MQTT moves what a person sees, and a person moves MQTT: with the keyboard alone', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.write(program);
  // The editor knows the module's types.
  await expect(lesson.editor.locator('.squiggly-error')).toHaveCount(0);
  await lesson.run();
  const faces = lesson.workbench.getByRole('group', { name: lesson.word('faces') });
  const living = faces.getByRole('group', { name: 'Living room' });
  await expect(living).toContainText('off');
  await faces.getByRole('button', { name: 'Bell' }).focus();
  await page.keyboard.press('Enter');
  await expect(living).toContainText('on');
  const front = faces.getByRole('group', { name: 'Front door' });
  await expect(front).toContainText('open');
  await expect(front.locator('[data-open]')).toHaveCount(1);
  await expect(faces.getByRole('group', { name: 'Gong' })).toContainText('rings: 1');
  // A text is a text.
  await expect(faces.getByRole('group', { name: 'Status' })).toContainText('<b>true</b>');
  await expect(faces.locator('b')).toHaveCount(0);
  await expect(lesson.packet(/PUBLISH.*bell/)).not.toHaveCount(0);

  const slider = faces.getByRole('slider', { name: 'Outside' });
  await expect(slider).toHaveValue('12');
  await slider.focus();
  await page.keyboard.press('End');
  // What the sensor reads is never quite still: 29.8 to 30.2, and twice that on the dial.
  await expect(faces.getByRole('group', { name: 'Temperature' })).toContainText(
    /(29\.[89]|30(\.[12])?) °C/,
  );
  await expect(faces.getByRole('meter')).toHaveAttribute('aria-valuemax', '200');
  await expect(faces.getByRole('group', { name: 'Fan' })).toContainText(/59\.[68]|60/);

  await lesson.button('stop').click();
  await lesson.expectState('stopped');
  // What it last showed stays; nothing can be done to a program that is gone.
  await expect(living).toContainText('on');
  await expect(slider).toBeDisabled();
  await lesson.run();
  await expect(living).toContainText('off');
});

test('a program that wants more faces than a page can show gets an error', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.write(
    `import { lamp } from 'device';\nfor (let i = 0; i < 99; i++) lamp('L' + i);\n`,
  );
  await lesson.run();
  await lesson.expectState('failed');
  await expect(lesson.output).toContainText('at most 12 faces');
  await expect(lesson.workbench.locator('.wb-face')).toHaveCount(12);
});
