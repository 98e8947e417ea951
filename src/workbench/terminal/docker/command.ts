/** What the commands of `docker` share. */
import type { Words } from '../../i18n/words.ts';
import type { ProgramIo } from '../programs/program.ts';
import type { DockerEngine } from './engine.ts';
import { otherFlags, parseFlags, type Parsed } from './flags.ts';
import { absentHere } from './run-command.ts';
import type { Command } from './words.ts';

export interface Context {
  engine: DockerEngine;
  words: Words;
  io: ProgramIo;
}
/** Resolves with the exit status; throws a DockerError. */
export type Run = (args: readonly string[], context: Context) => Promise<number> | number;

/** Options and names of another command than `run`. */
export function read(
  command: Exclude<Command, 'run'>,
  args: readonly string[],
  words: Words,
  anywhere = true,
): Parsed & { has(name: string): boolean } {
  const specs = otherFlags[command];
  const parsed = parseFlags(command, args, specs, anywhere);
  const absent = parsed.flags.find(({ name }) => specs.get(name)?.isAbsent);
  if (absent) throw absentHere(words, `--${absent.name}`);
  return { ...parsed, has: (name) => parsed.flags.some((each) => each.name === name) };
}
