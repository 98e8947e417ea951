import { expect, test } from 'vitest';
import { pageOf } from './repository.ts';

test.each([
  ['git@example.org:class/retained.git', 'https://example.org/class/retained'],
  ['ssh://git@example.org:2222/class/retained.git', 'https://example.org/class/retained'],
  ['https://example.org/class/retained.git\n', 'https://example.org/class/retained'],
  ['https://somebody:secret@example.org/class/retained/', 'https://example.org/class/retained'],
  ['/srv/git/retained.git', undefined],
  ['file:///srv/git/retained', undefined],
  ['../retained', undefined],
  ['user@laptop:retained', undefined],
  ['', undefined],
])('%s', (remote, page) => {
  expect(pageOf(remote)).toBe(page);
});
