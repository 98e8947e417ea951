/**
 * Every code block says what becomes of it: its meta is `run` (run by the tests against the real
 * thing), `output` (what the block before it printed), or `not-run="the reason"`.
 */
import type { CodeBlock } from '../page.ts';
import { languages } from '../lesson.ts';
import type { Rule } from '../rule.ts';

export type Fate = { is: 'run' } | { is: 'output' } | { is: 'not-run'; reason: string };

export function fateOf(meta: string): Fate | undefined {
  const reason = meta.match(/\bnot-run="([^"]+)"/)?.[1];
  if (reason !== undefined) return { is: 'not-run', reason };
  const words = meta.split(/\s+/);
  if (words.includes('run')) return { is: 'run' };
  return words.includes('output') ? { is: 'output' } : undefined;
}

export const codeBlocks: Rule = ({ slug, pages }, report) => {
  for (const language of languages) {
    let before: CodeBlock | undefined;
    for (const block of pages[language]?.code ?? []) {
      const where = `${slug}/${language}.mdx:${block.line}`;
      const fate = fateOf(block.meta);
      report.count('code blocks');
      report.expect(fate !== undefined, where, 'says neither run, output nor not-run="reason"');
      if (fate?.is === 'output') {
        const follows = before !== undefined && fateOf(before.meta)?.is === 'run';
        report.expect(follows, where, 'is the output of nothing: no block before it is run');
      }
      before = block;
    }
  }
};
