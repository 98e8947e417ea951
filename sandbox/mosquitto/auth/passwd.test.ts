import { describe, expect, it } from 'vitest';
import { factsOf } from '../conf/changes.ts';
import {
  deleteUser,
  hashAll,
  passwordsOf,
  setUser as setHash,
  userNameError,
} from './passwd-edit.ts';
import { PasswordQueue } from './password-queue.ts';
import { hashText, passwordLine } from './make-hash.ts';
import { highestIterations } from './password-hash.ts';
import { PasswordFile } from './passwd.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
/** As at a CONNECT. */
const check = async (
  file: PasswordFile | undefined,
  user: string,
  password: string,
): Promise<boolean> => new PasswordQueue().check(file!.entryOf(user), bytes(password));
const hash = (password: string) => hashText(password, {}, factsOf('2.0.21'));
const setUser = (text: string, user: string, password: string) =>
  setHash(text, user, hash(password));
const textOf = (edited: ReturnType<typeof deleteUser>) =>
  'text' in edited ? edited.text : edited.error;

/** Written by Debian's mosquitto_passwd 2.0.11: default, `-H sha512`, Chinese, `-I 5`. */
const real = [
  'alice:$7$101$Z5IHP/9NSt22IZdW$Q4G9tV0bR3UF7qxOBsbLBsMSU5WdKmS2aQotp0yPuOm3zmDbItmC1fdN62x+6ObZlJmbNi4dU6A2M6mJM0xDTg==',
  'bob:$6$6KSTOaE+GUafEJG9$8y812oIdE7CisI2q+XwIRtWgY1fjNulz2OmaNlNrmOUjixqF2S7kGHVZq5RAoY/mAxEwGyuGJZRchMUl/gJXcg==',
  '宜蘭:$7$101$KthjgFO51TvmujLP$/kc40rh5SaNxqK9UocDYCjkzMBdX2ibb5zcSPhqcfcYJlScOb1nv145V1fy94t1aUVuQoNexMVNEKDFOL3tSoQ==',
  'x:$7$5$Btfo2XZUz2QBszpN$fyyQ3F0kyXpfF9LHWf+VWbYYnN3/YJrQQfNWxsWokLmChAVihyRevcVYPfRn9FgFOT2qNu6xd2EKGuaGWYtuvQ==',
  '',
].join('\n');

describe('a password file of mosquitto_passwd', () => {
  const { file, problems } = PasswordFile.parse(real);

  it.each([
    ['alice', 'secret', true],
    ['alice', 'Secret', false],
    ['alice', '', false],
    ['bob', 'hunter2', true],
    ['bob', 'hunter', false],
    ['宜蘭', '密碼', true],
    ['x', 'y', true],
    ['carol', 'secret', false],
    ['__proto__', 'secret', false],
  ])('%s with %j: %s', async (user, password, right) => {
    expect(problems).toEqual([]);
    expect(await check(file, user, password)).toBe(right);
  });

  it('ends a password at its first NUL, as C does', async () => {
    expect(await check(file, 'alice', 'secret\0and more')).toBe(true);
    expect(await check(file, 'bob', 'hunter2\0and more')).toBe(true);
  });
});

describe('a password file with mistakes', () => {
  it.each([
    ['alice:secret', 'Error: Invalid password hash type for user alice, removing entry.'],
    ['alice:', "Warning: Invalid line in password file '/etc/mosquitto/passwd': alice"],
    ['alice:\n', 'Error: Invalid password hash for user alice, removing entry.'],
    ['alice:$7$', 'Error: Invalid password hash for user alice, removing entry.'],
    ['alice:$7$0$c2FsdA==$x', 'Error: Invalid hash iterations for user alice, removing entry.'],
    [
      'alice:$7$2001$Z5IHP/9NSt22IZdW$x',
      'Error: This sandbox takes at most 2000 hash iterations, not 2001, for user alice, removing entry.',
    ],
    [
      'alice:$6$c2FsdA==$x',
      'Error: Unable to decode password salt for user alice, removing entry.',
    ],
    [
      'alice:$6$6KSTOaE+GUafEJG9$x',
      'Error: Unable to decode password for user alice, removing entry.',
    ],
  ])('%j', (text, words) => {
    const { file, problems } = PasswordFile.parse(text);
    expect(problems).toMatchObject([{ line: 1, severity: 'warning', text: words }]);
    expect(file!.entryOf('alice')).toBeUndefined();
  });

  it('takes as many iterations as it says', async () => {
    const { file, problems } = PasswordFile.parse(
      passwordLine('alice', 'secret', { iterations: highestIterations }),
    );
    expect(problems).toEqual([]);
    expect(await check(file, 'alice', 'secret')).toBe(true);
  });

  it('keeps its other users', async () => {
    const { file, problems } = PasswordFile.parse(`nobody\n# c\nplain:text\n${real}`);
    expect(problems).toHaveLength(1);
    expect(await check(file, 'bob', 'hunter2')).toBe(true);
  });
});

describe('editing as mosquitto_passwd does', () => {
  it('adds a user, gives a new password, and takes the user away again', async () => {
    const one = textOf(setUser('', 'alice', 'first'));
    const two = textOf(setUser(one, 'bob', 'other'));
    const three = textOf(setUser(two, 'alice', 'second'));
    expect(three.split('\n').map((line) => line.split(':')[0])).toEqual(['alice', 'bob', '']);
    const { file } = PasswordFile.parse(three);
    expect(await check(file, 'alice', 'first')).toBe(false);
    expect(await check(file, 'alice', 'second')).toBe(true);
    expect(await check(file, 'bob', 'other')).toBe(true);
    expect(textOf(deleteUser(three, 'alice'))).toBe(`${three.split('\n')[1]}\n`);
  });

  it('writes what the real program writes, for the same salt', () => {
    const salt = Uint8Array.from(atob('Z5IHP/9NSt22IZdW'), (letter) => letter.charCodeAt(0));
    expect(passwordLine('alice', 'secret', { salt })).toBe(real.split('\n')[0]);
    const old = Uint8Array.from(atob('6KSTOaE+GUafEJG9'), (letter) => letter.charCodeAt(0));
    expect(passwordLine('bob', 'hunter2', { salt: old, type: 6 })).toBe(real.split('\n')[1]);
  });

  it('makes another salt each time', () => {
    expect(passwordLine('a', 'b')).not.toBe(passwordLine('a', 'b'));
  });

  it('hashes a file of plain passwords', async () => {
    const plain = 'alice:secret\nbob:hunter2';
    const passwords = passwordsOf(plain);
    if ('error' in passwords) throw new Error(passwords.error);
    expect(passwords).toEqual(['secret', 'hunter2']);
    const { file } = PasswordFile.parse(textOf(hashAll(plain, passwords.map(hash))));
    expect(await check(file, 'alice', 'secret')).toBe(true);
    expect(await check(file, 'bob', 'hunter2')).toBe(true);
  });

  it.each([
    [deleteUser(real, 'carol'), 'Warning: User carol not found in password file.'],
    [setUser('# users\n', 'a', 'b'), 'Error: Corrupt password file at line 1.'],
    [setUser('', 'a:b', 'c'), "Error: Username must not contain the ':' character."],
    [setUser('', 'a\u0007', 'c'), 'Error: Username must not contain control characters.'],
  ])('refuses in its words (%#)', (edited, words) => {
    expect(edited).toEqual({ error: words });
  });

  it('takes names of any script', () => {
    expect(userNameError('陳小明')).toBeUndefined();
    expect(userNameError('字'.repeat(30_000))).toMatch(/less than 65536/);
  });
});
