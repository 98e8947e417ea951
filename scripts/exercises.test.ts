import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { exercisesIn } from './exercises.ts';

const exercises = exercisesIn(fileURLToPath(new URL('../lessons', import.meta.url)));

it('finds an exercise by lesson and name', async () => {
  expect((await exercises.get('first-message/publish'))?.devices).toEqual(['publisher.ts']);
});

it.each([
  '',
  'first-message',
  'first-message/none',
  '../lessons/first-message/publish',
  'first-message/publish/../publish',
  'first-message/publish/exercise.ts',
  '/etc/passwd',
  '__proto__',
])('knows no exercise %j', async (name) => {
  expect(await exercises.get(name)).toBeNull();
});
