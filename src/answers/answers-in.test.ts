import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { answersIn } from './answers-in.ts';

const lesson = `
<Exercise id="publish">
  <Check id="came">It came.</Check>
  <Hint for="other-topic">
    You published to \`{topic}\`; **the** lamp <Term id="topic">subscribed</Term>
    to “{'{payload}'}”.
  </Hint>
  <Hint for="nothing">Press Run.</Hint>
</Exercise>

<Quiz id="who">
  Who gets it?

  <Answer>
    Nobody
    <Why>Somebody does.</Why>
  </Answer>
  <Answer right>
    The *subscriber*
    <Why>It asked.</Why>
  </Answer>
</Quiz>
`;

test('hints by exercise, with their marks and the names that are filled in', () => {
  const { hints } = answersIn(lesson);
  expect([...hints.keys()]).toEqual(['publish']);
  expect(Object.fromEntries(hints.get('publish')!)).toEqual({
    'other-topic': [
      { text: 'You published to ' },
      { text: '{topic}', as: 'code' },
      { text: '; ' },
      { text: 'the', as: 'strong' },
      { text: ' lamp subscribed to “{payload}”.' },
    ],
    nothing: [{ text: 'Press Run.' }],
  });
});

test('the right answer of a question, without its reason', () => {
  expect(answersIn(lesson).questions).toEqual([
    {
      id: 'who',
      question: [{ text: 'Who gets it?' }],
      right: [{ text: 'The ' }, { text: 'subscriber', as: 'em' }],
    },
  ]);
});

test('every hint and every question of the course has words in both languages', () => {
  const root = fileURLToPath(new URL('../../lessons/', import.meta.url));
  const pages = globSync('*/{en,zh-tw}.mdx', { cwd: root });
  let hints = 0;
  for (const path of pages) {
    const text = readFileSync(`${root}${path}`, 'utf8');
    const body = text.replace(/^---\n.*?\n---\n/s, '');
    const found = answersIn(body);
    const own = [...found.hints.values()].flatMap((one) => [...one.entries()]);
    expect(own, path).toHaveLength(text.match(/<Hint /g)?.length ?? 0);
    for (const [id, sentence] of own) expect(sentence.length, `${path} ${id}`).toBeGreaterThan(0);
    expect(found.questions, path).toHaveLength(text.match(/<Quiz /g)?.length ?? 0);
    for (const { id, question, right } of found.questions) {
      expect(question.length, `${path} ${id}`).toBeGreaterThan(0);
      expect(right.length, `${path} ${id}`).toBeGreaterThan(0);
    }
    hints += own.length;
  }
  expect(hints).toBeGreaterThan(500);
});
