/** Every rule, in the order in which their failures read best. */
import type { Pool } from '../pool.ts';
import type { RoomSource } from '../rooms/room-under-test.ts';
import type { LessonRule } from '../lesson-rule.ts';
import { captures, capturesHold } from './captures.ts';
import { chinese } from './chinese.ts';
import { codeBlocks } from './code-blocks.ts';
import { comments } from './comments.ts';
import { files } from './files.ts';
import { bothLanguages } from './languages.ts';
import { inlineCode } from './inline-code.ts';
import { lastHints } from './last-hints.ts';
import { length } from './length.ts';
import { links } from './links.ts';
import { listed } from './listed.ts';
import { oneForm } from './one-form.ts';
import { pictures } from './pictures.ts';
import { programs } from './programs.ts';
import { proofs } from './proofs.ts';
import { questions } from './questions.ts';
import { realPrograms } from './real-programs.ts';
import { sameAsMosquitto } from './same-as-mosquitto.ts';
import { sentences } from './sentences.ts';
import { shapes } from './shapes.ts';
import { sources as sourcesNamed } from './sources.ts';
import { structure } from './structure.ts';
import { terms } from './terms.ts';
import { typedWords } from './typed-words.ts';
import { types } from './types.ts';
import { unfinished } from './unfinished.ts';

/** Rules that need only the files. Checking types keeps this thread busy for seconds. */
export const rulesOfFiles: readonly LessonRule[] = [
  listed,
  files,
  bothLanguages,
  structure,
  terms(),
  sentences,
  length,
  questions,
  shapes,
  pictures,
  sourcesNamed,
  unfinished,
  inlineCode,
  links,
  codeBlocks,
  chinese,
  oneForm,
  comments,
  types,
  captures,
];

/** @param sources the kinds of rooms in which every program runs */
export const rulesOfRuns = (
  sources: readonly RoomSource[],
  pool: Pool,
  everywhere = false,
  everyMosquitto = false,
): readonly LessonRule[] => {
  const { look, rule } = proofs();
  const run = programs(sources, pool, [capturesHold, lastHints, typedWords, look], everywhere);
  return [
    async (...lesson) => {
      await run(...lesson);
      await rule(...lesson);
    },
    realPrograms(pool),
    sameAsMosquitto(pool, everyMosquitto),
  ];
};
