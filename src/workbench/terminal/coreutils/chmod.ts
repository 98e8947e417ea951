/** chmod(1), chown(1) and chgrp(1). */
import { groupOf } from '../../../../sandbox/mosquitto/conf/file-modes.ts';
import { isUser } from '../../../../sandbox/mosquitto/conf/machine.ts';
import type { FileStatus, Program, ProgramIo } from '../programs/program.ts';
import { modeInFull, modeWords, newMode } from './mode.ts';
import { find, misused, readOptions, walk, type Given } from './options.ts';

const letters = 'Rvcf';
const long = { recursive: 'R', verbose: 'v', changes: 'c', silent: 'f', quiet: 'f' };

/** `-w`, `-rwx`: what is taken away, and no option. */
const isMode = (arg: string): boolean => /^-(?:[rwxXstugo]|[0-7])[-+=,rwxXstugoa0-7]*$/.test(arg);

export const chmod: Program = (args, io) => {
  const given = readOptions('chmod', args, io, letters, long, isMode);
  if (typeof given === 'number') return Promise.resolve(given);
  const at = given.operands.findIndex((each) => isMode(each));
  const [mode, ...names] =
    at > 0 ? [given.operands[at]!, ...given.operands.toSpliced(at, 1)] : given.operands;
  if (mode === undefined) return Promise.resolve(misused('chmod', 'missing operand', io));
  if (names.length === 0)
    return Promise.resolve(misused('chmod', `missing operand after '${mode}'`, io));
  if (newMode(0, mode, false) === undefined)
    return Promise.resolve(misused('chmod', `invalid mode: '${mode}'`, io));
  let status = 0;
  each('chmod', given.options, names, io, (name, path, before) => {
    const bits = newMode(before.bits, mode, before.isDirectory)!;
    const fault = io.files.change(path, { bits });
    const to = `from ${modeInFull(before.bits)} to ${modeInFull(bits)}`;
    if (fault !== undefined)
      return { fault: `changing permissions of '${name}': ${fault}`, kept: `failed to change mode of '${name}' ${to}` };
    const naive = newMode(before.bits, mode, before.isDirectory, 0)!;
    if (mode.startsWith('-') && !args.includes('--') && naive !== bits) {
      io.stderr.write(
        `chmod: ${name}: new permissions are ${modeWords(bits)}, not ${modeWords(naive)}\n`,
      );
      status = 1;
    }
    const said = `mode of '${name}' `;
    return bits === before.bits
      ? { kept: `${said}retained as ${modeInFull(bits)}` }
      : { said: `${said}changed ${to}` };
  }, () => void (status = 1));
  return Promise.resolve(status);
}; // prettier-ignore

interface Owners {
  owner?: string;
  group?: string;
}

const owning = (name: 'chown' | 'chgrp'): Program => (args, io) => {
  const given = readOptions(name, args, io, letters, long);
  if (typeof given === 'number') return Promise.resolve(given);
  const [whose, ...names] = given.operands;
  if (whose === undefined) return Promise.resolve(misused(name, 'missing operand', io));
  if (names.length === 0)
    return Promise.resolve(misused(name, `missing operand after '${whose}'`, io));
  const to = name === 'chown' ? ownersOf(whose, io) : groupNamed(whose, `'${whose}'`);
  if (typeof to === 'string') {
    io.stderr.write(`${name}: ${to}\n`);
    return Promise.resolve(1);
  }
  let status = 0;
  each(name, given.options, names, io, (file, path, before) => {
    const fault = io.files.change(path, to);
    const isOwner = to.owner !== undefined;
    const [was, is] = [before, { ...before, ...to }].map((mode) => wordsOf(name, mode, to));
    const what = name === 'chown' || is === '' ? 'ownership' : 'group';
    const change = `${what} of '${file}' from ${was} to ${isOwner || name === 'chgrp' ? is : `:${to.group}`}`;
    if (fault !== undefined)
      return { fault: `changing ${isOwner ? 'ownership' : 'group'} of '${file}': ${fault}`, kept: `failed to change ${change}` };
    return was === is
      ? { kept: `${what} of '${file}' retained${is === '' ? '' : ` as ${is}`}` }
      : { said: `changed ${change}` };
  }, () => void (status = 1));
  return Promise.resolve(status);
}; // prettier-ignore

export const chown = owning('chown');
export const chgrp = owning('chgrp');

/** What is told of them: chown tells both, if only the group is changed. */
function wordsOf(program: 'chown' | 'chgrp', { owner, group }: FileStatus, to: Owners): string {
  const tellsOwner = to.owner !== undefined || (program === 'chown' && to.group !== undefined);
  return [tellsOwner ? owner : '', to.group === undefined ? '' : group].filter(Boolean).join(':');
}

/** `owner`, `owner:`, `owner:group`, `:group`; a string is an error. */
function ownersOf(text: string, io: ProgramIo): Owners | string {
  const [, name = '', sign, group = ''] = /^([^:.]*)(?:([:.])(.*))?$/.exec(text) ?? ['', text]; // prettier-ignore
  if (sign === '.') io.stderr.write(`chown: warning: '.' should be ':': '${text}'\n`);
  const owner = numbered(name);
  if (name !== '' && !isUser(owner) && !isNumber(owner)) return `invalid user: '${text}'`;
  const to: Owners = name === '' ? {} : { owner };
  if (group === '') {
    if (sign === undefined || name === '') return to;
    return isNumber(owner) ? `invalid spec: '${text}'` : { ...to, group: groupOf(owner) };
  }
  const found = groupNamed(group, `'${text}'`);
  return typeof found === 'string' ? found : { ...to, ...found };
}

function groupNamed(text: string, shown: string): Owners | string {
  if (text === '') return {};
  const group = numbered(text);
  const isGroup = /^(?:nogroup|adm|users|sudo)$/.test(group) || (isUser(group) && group !== 'nobody'); // prettier-ignore
  return isGroup || isNumber(group) ? { group } : `invalid group: ${shown}`;
}

/** A number that no name stands for stays, as ls(1) shows it then. */
const isNumber = (text: string): boolean => /^\d{1,9}$/.test(text);
const numbered = (text: string): string => (/^0+$/.test(text) ? 'root' : text);

interface Outcome {
  fault?: string;
  /** What `-v` and `-c` say of a change, and `-v` alone where there was none. */
  said?: string;
  kept?: string;
}
function each(
  program: string,
  options: Given['options'],
  names: readonly string[],
  io: ProgramIo,
  change: (name: string, path: string, before: FileStatus) => Outcome,
  failed: () => void,
): void {
  const fail = (words: string): void => {
    failed();
    if (!options.has('f')) io.stderr.write(`${program}: ${words}\n`);
  };
  for (const name of names) {
    const found = find(name, io);
    if (typeof found === 'string') {
      fail(`cannot access '${name}': ${found}`);
      continue;
    }
    for (const file of [...walk(name, found, io, options.has('R'))]) {
      const { fault, said, kept } = change(file.name, file.path, file.status);
      if (fault !== undefined) fail(fault);
      const words = said ?? (options.has('v') ? kept : undefined);
      if (words !== undefined && (options.has('v') || options.has('c'))) io.stdout.write(`${words}\n`); // prettier-ignore
    }
  }
}
