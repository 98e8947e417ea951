/** Both languages are built alike: as many headings, and the same components in the same order. */
import type { ParsedPage } from '../page.ts';
import type { LessonRule } from '../lesson-rule.ts';

/** Components whose number may differ between languages: they are inside of sentences. */
const IN_SENTENCES = new Set(['Term', 'strong', 'em', 'br', 'kbd', 'code', 'a']);

const headingsOf = ({ headings }: ParsedPage) => headings.map(({ depth }) => '#'.repeat(depth));
const componentsOf = ({ elements }: ParsedPage) =>
  elements.filter(({ name }) => !IN_SENTENCES.has(name)).map(({ name }) => `<${name}>`);
const codeOf = ({ code }: ParsedPage) =>
  code.map(({ language, meta }) => `\`\`\`${language} ${meta.replaceAll(/="[^"]*"/g, '')}`);

export const structure: LessonRule = ({ slug, pages: { en, 'zh-tw': other } }, report) => {
  if (!en || !other) return;
  for (const [what, of] of [
    ['headings', headingsOf],
    ['components', componentsOf],
    ['code blocks', codeOf],
  ] as const) {
    const [one, two] = [of(en), of(other)];
    const at = one.findIndex((each, index) => each !== two[index]);
    const differs = at >= 0 || one.length !== two.length;
    const place = at >= 0 ? at : one.length;
    report.expect(
      !differs,
      slug,
      `the languages have other ${what}: en.mdx has ${one[place] ?? 'no more'} where zh-tw.mdx has ` +
        `${two[place] ?? 'no more'} (number ${place + 1})`,
    );
  }
};
