import { expect, test } from 'vitest';
import { exerciseTitles } from './exercise-titles.ts';

test('an exercise is called by its heading, by the lesson before the first, numbered if two share it', () => {
  const body = `
<Exercise id="one">
</Exercise>
## Keep \`receiving\` <Term id="x">now</Term>
\`\`\`txt
## no heading
<Exercise id="none">
\`\`\`
<Exercise id="two">
<Exercise id="three">
`;
  expect(exerciseTitles(body, 'Python')).toEqual([
    { id: 'one', title: 'Python' },
    { id: 'two', title: 'Keep receiving now (1)' },
    { id: 'three', title: 'Keep receiving now (2)' },
  ]);
});
