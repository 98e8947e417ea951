import { expect, test } from 'vitest';
import { groupsOf, stripOf } from './people.ts';

const person = (handle: string, lines: number, ago: number | null) =>
  ({ handle, name: handle, lines, messages: 1, ago }); // prettier-ignore

test('three groups: who publishes now, who is connected, who is not here', () => {
  const groups = groupsOf([
    person('member-10', 1, 100),
    person('member-9', 0, 4_999),
    person('mei', 2, 5_000),
    person('lin', 1, null),
    person('ada', 0, 90_000),
  ]);
  const names = Object.fromEntries(
    Object.entries(groups).map(([name, all]) => [name, all.map(({ handle }) => handle)]),
  );
  expect(names).toEqual({ now: ['member-9', 'member-10'], here: ['lin', 'mei'], away: ['ada'] });
});

test('where numbers lie', () => {
  expect(stripOf([21])).toBeNull();
  expect(stripOf([30, 10, 20])).toEqual({ least: 10, middle: 20, most: 30, marks: [0, 0.5, 1] });
  expect(stripOf([1, 2, 3, 10])).toMatchObject({ middle: 2.5 });
  expect(stripOf([7, 7])).toEqual({ least: 7, middle: 7, most: 7, marks: [0.5, 0.5] });
});
