/** `docker run`: its options, and the container that they describe. */
import { anyId, anyName, type Container } from './container.ts';
import type { DockerEngine } from './engine.ts';
import { parseFlags, runFlags, type Parsed } from './flags.ts';
import { imageOf, imageTags, repository, usualCommand } from './image.ts';
import { mountOf, type Mount } from './mounts.ts';
import { publishedOf, type Published } from './ports.ts';
import { DockerError, nameTaken, ofDaemonInRun, tooFew } from './words.ts';
import type { Words } from '../../i18n/words.ts';

export interface AskedRun {
  container: Container;
  isDetached: boolean;
}

/** What this terminal's Docker does not have: a sentence of its own. */
export const absentHere = (words: Words, option: string): DockerError =>
  new DockerError(words('terminal.docker.option', { option }), 125);

/** Throws a DockerError. `note` is written before the error of an image that is not here. */
export function askedRun(
  args: readonly string[],
  {
    cwd,
    engine,
    words,
    note,
  }: { cwd: string; engine: DockerEngine; words: Words; note(text: string): void },
): AskedRun {
  const { flags, rest } = parseFlags('run', args, runFlags, false);
  const [image, ...command] = rest;
  const absent = flags.find(({ name }) => runFlags.get(name)?.isAbsent);
  if (absent) throw absentHere(words, `--${absent.name}`);
  if (image === undefined) throw tooFew('run', 1);
  const network = networkOf(flags, words);
  const mounts = mountsOf(flags, cwd);
  const published = portsOf(flags, words);
  const found = imageOf(image);
  if (typeof found === 'string') {
    note(`Unable to find image '${found}' locally\n`);
    throw new DockerError(imagesSentence(words), 125);
  }
  const name = last(flags, 'name') ?? anyName();
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
    throw ofDaemonInRun(
      `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    );
  const taken = engine.containers.find((each) => each.name === name);
  if (taken) throw ofDaemonInRun(nameTaken(name, taken.id));
  if (engine.isFull) throw new DockerError(words('terminal.docker.full'), 125);
  return {
    isDetached: flags.some((each) => each.name === 'detach' && each.value !== 'false'),
    container: {
      ...{ id: anyId(), name, image, version: found.version, published, network, mounts },
      command: command.length > 0 ? command : usualCommand,
      isRemovedAtEnd: flags.some((each) => each.name === 'rm' && each.value !== 'false'),
      ...{ created: Date.now(), since: Date.now(), state: 'created', status: 0, log: [] },
    },
  };
}

export const imagesSentence = (words: Words): string =>
  words('terminal.docker.images', { image: repository, tags: imageTags.join(', ') });

type Flags = Parsed['flags'];
const last = (flags: Flags, name: string): string | undefined =>
  flags.findLast((each) => each.name === name)?.value;

function networkOf(flags: Flags, words: Words): Container['network'] {
  const name = flags.findLast((each) => each.name === 'network' || each.name === 'net')?.value;
  if (name === undefined || name === 'bridge' || name === 'default') return 'bridge';
  if (name === 'host') return 'host';
  throw absentHere(words, `--network ${name}`);
}

function mountsOf(flags: Flags, cwd: string): Mount[] {
  const mounts = flags.flatMap(({ name, value }) =>
    name === 'volume' ? [mountOf(value, cwd)] : [],
  );
  const twice = mounts.find(
    ({ target }, at) => mounts.findIndex((each) => each.target === target) < at,
  );
  if (twice) throw ofDaemonInRun(`Duplicate mount point: ${twice.target}`);
  return mounts;
}

function portsOf(flags: Flags, words: Words): Published[] {
  return flags.flatMap(({ name, value }) => {
    if (name !== 'publish') return [];
    const found = publishedOf(value);
    if (typeof found === 'string') throw absentHere(words, `-p ${value}`);
    return [found];
  });
}
