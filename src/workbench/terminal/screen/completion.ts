/** The candidates for Tab: commands first, then the options of Mosquitto's clients, else files. */
import { clientOptions } from '../mosquitto/options.ts';
import { resolvePath, type FileSystem } from '../programs/program.ts';

export interface Completion {
  /** The start of the word that is completed. */
  from: number;
  /** The whole words that it could become, sorted. */
  candidates: string[];
}
export interface Known {
  commands: readonly string[];
  files: FileSystem;
  cwd: string;
}

export function complete(left: string, known: Known): Completion {
  const command = left.split(/[|;&]/).at(-1)!.trimStart();
  const word = /\S*$/.exec(command)![0];
  const from = left.length - word.length;
  const name = /^(?:sudo\s+)?(\S+)\s/.exec(command)?.[1];
  const starts = (all: Iterable<string>): string[] =>
    [...all].filter((each) => each.startsWith(word)).sort();
  if (name === undefined || (name === 'sudo' && !/^sudo\s+\S+\s/.test(command))) {
    return { from, candidates: starts(known.commands) };
  }
  const kind = /^mosquitto_(pub|sub|rr)$/.exec(name)?.[1] as 'pub' | 'sub' | 'rr' | undefined;
  if (kind && word.startsWith('-')) {
    const own = [...clientOptions].filter(
      ([, { option }]) => !option.only || option.only.includes(kind),
    );
    return { from, candidates: starts([...own.map(([each]) => each), '--help', '--version']) };
  }
  const folder = word.slice(0, word.lastIndexOf('/') + 1);
  const path = resolvePath(known.cwd, folder);
  const names = known.files.list(path) ?? [];
  const slashed = names.map(
    (each) => folder + each + (known.files.list(resolvePath(path, each)) ? '/' : ''),
  );
  return { from, candidates: starts(slashed) };
}

/** The common prefix of all candidates. */
export function common(candidates: readonly string[]): string {
  const [head = '', ...rest] = candidates;
  let length = head.length;
  for (const each of rest) {
    while (!each.startsWith(head.slice(0, length))) length -= 1;
  }
  return head.slice(0, length);
}
