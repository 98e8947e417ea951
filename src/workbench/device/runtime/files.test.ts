import { expect, test } from 'vitest';
import { makeFiles } from './files.ts';

const { fs, promises } = makeFiles({ 'a.crt': 'text' }, (text) => new TextEncoder().encode(text));

test('a file beside the program is read as bytes or as text', async () => {
  expect(fs.readFileSync('a.crt')).toEqual(new TextEncoder().encode('text'));
  expect(fs.readFileSync('./a.crt', 'utf8')).toBe('text');
  expect(fs.readFileSync('a.crt', { encoding: 'utf8' })).toBe('text');
  expect(fs.readFileSync(new URL('file:///a.crt'), 'utf8')).toBe('text');
  expect(await promises.readFile('a.crt', 'utf8')).toBe('text');
});

test('another one is not there, as Node says it', async () => {
  for (const path of ['b.crt', '/etc/passwd', '../a.crt', 'toString']) {
    const missing = `ENOENT: no such file or directory, open '${path}'`;
    expect(() => fs.readFileSync(path)).toThrow(missing);
    await expect(promises.readFile(path)).rejects.toMatchObject({ code: 'ENOENT', path });
  }
});
