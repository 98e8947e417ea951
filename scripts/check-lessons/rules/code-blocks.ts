/**
 * Every code block declares whether it is run: its meta is `run` (run against a real mosquitto),
 * `output` (what the block before it printed), or `not-run="the reason"`.
 */
import type { CodeBlock } from '../page.ts';
import { languages } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';

export type BlockUse = { is: 'run' } | { is: 'output' } | { is: 'not-run'; reason: string };

/** The meta's words outside of quotes: `run stays`. */
export const wordsOf = (meta: string): string[] =>
  meta.replaceAll(/[\w-]+="[^"]*"/g, '').split(/\s+/);

export const titleOf = (meta: string): string | undefined => meta.match(/\btitle="([^"]+)"/)?.[1];

export function blockUseOf(meta: string): BlockUse | undefined {
  const reason = meta.match(/\bnot-run="([^"]+)"/)?.[1];
  if (reason !== undefined) return { is: 'not-run', reason };
  const words = wordsOf(meta);
  if (words.includes('run')) return { is: 'run' };
  return words.includes('output') ? { is: 'output' } : undefined;
}

export const codeBlocks: LessonRule = ({ slug, pages }, report) => {
  for (const language of languages) {
    let before: CodeBlock | undefined;
    let stays = false;
    for (const block of pages[language]?.code ?? []) {
      const where = `${slug}/${language}.mdx:${block.line}`;
      const fate = blockUseOf(block.meta);
      const ofWhatStays = wordsOf(block.meta).includes('stays');
      report.count('code blocks');
      report.expect(fate !== undefined, where, 'says neither run, output nor not-run="reason"');
      if (fate?.is === 'output') {
        const follows = before !== undefined && blockUseOf(before.meta)?.is === 'run';
        report.expect(
          ofWhatStays ? stays : follows,
          where,
          'is the output of nothing: no block before it is run',
        );
      }
      if (fate?.is === 'run') stays ||= ofWhatStays;
      // The output of a program that stays may be shown beside the output of another program.
      if (!(fate?.is === 'output' && ofWhatStays)) before = block;
    }
  }
};
