import { expect, test } from 'vitest';
import { SandboxError } from '../../shared/errors.ts';
import { Guesses } from './guesses.ts';

const right = async () => 'in';
const wrong = async () => Promise.reject(new SandboxError('no-member'));

test('words are not guessed from many addresses either; other classes notice nothing', async () => {
  const guesses = new Guesses();
  for (let n = 0; n < 300; n++)
    await expect(guesses.words({ remote: `a${n}`, code: 'kxt-brm' }, wrong)).rejects.toMatchObject({
      code: 'no-member',
    });
  const from = { remote: 'b', code: 'KXTBRM' };
  await expect(guesses.words(from, right)).rejects.toMatchObject({ code: 'too-many-requests' });
  expect(await guesses.words({ ...from, code: 'BCDFGH' }, right)).toBe('in');
  expect(await guesses.code('b', right)).toBe('in');
});

test('one address alone keeps nobody else from coming back', async () => {
  const guesses = new Guesses();
  for (let n = 0; n < 1_000; n++)
    await guesses.words({ remote: 'a', code: 'KXTBRM' }, wrong).catch(() => {});
  expect(await guesses.words({ remote: 'b', code: 'KXTBRM' }, right)).toBe('in');
});
