import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CourseError, withLesson } from './course-entry.ts';

const source = `export const course = [
  {
    id: 'one',
    lessons: [
      written('first', 6, 'First', '第一'),
      coming('second', 'It\\'s second', '第二'),
    ],
  },
  {
    id: 'two',
    lessons: [
      coming('third', 'Third', '第三'),
    ],
  },
];
`;
const title = { en: "What's new", 'zh-tw': '新的' };

describe('a lesson in the course', () => {
  it('that was coming is written, with its own titles, in its place', () => {
    const after = withLesson(source, { slug: 'second', minutes: 5, title }, undefined);
    expect(after).toBe(source.replace("coming('second', ", "written('second', 5, "));
  });
  it('that is new goes to the end of its part', () => {
    const after = withLesson(source, { slug: 'new', minutes: 5, title }, 'one');
    expect(after).toContain("'第二'),\n      written('new', 5, 'What\\'s new', '新的'),\n    ],");
  });
  it.each([
    ['first', undefined, 'first is written already'],
    ['new', undefined, 'new is not named in lessons/course.ts: --part one, two'],
    ['new', 'three', 'there is no part three; there are one, two'],
  ])('%s in part %s is refused', (slug, part, message) => {
    expect(() => withLesson(source, { slug, minutes: 5, title }, part)).toThrow(
      new CourseError(message),
    );
  });
  it('finds the parts of the real course', () => {
    const real = readFileSync(new URL('../../lessons/course.ts', import.meta.url), 'utf8');
    const after = withLesson(real, { slug: 'brand-new', minutes: 5, title }, 'meet');
    expect(after).toContain("written('brand-new', 5,");
  });
});
