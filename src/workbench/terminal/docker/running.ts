/** The commands that start and end a container, and show what it says. */
import type { Words } from '../../i18n/words.ts';
import { interrupted, type ProgramIo } from '../programs/program.ts';
import { read, type Context, type Run } from './command.ts';
import type { Container } from './container.ts';
import type { DockerEngine, NotStarted, Sentence } from './engine.ts';
import { askedRun } from './run-command.ts';
import {
  DockerError, noExecutableAtStart, notExactly, ofDaemon, ofDaemonInRun, stillRunning, tooFew,
} from './words.ts'; // prettier-ignore

export const run: Run = async (args, { engine, words, io }) => {
  const note = (text: string): void => io.stderr.write(text);
  const { container, isDetached } = askedRun(args, { engine, words, cwd: io.cwd, note });
  engine.containers.push(container);
  const [program = ''] = container.command;
  if (!/^(?:\/usr\/sbin\/)?mosquitto$/.test(program)) {
    if (isDetached) io.stdout.write(`${container.id}\n`);
    container.status = 127;
    throw ofDaemonInRun(noExecutableAtStart(program), 127);
  }
  if (isDetached) io.stdout.write(`${container.id}\n`);
  const follower = isDetached ? undefined : follow(engine, container, io.stdout);
  const why = await engine.start(container, io.files);
  if (why !== undefined) {
    follower?.end();
    throw notStarted(why, words);
  }
  if (!follower) return 0;
  const stop = (): void => void engine.stop(container);
  io.signal.addEventListener('abort', stop, { once: true });
  if (io.signal.aborted) stop();
  await follower.over;
  io.signal.removeEventListener('abort', stop);
  return container.status;
};

function notStarted(why: NotStarted | Sentence, words: Words): DockerError {
  if (typeof why !== 'string') return ofDaemonInRun(why.text, why.status);
  return sentence(why, words);
}
function sentence(why: Sentence, words: Words): DockerError {
  const keys = {
    'one-broker': 'terminal.docker.one-broker',
    off: 'terminal.no-power',
    outside: 'terminal.not-by-this-broker',
    often: 'terminal.broker.often',
  } as const;
  return new DockerError(words(keys[why]), 125);
}

/** Writes its log, and what comes, until its process has ended. */
function follow(engine: DockerEngine, container: Container, to: ProgramIo['stdout'], from = 0) {
  const over = Promise.withResolvers<void>();
  let last = container.log[from - 1];
  let at = from;
  const look = (): void => {
    // The oldest may be gone.
    if (at > container.log.length) at = container.log.lastIndexOf(last ?? '') + 1;
    for (; at < container.log.length; at += 1) to.write((last = container.log[at]!));
    if (container.state === 'exited') over.resolve();
  };
  const unsubscribe = engine.onChange(look);
  look();
  return { over: over.promise.finally(unsubscribe), end: () => over.resolve() };
}

export const logs: Run = async (args, { engine, words, io }) => {
  const { flags, rest, has } = read('logs', args, words);
  if (rest.length !== 1) throw notExactly('logs', 1);
  const container = engine.find(rest[0]!);
  const tail = Number(flags.findLast(({ name }) => name === 'tail')?.value ?? Infinity);
  const from = Number.isFinite(tail) ? Math.max(0, container.log.length - tail) : 0;
  if (!has('follow') || container.state !== 'running') {
    for (const line of container.log.slice(from)) io.stdout.write(line);
    return 0;
  }
  const { over, end } = follow(engine, container, io.stdout, from);
  io.signal.addEventListener('abort', end, { once: true });
  if (io.signal.aborted) end();
  await over;
  return io.signal.aborted ? interrupted : 0;
};

/** Each of the containers that are named; an error of one does not hold up the others. */
async function each(
  command: 'stop' | 'start' | 'restart' | 'rm',
  args: readonly string[],
  { engine, words, io }: Context,
  work: (container: Container, name: string, has: (flag: string) => boolean) => Promise<void>,
): Promise<number> {
  const { rest, has } = read(command, args, words);
  if (rest.length === 0) throw tooFew(command, 1);
  const errors: string[] = [];
  for (const name of rest) {
    try {
      await work(engine.find(name), name, has);
      io.stdout.write(`${name}\n`);
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      if (command === 'rm' && has('force') && /No such container/.test(error.message)) continue;
      errors.push(error.message);
    }
  }
  for (const text of errors) io.stderr.write(`${text}\n`);
  return errors.length > 0 ? 1 : 0;
}

async function begin(container: Container, { engine, words, io }: Context): Promise<void> {
  if (container.state === 'running') return;
  const why = await engine.start(container, io.files);
  if (why === undefined) return;
  if (typeof why === 'string') throw sentence(why, words);
  throw ofDaemon(why.text);
}

export const stop: Run = (args, context) =>
  each('stop', args, context, (container) => context.engine.stop(container));
export const start: Run = async (args, context) => {
  const failed: string[] = [];
  const status = await each('start', args, context, async (container, name) => {
    await begin(container, context).catch((error: unknown) => {
      failed.push(name);
      throw error;
    });
  });
  if (failed.length > 0)
    context.io.stderr.write(`failed to start containers: ${failed.join(', ')}\n`);
  return status;
};
export const restart: Run = (args, context) =>
  each('restart', args, context, async (container) => {
    const { isRemovedAtEnd } = container;
    // --rm is for its end, not for this.
    container.isRemovedAtEnd = false;
    await context.engine.stop(container);
    container.isRemovedAtEnd = isRemovedAtEnd;
    await begin(container, context);
  });
export const rm: Run = (args, context) =>
  each('rm', args, context, async (container, name, has) => {
    if (container.state === 'running' && !has('force')) throw ofDaemon(stillRunning(name));
    await context.engine.stop(container, 'kill');
    context.engine.remove(container);
  });
