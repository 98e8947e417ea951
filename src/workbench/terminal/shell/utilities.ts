/** The few ordinary commands that a line with MQTT in it needs. */
import type { Program } from '../programs/program.ts';
import { resolvePath } from '../programs/program.ts';
import { readAll } from '../programs/streams.ts';
import { atof } from '../mosquitto/argument-checks.ts';

export const cat: Program = async (args, io) => {
  let status = 0;
  for (const name of args.length > 0 ? args : ['-']) {
    if (name === '-') {
      io.stdout.write(await readAll(io.stdin));
      continue;
    }
    const path = resolvePath(io.cwd, name);
    const text = io.files.read(path);
    if (text !== undefined) {
      io.stdout.write(text);
      continue;
    }
    const why = io.files.list(path) ? 'Is a directory' : 'No such file or directory';
    io.stderr.write(`cat: ${name}: ${why}\n`);
    status = 1;
  }
  return status;
};

/** Names, one a line as to a pipe; hidden ones and details are left out whatever the options ask. */
export const ls: Program = async (args, io) => {
  let status = 0;
  const paths = args.filter((each) => !each.startsWith('-'));
  for (const name of paths.length > 0 ? paths : ['.']) {
    const path = resolvePath(io.cwd, name);
    const names = io.files.list(path);
    if (names) io.stdout.write(names.map((each) => `${each}\n`).join(''));
    else if (io.files.read(path) !== undefined) io.stdout.write(`${name}\n`);
    else {
      io.stderr.write(`ls: cannot access '${name}': No such file or directory\n`);
      status = 2;
    }
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
  ['echo', echo],
  ['seq', seq],
  ['sleep', sleep],
  ['true', () => Promise.resolve(0)],
  ['false', () => Promise.resolve(1)],
]);
