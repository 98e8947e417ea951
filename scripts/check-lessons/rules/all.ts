/** Every rule, in the order in which their failures read best. */
import type { Pool } from '../pool.ts';
import type { RoomSource } from '../rooms/room-under-test.ts';
import type { Rule } from '../rule.ts';
import { captures, capturesHold } from './captures.ts';
import { chinese } from './chinese.ts';
import { codeBlocks } from './code-blocks.ts';
import { files } from './files.ts';
import { bothLanguages } from './languages.ts';
import { length } from './length.ts';
import { links } from './links.ts';
import { listed } from './listed.ts';
import { programs } from './programs.ts';
import { realPrograms } from './real-programs.ts';
import { sentences } from './sentences.ts';
import { types } from './types.ts';

/** @param sources the kinds of rooms in which every program runs */
export const rulesOf = (sources: readonly RoomSource[], pool: Pool): Rule[] => [
  listed,
  files,
  bothLanguages,
  sentences,
  length,
  links,
  codeBlocks,
  chinese,
  types,
  captures,
  programs(sources, pool, [capturesHold]),
  realPrograms(pool),
];
