/** The words after the program's name: the course itself, or a task of the person who hosts it. */
import { log } from '../../sandbox/shared/log.ts';
import { StoreError } from '../../sandbox/store/store.ts';
import { unusable } from '../../sandbox/store/trouble.ts';
import { chooseLog } from '../log-form.ts';
import { OptionError } from '../option-values.ts';
import { readOptions, type HostOptions } from '../options.ts';
import { usageOf } from '../usage.ts';

export interface Host {
  /** How it is called, in its own help. */
  program: string;
  version: string;
  /** The data folder if no option names one. */
  data: string;
  open(options: HostOptions): Promise<void>;
}

const tasks = ['doctor', 'backup', 'restore', 'set-aside'] as const;
type Task = (typeof tasks)[number];

/** @returns the exit code; undefined while the course is open */
export async function command(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  host: Host,
): Promise<number | undefined> {
  if (args.includes('--version') || args[0] === '-v') return say(host.version);
  const task = tasks.find((name) => name === args[0]);
  const [words, flags] = task ? split(args.slice(1)) : [[], [...args]];
  const options = readOptions(flags, environment, usageOf(host.program));
  if (options === 'help') return say(usageOf(host.program));
  if (task) return await run(task, words, options, host);
  chooseLog(options);
  try {
    await host.open(options);
    return undefined;
  } catch (caught) {
    const error = await withWayOn(caught, host.program, options.data ?? host.data);
    if (options.log !== 'json') throw error;
    log.error('not-opened', error);
    return 1;
  }
}

/** A database that can't be used: which command comes next. */
async function withWayOn(error: unknown, program: string, data: string): Promise<unknown> {
  if (!(error instanceof StoreError) || !unusable.includes(error.trouble)) return error;
  const { wayOn } = await import('./database.ts');
  return new Error(`${error.message}\n${wayOn(program, data)}`, { cause: error });
}

function say(text: string): number {
  console.log(text);
  return 0;
}

/** A task's own words come before its flags. */
function split(args: string[]): [string[], string[]] {
  const at = args.findIndex((arg) => arg.startsWith('-'));
  return at === -1 ? [args, []] : [args.slice(0, at), args.slice(at)];
}

async function run(
  task: Task,
  words: string[],
  options: HostOptions,
  { program, version, data }: Host,
): Promise<number> {
  const folder = options.data ?? data;
  const expected = task === 'doctor' || task === 'set-aside' ? 0 : 1;
  if (words.length !== expected)
    throw new OptionError(
      expected === 0
        ? `"${words[0]}" is no option of ${task}.\n\n${usageOf(program)}`
        : `Name one file: ${program} ${task} retained-backup.zip`,
    );
  if (task === 'doctor') {
    const { doctor } = await import('./doctor/doctor.ts');
    return doctor({ ...options, data: folder, program }, console.log);
  }
  if (task === 'set-aside') {
    const { setAsideDatabase } = await import('./database.ts');
    return say(await setAsideDatabase(folder));
  }
  const { backUp, restore } = await import('./backup/backup.ts');
  const done = { backup: backUp, restore }[task];
  return say(
    await done({
      file: words[0]!,
      data: folder,
      version,
      hasDatabase: options.database !== undefined,
    }),
  );
}

/** For a host: the message, without a stack. */
export function fail(error: unknown): void {
  console.error(error instanceof OptionError ? error.message : `\n${(error as Error).message}`);
  process.exitCode = 1;
}
