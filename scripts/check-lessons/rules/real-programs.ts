/** Code blocks marked `run` run unchanged, and print what the lesson shows. */
import { pahoPython } from '../../test/paho.ts';
import { which } from '../../test/system.ts';
import { languages, type LessonFiles } from '../lesson.ts';
import type { CodeBlock } from '../page.ts';
import type { Pool } from '../pool.ts';
import { runPage } from '../code-blocks/run-page.ts';
import type { LessonRule } from '../lesson-rule.ts';
import { isPython } from '../code-blocks/run-block.ts';
import { ownMosquitto, ownPaho } from '../versions.ts';
import { blockUseOf } from './code-blocks.ts';

/** Missing packages for these blocks, by their name in apt. */
export function lacking(
  blocks: readonly CodeBlock[],
  has: { mosquitto: boolean; clients: boolean; paho: boolean },
): string[] {
  const text = blocks.map(({ text }) => text).join('\n');
  return [
    ...(has.mosquitto ? [] : ['mosquitto']),
    ...(!has.clients && /mosquitto_(pub|sub|rr)/.test(text) ? ['mosquitto-clients'] : []),
    ...(!has.paho && /\bpaho\b/.test(text) ? ['paho-mqtt 2'] : []),
  ];
}

/** What the blocks of a page that run have run with. */
function runWith(blocks: readonly CodeBlock[]): string[] {
  const run = blocks.filter(({ meta }) => blockUseOf(meta)?.is === 'run');
  const paho = run.some(({ language, text }) => isPython(language) && /\bpaho\b/.test(text));
  return [ownMosquitto(), paho ? ownPaho() : undefined].filter((one) => one !== undefined);
}

const sameBlocks = (a: readonly CodeBlock[], b: readonly CodeBlock[]): boolean =>
  a.length === b.length &&
  a.every((one, at) => one.text === b[at]!.text && one.meta === b[at]!.meta);

/** Languages whose blocks differ: the same ones run only once. */
function pagesToRun({ pages }: LessonFiles) {
  const [en, other] = languages.map((language) => ({
    language,
    blocks: pages[language]?.code ?? [],
  })) as [PageBlocks, PageBlocks];
  return sameBlocks(en.blocks, other.blocks) ? [en] : [en, other];
}
interface PageBlocks {
  language: string;
  blocks: CodeBlock[];
}

export const realPrograms =
  (pool: Pool): LessonRule =>
  async (lesson, report) => {
    for (const { language, blocks } of pagesToRun(lesson)) {
      if (!blocks.some(({ meta }) => blockUseOf(meta)?.is === 'run')) continue;
      const where = `${lesson.slug}/${language}.mdx`;
      const missing = lacking(blocks, {
        mosquitto: which('mosquitto') !== undefined,
        clients: which('mosquitto_pub') !== undefined,
        paho: pahoPython() !== undefined,
      });
      if (missing.length > 0) {
        report.skipped(where, `its code blocks need ${missing.join(', ')} (apt-get install)`);
        continue;
      }
      await pool.run(() => runPage(blocks, ({ line }) => `${where}:${line}`, report));
      for (const program of runWith(blocks)) report.ranWith(program);
    }
  };
