/** Options and messages as the programs of GNU coreutils have them in the C locale. */
import { resolvePath, type FileStatus, type ProgramIo } from '../programs/program.ts';

export interface Given {
  options: ReadonlySet<string>;
  operands: string[];
}

/**
 * Options may stand behind operands; after `--` all are operands.
 * @param short the letters that there are
 * @param long long names by their letter's
 * @param isOperand arguments that begin with `-` and are none, like chmod's `-w`
 * @returns the exit status if they are wrong, which was said
 */
export function readOptions(
  name: string,
  args: readonly string[],
  io: ProgramIo,
  short: string,
  long: Readonly<Record<string, string>> = {},
  isOperand: (arg: string) => boolean = () => false,
): Given | number {
  const options = new Set<string>();
  const operands: string[] = [];
  const status = name === 'ls' ? 2 : 1;
  for (const [index, arg] of args.entries()) {
    if (arg === '--') {
      operands.push(...args.slice(index + 1));
      break;
    }
    if (arg === '-' || !arg.startsWith('-') || isOperand(arg)) {
      operands.push(arg);
      continue;
    }
    const unknown = [...arg.slice(1)].find((letter) => !short.includes(letter));
    if (arg === '--help') {
      io.stdout.write(`Usage: ${usages[name]!}\nHere: ${[...short].map((letter) => `-${letter}`).join(' ')}\n`); // prettier-ignore
      return 0;
    }
    if (arg.startsWith('--')) {
      const known = Object.hasOwn(long, arg.slice(2)) ? long[arg.slice(2)] : undefined;
      if (known === undefined) return misused(name, `unrecognized option '${arg}'`, io, status);
      options.add(known);
    } else if (unknown !== undefined) {
      return misused(name, `invalid option -- '${unknown}'`, io, status);
    } else for (const letter of arg.slice(1)) options.add(letter);
  }
  return { options, operands };
}

const usages: Readonly<Record<string, string>> = {
  cat: 'cat [OPTION]... [FILE]...',
  chgrp: 'chgrp [OPTION]... GROUP FILE...',
  chmod: 'chmod [OPTION]... MODE[,MODE]... FILE...',
  chown: 'chown [OPTION]... [OWNER][:[GROUP]] FILE...',
  cp: 'cp [OPTION]... SOURCE... DEST',
  ls: 'ls [OPTION]... [FILE]...',
  mv: 'mv [OPTION]... SOURCE... DEST',
  rm: 'rm [OPTION]... [FILE]...',
};

/** A message and the hint to `--help`. Returns the exit status. */
export function misused(name: string, words: string, io: ProgramIo, status = 1): number {
  io.stderr.write(`${name}: ${words}\nTry '${name} --help' for more information.\n`);
  return status;
}

export const missing = 'No such file or directory';

/** Why a path leads to nothing, as the user sees it. */
export function whyNothing(path: string, io: ProgramIo): string {
  const parts = path.split('/').slice(1);
  for (let count = 0; count < parts.length; count += 1) {
    const above = `/${parts.slice(0, count).join('/')}`;
    const status = io.files.status(above);
    if (!status) return io.files.as('root').status(above) ? 'Permission denied' : missing;
    if (!status.isDirectory) return 'Not a directory';
  }
  return io.files.as('root').status(path) ? 'Permission denied' : missing;
}

export interface Found {
  path: string;
  status: FileStatus;
}
/** A file or directory by the name that was typed, or why there is none. */
export function find(name: string, io: ProgramIo): Found | string {
  const path = resolvePath(io.cwd, name);
  const status = name === '' ? undefined : io.files.status(path);
  if (!status) return name === '' ? missing : whyNothing(path, io);
  return name.endsWith('/') && !status.isDirectory ? 'Not a directory' : { path, status };
}

/** Each file, and with `deep` those in a directory, after it. */
export function* walk(
  name: string,
  found: Found,
  io: ProgramIo,
  deep: boolean,
): Generator<{ name: string } & Found> {
  yield { name, ...found };
  if (!deep || !found.status.isDirectory) return;
  for (const each of io.files.list(found.path) ?? []) {
    const inside = `${name.replace(/\/+$/, '')}/${each}`;
    const next = find(inside, io);
    if (typeof next !== 'string') yield* walk(inside, next, io, true);
  }
}
