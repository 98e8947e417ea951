import { expect, test, vi } from 'vitest';
import { DEVICE_EXPORTS } from '../../compile/imports.ts';
import type { FromDevice } from '../messages.ts';
import { FACE_MS, makeFaces, reading } from './faces.ts';

function surroundings() {
  const posted: FromDevice[] = [];
  const timers: (() => void)[] = [];
  let time = 0;
  const hold = vi.fn();
  const faces = makeFaces({
    post: (message) => posted.push(message),
    later: (callback) => timers.push(callback),
    now: () => time,
    hold,
    tooMany: (most) => `at most ${most}`,
  });
  return { ...faces, posted, timers, hold, pass: (ms: number) => (time += ms) };
}
const values = (posted: FromDevice[]) =>
  posted.flatMap((each) => (each.type === 'face-value' ? [each.value] : []));

test('the module has the names that the compiler writes into programs', () => {
  expect(Object.keys(surroundings().module).sort()).toEqual([...DEVICE_EXPORTS].sort());
});

test('a lamp: on, off, toggle, and as bright as it can be', () => {
  const { module, posted, pass } = surroundings();
  const lamp = module.lamp('Kitchen');
  expect(posted).toEqual([{ type: 'face', id: 1, kind: 'lamp', name: 'Kitchen', options: {} }]);
  for (const step of [lamp.on, lamp.toggle, lamp.toggle, () => lamp.set(0.25), () => lamp.set(7)]) {
    step();
    pass(FACE_MS);
  }
  expect(values(posted)).toEqual([1, 0, 1, 0.25, 1]);
  expect(lamp.isOn).toBe(true);
});

test('a door is open or closed; a bell counts how often it rang', () => {
  const { module, posted, pass } = surroundings();
  const door = module.door('Front door');
  const bell = module.bell('Bell');
  for (const step of [door.open, bell.ring, () => door.set(false), bell.ring, door.open]) {
    step();
    pass(FACE_MS);
  }
  expect(posted.slice(0, 2)).toMatchObject([{ kind: 'door' }, { kind: 'bell' }]);
  expect(values(posted)).toEqual([1, 1, 0, 2, 1]);
  expect(door.isOpen).toBe(true);
});

test('a loop without a pause costs one message a frame; the last value is the one that stays', () => {
  const { module, posted, timers } = surroundings();
  const gauge = module.gauge('Speed');
  for (let i = 0; i <= 5_000; i += 1) gauge.set(i);
  timers.forEach((fire) => fire());
  expect(values(posted)).toEqual([0, 5_000]);
});

test('a chart keeps all points between two frames, at most 240', () => {
  const { module, posted, timers } = surroundings();
  const chart = module.chart('Temperature', { unit: '°C' });
  for (let i = 0; i < 1_000; i += 1) chart.add(i);
  timers.forEach((fire) => fire());
  const [first, rest] = values(posted) as number[][];
  expect([first, rest!.length, rest!.at(-1)]).toEqual([[0], 240, 999]);
});

test('a button calls back and keeps the program alive as long as it listens', () => {
  const { module, input, hold } = surroundings();
  const button = module.button('Bell');
  expect(hold).not.toHaveBeenCalled();
  const pressed = vi.fn();
  button.onPress(pressed);
  input(1, 1);
  input(2, 1);
  expect(pressed).toHaveBeenCalledTimes(1);
  expect(hold).toHaveBeenCalledTimes(1);
});

test('a thermometer reads the set value with some noise', () => {
  const { module, input } = surroundings();
  const thermometer = module.thermometer('Room', { start: 18 });
  const heard: number[] = [];
  thermometer.onChange((value) => heard.push(value));
  input(1, 30);
  expect(heard).toEqual([30]);
  expect(thermometer.read()).toBe(30);
  expect(new Set([0, 2_000, 6_000, 9_000].map((now) => reading(21, now))).size).toBeGreaterThan(2);
});

test.each([NaN, Infinity, '3', undefined])('no number, no value: %s', (value) => {
  const gauge = surroundings().module.gauge('Speed');
  expect(() => gauge.set(value as number)).toThrow('A number was expected');
});

test('more faces than a page can show are an error in words', () => {
  const { module } = surroundings();
  for (let i = 0; i < 12; i += 1) module.display(`${i}`);
  expect(() => module.lamp('one more')).toThrow('at most 12');
});

test('names, units and texts leave the worker as long as a face shows them', () => {
  const { module, posted } = surroundings();
  module.lamp('x'.repeat(1_000_000));
  module.gauge('g', { unit: Array(3_000_000).fill({}) as unknown as string });
  module.display('d').show('\n'.repeat(299));
  expect(posted).toMatchObject([
    { name: 'x'.repeat(60) },
    { options: { min: 0, max: 100, unit: '[object Obje' } },
    { kind: 'display' },
    { value: '\n'.repeat(7) },
  ]);
});
