/** The few ordinary commands that a line with MQTT in it needs. */
import type { Program } from '../programs/program.ts';
import { chgrp, chmod, chown } from '../coreutils/chmod.ts';
import { cp, mv, rm } from '../coreutils/copy.ts';
import { ls } from '../coreutils/ls.ts';
import { find, readOptions } from '../coreutils/options.ts';
import { printf } from '../coreutils/printf.ts';
import { readAll } from '../programs/streams.ts';
import { atof } from '../mosquitto/argument-checks.ts';

export const cat: Program = async (args, io) => {
  const given = readOptions('cat', args, io, 'nu', { number: 'n' });
  if (typeof given === 'number') return given;
  const { options, operands } = given;
  let line = 0;
  let isInLine = false;
  const write = (text: string): void => {
    if (!options.has('n')) return io.stdout.write(text);
    for (const piece of text.match(/[^\n]*\n|[^\n]+/g) ?? []) {
      io.stdout.write(`${isInLine ? '' : `${String((line += 1)).padStart(6)}\t`}${piece}`);
      isInLine = !piece.endsWith('\n');
    }
  };
  let status = 0;
  for (const name of operands.length > 0 ? operands : ['-']) {
    if (name === '-') {
      const bytes = await readAll(io.stdin);
      if (options.has('n')) write(new TextDecoder().decode(bytes));
      else io.stdout.write(bytes);
      continue;
    }
    const found = find(name, io);
    const text = typeof found === 'string' ? undefined : io.files.read(found.path);
    if (text !== undefined) {
      write(text);
      continue;
    }
    const isDirectory = typeof found !== 'string' && found.status.isDirectory;
    const why = typeof found === 'string' ? found : isDirectory ? 'Is a directory' : 'Permission denied'; // prettier-ignore
    io.stderr.write(`cat: ${name}: ${why}\n`);
    status = 1;
  }
  return status;
};

/** As sh's own: no option but -n. */
export const echo: Program = async (args, io) => {
  const bare = args[0] === '-n';
  io.stdout.write(`${args.slice(bare ? 1 : 0).join(' ')}${bare ? '' : '\n'}`);
  return 0;
};

export const seq: Program = async (args, io) => {
  const numbers = args.map(Number);
  if (numbers.length < 1 || numbers.length > 3 || numbers.some(Number.isNaN)) {
    io.stderr.write('seq: invalid argument\n');
    return 1;
  }
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0]!]
      : numbers.length === 2
        ? [numbers[0]!, 1, numbers[1]!]
        : (numbers as [number, number, number]);
  const count = Math.min(10_000, Math.floor((last - first) / step) + 1);
  for (let i = 0; i < count; i += 1) io.stdout.write(`${first + i * step}\n`);
  return 0;
};

export const sleep: Program = (args, io) =>
  new Promise((resolve) => {
    const end = (status: number): void => {
      clearTimeout(timer);
      io.signal.removeEventListener('abort', stop);
      resolve(status);
    };
    const stop = (): void => end(130);
    const timer = setTimeout(() => end(0), Math.min(atof(args[0] ?? '0'), 86_400) * 1000);
    io.signal.addEventListener('abort', stop);
    if (io.signal.aborted) stop();
  });

export const utilities: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['cat', cat],
  ['ls', ls],
  ['chmod', chmod],
  ['chown', chown],
  ['chgrp', chgrp],
  ['cp', cp],
  ['mv', mv],
  ['rm', rm],
  ['printf', printf],
  ['whoami', (_args, io) => Promise.resolve((io.stdout.write(`${io.files.user}\n`), 0))],
  ['echo', echo],
  ['seq', seq],
  ['sleep', sleep],
  ['true', () => Promise.resolve(0)],
  ['false', () => Promise.resolve(1)],
]);
