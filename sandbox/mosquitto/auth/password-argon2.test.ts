import { describe, expect, it } from 'vitest';
import { factsOf } from '../conf/changes.ts';
import { hashTextSlowly } from './make-hash.ts';
import { PasswordQueue } from './password-queue.ts';
import { PasswordFile } from './passwd.ts';

const facts = factsOf('2.1.2');
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (hash: string, version = facts) =>
  PasswordFile.parse(`al:${hash}\n`, '/mosquitto/config/passwd', version);
const isRight = async (hash: string, password: string) =>
  new PasswordQueue().check(read(hash).file!.entryOf('al'), bytes(password));

/** Made by OpenSSL: crypto.argon2Sync of Node. */
const real =
  '$argon2id$v=19$m=64,t=2,p=2$MDEyMzQ1Njc4OWFiY2RlZg$wtg+N1DuYog9UhprK83GzYk9QyhVvzVZLO1yZwerlJI';

describe('argon2id of Mosquitto 2.1', () => {
  it('is right for its password only', async () => {
    expect(await isRight(real, 'secret')).toBe(true);
    expect(await isRight(real, 'Secret')).toBe(false);
    expect(await isRight(real, '')).toBe(false);
  });

  it('is written with Mosquitto’s own cost, and is then right', async () => {
    const hash = await hashTextSlowly('secret', { type: 'argon2id' }, facts);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[^$=]{86}\$[^$=]{86}$/);
    expect(await isRight(hash, 'secret')).toBe(true);
    expect(await isRight(hash, 'wrong')).toBe(false);
  }, 60_000);

  it.each([
    ['memory', 'm=65537,t=1,p=1'],
    ['passes', 'm=64,t=3000,p=1'],
    ['lanes', 'm=64,t=1,p=5'],
  ])('is refused with too much of %s', (_, cost) => {
    const { problems } = read(real.replace('m=64,t=2,p=2', cost));
    expect(JSON.stringify(problems)).toContain('sandbox takes at most');
  });

  it.each(['m=64,t=0,p=1', 'm=4,t=1,p=1', 'm=64,t=1,p=0', 'm=x,t=1,p=1'])(
    'with a cost that is none (%s) is right for nobody',
    async (cost) => expect(await isRight(real.replace('m=64,t=2,p=2', cost), 'secret')).toBe(false),
  );

  it('is unknown to 2.0', () => {
    expect(read(real, factsOf('2.0.21')).file?.entryOf('al')).toBeUndefined();
  });
});
