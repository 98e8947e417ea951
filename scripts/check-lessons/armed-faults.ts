/** `connection.json` of a set: the faults that a learner arms in the panel Connection before Run. */
import * as v from 'valibot';
import { faultRule, type FaultRule } from '../../sandbox/protocol/faults.ts';
import type { Programs } from './lesson.ts';

export const armedFaultsFile = 'connection.json';

const rules = v.array(v.strictObject({ ...faultRule.entries, client: v.string() }));

/** @throws naming what is wrong in the file */
export function armedFaultsOf(programs: Programs): FaultRule[] {
  const text = programs.get(armedFaultsFile);
  if (text === undefined) return [];
  const read = v.safeParse(rules, JSON.parse(text));
  if (read.success) return read.output;
  const { message, path } = read.issues[0];
  throw new Error(`${armedFaultsFile}: ${path?.map(({ key }) => key).join('.')}: ${message}`);
}
