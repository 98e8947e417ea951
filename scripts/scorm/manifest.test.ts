/** The manifest against the schema of SCORM 1.2, as far as a package of one SCO uses it. */
import { expect, test } from 'vitest';
import { manifest } from './manifest.ts';
import { problemsOf } from './manifest-schema.ts';

const made = manifest({
  identifier: 'retained-qos-zh-tw',
  title: '服務品質（QoS）& <more>',
  start: 'index.html',
  files: ['assets/a b.js', 'qos-1/index.html'],
});

test('what is made is valid', () => {
  expect(problemsOf(made)).toEqual([]);
  expect(made).toContain('<title>服務品質（QoS）&amp; &lt;more></title>');
  expect(made).toContain('<file href="assets/a%20b.js"/>');
});

test.each([
  ['no schema version', /<schemaversion>.*?<\/schemaversion>/, ''],
  ['the schema version of another edition', '>1.2<', '>2004 4th Edition<'],
  [
    'the parts in another order',
    /(<metadata>[\s\S]*<\/metadata>)([\s\S]*)(?=<\/manifest>)/,
    '$2$1',
  ],
  ['an organization that isn’t there', 'default="course"', 'default="courses"'],
  ['a resource that isn’t there', 'identifierref="pages"', 'identifierref="page"'],
  ['two of one identifier', '<item identifier="part"', '<item identifier="course"'],
  ['an identifier that is none', 'identifier="retained-', 'identifier="1-'],
  ['no SCO', ' adlcp:scormtype="sco"', ' adlcp:scormtype="asset"'],
  ['an attribute of SCORM 2004', 'adlcp:scormtype', 'adlcp:scormType'],
  ['an element of no schema', '<title>', '<name/><title>'],
  ['a start that is no file', '<file href="index.html"/>', ''],
  ['an item without a title', /(<item [^>]*>)\s*<title>.*?<\/title>/, '$1'],
])('%s is found', (_, from, to) => {
  const wrong = made.replace(from, to);
  expect(wrong).not.toBe(made);
  expect(problemsOf(wrong)).not.toEqual([]);
});
