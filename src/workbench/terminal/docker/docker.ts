/** `docker`, with the commands that a broker in a container needs. */
import { utilities } from '../shell/utilities.ts';
import type { Words } from '../../i18n/words.ts';
import { mosquittoPrograms } from '../programs/programs.ts';
import type { Program } from '../programs/program.ts';
import { read, type Run } from './command.ts';
import { columns, shortId, table } from './container.ts';
import type { DockerEngine } from './engine.ts';
import { imageOf, repository } from './image.ts';
import { imagesSentence } from './run-command.ts';
import { logs, restart, rm, run, start, stop } from './running.ts';
import {
  commands, DockerError, noArguments, noExecutable, notExactly, ofDaemon, tooFew, unknownCommand, type Command,
} from './words.ts'; // prettier-ignore

/** Commands of a real Docker that are not here. */
const elsewhere = new Set([
  ...[
    'attach',
    'build',
    'builder',
    'buildx',
    'commit',
    'compose',
    'container',
    'context',
    'cp',
    'create',
  ],
  ...[
    'diff',
    'events',
    'export',
    'history',
    'image',
    'import',
    'info',
    'inspect',
    'kill',
    'load',
    'login',
  ],
  ...[
    'logout',
    'manifest',
    'network',
    'node',
    'pause',
    'plugin',
    'port',
    'push',
    'rename',
    'rmi',
    'save',
  ],
  ...[
    'search',
    'secret',
    'service',
    'stack',
    'stats',
    'swarm',
    'system',
    'tag',
    'top',
    'trust',
    'unpause',
  ],
  ...['update', 'version', 'volume', 'wait'],
]);

export const docker =
  (engine: DockerEngine, words: Words): Program =>
  async ([name, ...args], io) => {
    const list = commands.join(', ');
    if (name === undefined || name === '--help' || name === 'help') {
      io.stdout.write(`${words('terminal.docker.commands', { list })}\n${imagesSentence(words)}\n`);
      return 0;
    }
    try {
      if (elsewhere.has(name))
        throw new DockerError(words('terminal.docker.command', { name, list }));
      if (!isCommand(name)) throw unknownCommand(name);
      await engine.refresh();
      return await all[name](args, { engine, words, io });
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      io.stderr.write(`${error.message}\n`);
      return error.status;
    }
  };
const isCommand = (name: string): name is Command => (commands as string[]).includes(name);

const ps: Run = (args, { engine, words, io }) => {
  const { rest, has } = read('ps', args, words);
  if (rest.length > 0) throw noArguments('ps');
  const shown = engine.containers
    .filter(({ state }) => has('all') || state === 'running')
    .reverse();
  if (has('quiet')) io.stdout.write(shown.map(({ id }) => `${shortId(id)}\n`).join(''));
  else io.stdout.write(table(shown, Date.now()));
  return 0;
};

/** What the image has of programs. */
const inside: ReadonlyMap<string, Program> = new Map([
  ...mosquittoPrograms,
  ...[...utilities].filter(([name]) => ['cat', 'ls', 'echo'].includes(name)),
]);

const exec: Run = async (args, { engine, words, io }) => {
  const { rest } = read('exec', args, words, false);
  const [name, command, ...own] = rest;
  if (name === undefined || command === undefined) throw tooFew('exec', 2);
  const container = engine.find(name);
  if (container.state !== 'running') throw ofDaemon(`container ${container.id} is not running`);
  const program = inside.get(command.replace(/^\/(?:usr\/)?bin\//, ''));
  if (!program) throw new DockerError(noExecutable(command), 127);
  const files = engine.filesOf(container, io.files);
  return program(own, {
    ...io,
    cwd: '/',
    mosquitto: container.version,
    files,
    connect: (target, events) => io.connect({ ...target, isInContainer: true }, events),
  });
};

const images: Run = (args, { words, io }) => {
  const { rest } = read('images', args, words);
  const tags = rest.length === 0 || rest[0] === repository ? ['latest', '2.0'] : [];
  const rows = tags.map((tag) => [repository, tag, ...facts[tag as keyof typeof facts]]);
  io.stdout.write(columns([['REPOSITORY', 'TAG', 'IMAGE ID', 'CREATED', 'SIZE'], ...rows]));
  return 0;
};
/** Of the page's own images: identifiers of no real one. */
const facts = {
  latest: ['5f1e0c2a9b7d', '8 weeks ago', '31MB'],
  '2.0': ['9c4d7a61e3f0', '8 weeks ago', '17MB'],
};

const pull: Run = (args, { words, io }) => {
  const { rest } = read('pull', args, words);
  if (rest.length !== 1) throw notExactly('pull', 1);
  const found = imageOf(rest[0]!);
  if (typeof found === 'string') throw new DockerError(imagesSentence(words));
  io.stdout.write(
    `${found.tag}: Pulling from library/${repository}\nStatus: Image is up to date for ${repository}:${found.tag}\n`,
  );
  return 0;
};

const all: Record<Command, Run> = { run, ps, logs, stop, start, restart, rm, exec, images, pull };
