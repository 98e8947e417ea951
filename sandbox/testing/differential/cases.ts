/** The configurations that both brokers are given, and what clients do to them. */
import { access } from './cases/access.ts';
import { limits } from './cases/limits.ts';
import { log } from './cases/log.ts';
import { mistakes } from './cases/mistakes.ts';
import { owners } from './cases/owners.ts';
import { persistence } from './cases/persistence.ts';
import { rules } from './cases/rules.ts';
import type { Case } from './cases/shared.ts';
import { versions } from './cases/versions.ts';
import { tls } from './cases/tls.ts';

export type { Case } from './cases/shared.ts';

export const cases: readonly Case[] = [
  ...mistakes,
  ...access,
  ...tls,
  ...rules,
  ...limits,
  ...log,
  ...persistence,
  ...owners,
  ...versions,
];
