import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import en from '../../i18n/en/workbench.json' with { type: 'json' };
import { DEVICE_EXPORTS } from '../compile/imports.ts';
import { createWords } from '../i18n/words.ts';
import * as device from './device/index.js';
import { projectFiles } from './project.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'retained-project-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The folder as it is downloaded, with the link that npm makes of `file:./device`. */
function write(program: string): void {
  const files = projectFiles({
    exercise: 'a/b',
    title: 'A',
    page: 'http://localhost/',
    programs: [{ name: 'program.ts', text: program }],
    brokerFiles: undefined,
    room: undefined,
    mqttVersion: '5.16.0',
    words: createWords(en),
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync('../device', join(folder, 'node_modules/device'));
}

/** Runs it with Node; `say(text)` answers each line that it prints with lines of its keyboard. */
function run(say: (line: string, type: (text: string) => void) => void): Promise<string[]> {
  const child = spawn(process.execPath, ['program.ts'], { cwd: folder });
  const lines: string[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const [...whole] = (rest + chunk.toString()).split('\n');
    rest = whole.pop()!;
    for (const line of whole) {
      lines.push(line);
      say(line, (text) => (text === '' ? child.stdin.end() : child.stdin.write(`${text}\n`)));
    }
  });
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  return new Promise((resolve) => child.once('exit', () => resolve(lines)));
}

test('it has the names of the page’s module', () => {
  expect(Object.keys(device).sort()).toEqual([...DEVICE_EXPORTS].sort());
});

test('what is seen on the page is printed; a program that only shows ends by itself', async () => {
  write(`
    import { bell, chart, display, door, gauge, lamp } from 'device';
    const light = lamp('Kitchen');
    light.on();
    light.set(0.5);
    light.toggle();
    const front = door('Front door');
    front.open();
    front.close();
    bell('Bell').ring();
    gauge('Fan', { unit: '%' }).set(50);
    chart('Temperature', { unit: '°C' }).add(21.5);
    display('Status').show('all is well');
  `);
  expect(await run(() => {})).toEqual([
    '[Kitchen] on',
    '[Kitchen] 50 %',
    '[Kitchen] off',
    '[Front door] open',
    '[Front door] closed',
    '[Bell] rings: 1',
    '[Fan] ##########.......... 50 %',
    '[Temperature] 21.5 °C',
    '[Status] all is well',
  ]);
});

test('what is touched on the page is typed', async () => {
  write(`
    import { button, thermometer } from 'device';
    button('Bell').onPress(() => console.log('pressed'));
    thermometer('Room', { start: 18 }).onChange((value) => console.log(Math.round(value)));
    console.log('ready');
  `);
  const answers: Record<string, string> = {
    ready: 'Bell',
    pressed: 'Room 30',
    30: '25',
    25: 'nobody',
    'There is: Bell, Room': '',
  };
  const lines = await run((line, type) => line in answers && type(answers[line]!));
  expect(lines.slice(-5)).toEqual(['ready', 'pressed', '30', '25', 'There is: Bell, Room']);
});
