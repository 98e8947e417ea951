/** cp(1), mv(1) and rm(1). */
import { resolvePath, type Program, type ProgramIo } from '../programs/program.ts';
import { umask } from './mode.ts';
import { find, misused, readOptions, walk, whyNothing, type Found } from './options.ts';

interface Move {
  name: string;
  from: Found;
  /** As it is shown, and where it is. */
  shown: string;
  path: string;
}

const copying = (program: 'cp' | 'mv'): Program => (args, io) => {
  const isMove = program === 'mv';
  const given = readOptions(program, args, io, isMove ? 'fnv' : 'afnprRv', longOptions);
  if (typeof given === 'number') return Promise.resolve(given);
  const { options, operands } = given;
  const [first] = operands;
  if (first === undefined) return Promise.resolve(misused(program, 'missing file operand', io));
  if (operands.length === 1)
    return Promise.resolve(misused(program, `missing destination file operand after '${first}'`, io));
  const target = operands.at(-1)!;
  const there = find(target, io);
  const isInto = typeof there !== 'string' && there.status.isDirectory;
  const sources = operands.slice(0, -1);
  if (sources.length > 1 && !isInto) {
    io.stderr.write(`${program}: target '${target}': ${typeof there === 'string' ? there : 'Not a directory'}\n`);
    return Promise.resolve(1);
  }
  let status = 0;
  for (const name of sources) {
    const from = find(name, io);
    const fault = typeof from === 'string' ? `cannot stat '${name}': ${from}` : attempt({ name, from, ...goal(name, target, isInto, io) });
    if (fault === undefined) continue;
    io.stderr.write(`${program}: ${fault}\n`);
    status = 1;
  }
  return Promise.resolve(status);

  function attempt(move: Move): string | undefined {
    const { name, from, shown, path } = move;
    const old = io.files.status(path);
    if (from.status.isDirectory) {
      if (!isMove) return options.has('r') || options.has('R') || options.has('a') ? `cannot create directory '${shown}': Permission denied` : `-r not specified; omitting directory '${name}'`;
      return old && !old.isDirectory
        ? `cannot overwrite non-directory '${shown}' with directory '${name}'`
        : `cannot move '${name}' to '${shown}': Device or resource busy`;
    }
    if (from.path === path) return `'${name}' and '${shown}' are the same file`;
    if (!old && isInFile(path, io)) return `cannot stat '${shown}': Not a directory`;
    if (old?.isDirectory) return `cannot overwrite directory '${shown}' with non-directory`;
    if (old && options.has('n')) return undefined;
    const fault = isMove ? moved(move, io) : copied(move, options.has('p') || options.has('a'), io);
    if (fault === undefined && options.has('v'))
      io.stdout.write(isMove ? `renamed '${name}' -> '${shown}'\n` : `'${name}' -> '${shown}'\n`);
    return fault;
  }
}; // prettier-ignore

export const cp = copying('cp');
export const mv = copying('mv');

const longOptions = { verbose: 'v', force: 'f', 'no-clobber': 'n', recursive: 'r', archive: 'a' };

function goal(name: string, target: string, isInto: boolean, io: ProgramIo) {
  const base = name.replace(/\/+$/, '').split('/').at(-1)!;
  const shown = isInto ? `${target.replace(/\/+$/, '')}/${base}` : target;
  return { shown, path: resolvePath(io.cwd, shown) };
}

/** A new file has the mode of the old one, less the umask; an old one keeps its own. */
function copied(
  { name, from, shown, path }: Move,
  keeps: boolean,
  { files, ...io }: ProgramIo,
): string | undefined {
  const text = files.read(from.path);
  if (text === undefined) return `cannot open '${name}' for reading: Permission denied`;
  const { bits, owner, group, modified } = from.status;
  const why =
    noPlace(shown, path, { files, ...io }) ?? files.write(path, text, bits & 0o777 & ~umask);
  if (why !== undefined) return `cannot create regular file '${shown}': ${why}`;
  if (!keeps) return undefined;
  files.change(path, { bits });
  files.change(path, { modified });
  if (files.user === 'root') files.change(path, { owner, group });
  return undefined;
}

/** The file itself comes along: with its owner, its group, its mode and its time. */
function moved({ name, from, shown, path }: Move, io: ProgramIo): string | undefined {
  const { files } = io;
  const root = files.as('root');
  const { owner, group, bits, modified } = from.status;
  const text = root.read(from.path)!;
  const why = noPlace(shown, path, io) ?? files.write(path, text) ?? files.remove(from.path);
  if (why !== undefined) return `cannot move '${name}' to '${shown}': ${why}`;
  root.change(path, { owner, group, bits, modified });
  return undefined;
}

const isInFile = (path: string, io: ProgramIo): boolean =>
  io.files.status(path.slice(0, path.lastIndexOf('/')) || '/')?.isDirectory === false;

function noPlace(shown: string, path: string, io: ProgramIo): string | undefined {
  const above = path.slice(0, path.lastIndexOf('/')) || '/';
  if (shown.endsWith('/')) return 'Not a directory';
  return io.files.status(above) ? undefined : whyNothing(above, io);
}

export const rm: Program = (args, io) => {
  const given = readOptions('rm', args, io, 'frRv', { recursive: 'r', verbose: 'v', force: 'f' });
  if (typeof given === 'number') return Promise.resolve(given);
  const { options, operands } = given;
  const isForced = options.has('f');
  if (operands.length === 0)
    return Promise.resolve(isForced ? 0 : misused('rm', 'missing operand', io));
  const isDeep = options.has('r') || options.has('R');
  let status = 0;
  const fail = (words: string): void => {
    io.stderr.write(`rm: ${words}\n`);
    status = 1;
  };
  for (const name of operands) {
    const found = find(name, io);
    if (typeof found === 'string') {
      if (!isForced || !/^No such|^Not a/.test(found)) fail(`cannot remove '${name}': ${found}`);
    } else if (found.status.isDirectory && !isDeep) {
      fail(`cannot remove '${name}': Is a directory`);
    } else if (/^\.{1,2}\/*$/.test(name.split('/').at(-1)!)) {
      fail(`refusing to remove '.' or '..' directory: skipping '${name}'`);
    } else {
      // What is in a directory goes first. The directories of this machine stay.
      for (const each of [...walk(name, found, io, true)].reverse()) {
        const why = each.status.isDirectory
          ? 'Device or resource busy'
          : io.files.remove(each.path);
        if (why !== undefined) fail(`cannot remove '${each.name}': ${why}`);
        else if (options.has('v')) io.stdout.write(`removed '${each.name}'\n`);
      }
    }
  }
  return Promise.resolve(status);
};
