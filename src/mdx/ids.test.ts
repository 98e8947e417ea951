import { describe, expect, test } from 'vitest';
import { idsOf, sameIds } from './ids.ts';

test('finds what identifies each component', () => {
  const text = `
<Exercise id="publish">
  <Check id="connected">It is *connected* > 0.</Check>
  <Hint for="wrong-case">…</Hint>
</Exercise>
<Quiz id="one"><Answer right>yes</Answer><Answer>no</Answer></Quiz>
<Source of="mqtt-5.0" section="3.2" statement="MQTT-3.2.0-1">CONNACK</Source>
<OwnProgram exercise="lamp">…</OwnProgram>
<Term id="broker">broker</Term>
\`\`\`html
<Exercise id="not-this">
\`\`\`
`;
  expect(idsOf(text)).toEqual([
    'Exercise publish',
    'Check connected',
    'Hint wrong-case',
    'Quiz one',
    'Answer right',
    'Answer',
    'Source mqtt-5.0 3.2 MQTT-3.2.0-1',
    'OwnProgram lamp',
  ]);
});

describe('the languages of a lesson', () => {
  test('may differ in words', () => {
    sameIds('x', { en: '<Check id="a">yes</Check>', 'zh-tw': '<Check id="a">是</Check>' });
  });
  test.each([
    ['<Check id="a">', '<Check id="b">', 'en.mdx has <Check a> where zh-tw.mdx has <Check b>'],
    ['<Check id="a">', '', 'zh-tw.mdx has <nothing more>'],
    ['', '<Hint for="a">', 'en.mdx has <nothing more> where zh-tw.mdx has <Hint a>'],
    ['<Answer right>', '<Answer>', 'en.mdx has <Answer right> where zh-tw.mdx has <Answer>'],
  ])('%s against %s', (en, zh, message) => {
    expect(() => sameIds('x', { en, 'zh-tw': zh })).toThrow(message);
  });
});
