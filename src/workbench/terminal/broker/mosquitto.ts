/** `mosquitto`, started by hand: the room's broker with the file that the command line names. */
import { farewell } from '../../../../sandbox/mosquitto/begin.ts';
import { factsOf } from '../../../../sandbox/mosquitto/conf/changes.ts';
import { parseConf } from '../../../../sandbox/mosquitto/conf/parse.ts';
import { readBrokerFiles } from '../../../../sandbox/mosquitto/files.ts';
import type { BrokerFiles } from '../../../../sandbox/protocol/exercise.ts';
import type { Words } from '../../i18n/words.ts';
import { resolvePath, type Program, type ProgramIo } from '../programs/program.ts';
import { brokerHome, modesIn } from '../room/room-disk.ts';
import {
  arrived, endOf, entriesSince, failedStatus, hereIn, isTurn, logTextOf, stamped, type End, type Place,
} from './broker-log.ts'; // prettier-ignore
import { invalid, readBrokerArguments, type AskedBroker } from './broker-options.ts';
import type { BrokerMachine } from './machine.ts';
import { VerboseLog } from './verbose.ts';

const usualPath = `${brokerHome}/mosquitto.conf`;
const usualPort = 1883;
/** Exit statuses of a shell for a process that a signal has ended. */
const signalled = { killed: 137, 'new-run': 143 } as const;

export const mosquittoBroker =
  (machine: BrokerMachine, words: Words): Program =>
  async (args, io) => {
    const facts = factsOf(io.mosquitto);
    const textOf = (path: string): string | undefined => io.files.read(resolvePath(io.cwd, path));
    const asked = readBrokerArguments(args, io.mosquitto, (path) => {
      const conf = textOf(path);
      return conf === undefined ? undefined : faultsOf(conf, path, io);
    });
    const say = (text: string): void => io.stderr.write(stamped(text));
    const leave = (status: number): number => {
      for (const { text } of farewell(facts, { problems: [], log: [] })) say(text);
      return status;
    };
    if ('status' in asked) {
      const { stderr, stdout, log, status } = asked;
      if (stderr !== undefined) io.stderr.write(stderr);
      if (stdout !== undefined) io.stdout.write(stdout);
      for (const line of log ?? []) say(line);
      return leave(status);
    }
    const { config } = asked;
    const conf = config === undefined ? undefined : textOf(config);
    if (asked.test) return leave(tested(conf, io, say));
    if (
      config === undefined ? asked.ports.some((port) => port !== usualPort) : asked.ports.length > 0
    )
      return refuse(io, words('terminal.broker.port'));
    return run(machine, {
      io,
      words,
      asked,
      files: { ...filesFor(conf, io), modes: modesIn(io.files.as('root')) },
    });
  };

function refuse(io: ProgramIo, sentence: string): number {
  io.stderr.write(`${sentence}\n`);
  return 1;
}

/** What it says of an error in a conf. */
function faultsOf(conf: string, path: string, io: ProgramIo): string[] {
  const { options, log } = parseConf(conf, filesFor(conf, io), io.mosquitto);
  return options ? [] : log.map(({ text }) => text.replaceAll(usualPath, path));
}

/** --test-config: the conf was read, and none of the files that it names. */
function tested(conf: string | undefined, io: ProgramIo, say: (text: string) => void): number {
  if (conf === undefined) {
    say('Please provide a configuration file to test.');
    return invalid;
  }
  for (const { text } of parseConf(conf, filesFor(conf, io), io.mosquitto).log) say(text);
  say('Configuration file is OK.');
  return 0;
}

/** Its conf, and what else the broker's folder has. */
function filesFor(
  conf: string | undefined,
  io: ProgramIo,
): Omit<BrokerFiles, 'container' | 'modes'> {
  // Whether the broker's user may read them is found when it starts.
  const files = io.files.as('root');
  const passwd = files.read(`${brokerHome}/passwd`);
  const acl = files.read(`${brokerHome}/acl`);
  return {
    ...(passwd !== undefined && { passwd }),
    ...(acl !== undefined && { acl }),
    // A broker without a conf is not one of which nothing is known.
    ...(conf === undefined ? { passwd: passwd ?? '' } : { 'mosquitto.conf': conf }),
    mosquitto: io.mosquitto,
  };
}

interface Starting {
  io: ProgramIo;
  words: Words;
  asked: AskedBroker;
  files: BrokerFiles;
}

async function run(machine: BrokerMachine, { io, words, asked, files }: Starting): Promise<number> {
  const process = await machine.process();
  if (!process) return refuse(io, words('terminal.not-by-this-broker'));
  if (process.state === 'off') return refuse(io, words('terminal.no-power'));
  const output = new OwnOutput(io, asked);
  if (process.pid !== undefined) {
    const taken = await machine.room.ports();
    if (beginInVain(files, io, taken, output)) return 1;
    return refuse(io, words('terminal.broker.one'));
  }
  const place = hereIn(machine.room);
  const ended = asked.background ? undefined : output.untilEnd(machine, place);
  const refusal = await machine.start('terminal', files);
  if (refusal !== undefined && refusal !== 'bad-files') {
    output.stop();
    const often = refusal === 'started-too-often';
    return refuse(io, words(often ? 'terminal.broker.often' : 'terminal.not-done'));
  }
  if (!ended && refusal === undefined) return 0;
  if (!ended) {
    await arrived(machine.room, place, isTurn);
    return output.failed(machine, place);
  }
  // What it says at its end is on its way, unless it could not be asked to end.
  const stop = (): void =>
    void machine.operate('stop').then((why) => why !== undefined && output.stop());
  io.signal.addEventListener('abort', stop, { once: true });
  if (io.signal.aborted) stop();
  const how = await ended;
  io.signal.removeEventListener('abort', stop);
  if (how === 'failed') return failedStatus(output.errors);
  if (how === 'new-run') io.stderr.write(`${words('terminal.broker.new-run')}\n`);
  if (how === 'killed') io.stderr.write('Killed\n');
  return how === 'killed' || how === 'new-run' ? signalled[how] : 0;
}

/**
 * What it says up to the port that another has. Returns false if it wants no such port.
 */
function beginInVain(
  files: BrokerFiles,
  io: ProgramIo,
  taken: readonly number[],
  output: OwnOutput,
): boolean {
  const { modes, ...texts } = files;
  const { log } = readBrokerFiles(texts, io.mosquitto, modes);
  const portOf = (text: string): number =>
    Number(/^Opening \S+ listen socket on port (\d+)\.$/.exec(text)?.[1]);
  const at = log.findIndex(({ text }) => taken.includes(portOf(text)));
  if (at < 0) return false;
  // In local only mode it tries both families.
  const isLocal = log.some(({ text }) => text.startsWith('Starting in local only mode'));
  const tried = log.slice(at).filter(({ text }) => isLocal && taken.includes(portOf(text)));
  const said = [...log.slice(0, at), ...(isLocal ? tried : [log[at]!])];
  for (const { text } of said) {
    output.line(text);
    if (taken.includes(portOf(text))) output.line('Error: Address already in use');
  }
  for (const { text } of farewell(factsOf(io.mosquitto), { problems: [], log: [] }))
    output.line(text);
  return true;
}

/** Its standard error: the log, and with -v what it does with each packet. */
class OwnOutput {
  readonly errors: string[] = [];
  readonly #io: ProgramIo;
  readonly #asked: AskedBroker;
  readonly #verbose: VerboseLog | undefined;
  #stop: (how: End) => void = () => {};

  constructor(io: ProgramIo, asked: AskedBroker) {
    this.#io = io;
    this.#asked = asked;
    if (asked.verbose) this.#verbose = new VerboseLog();
  }

  line(text: string): void {
    if (this.#asked.quiet) return;
    const { config } = this.#asked;
    this.#io.stderr.write(
      stamped(config === undefined ? text : text.replaceAll(usualPath, config)),
    );
  }

  /** Writes what comes, until the process has ended. */
  untilEnd({ room }: BrokerMachine, place: Place): Promise<End> {
    const { run } = place;
    const over = Promise.withResolvers<End>();
    const look = (): void => {
      if (room.run() !== run) return over.resolve('new-run');
      for (const entry of entriesSince(room, place)) {
        this.#entry(entry);
        const how = endOf(entry);
        if (how) return over.resolve(how);
      }
    };
    const unsubscribe = room.onChange(look);
    this.#stop = (how) => {
      look();
      over.resolve(how);
    };
    return over.promise.finally(unsubscribe);
  }

  #entry(entry: Parameters<typeof logTextOf>[0]): void {
    const text = logTextOf(entry);
    if (text !== undefined) this.line(text);
    if (entry.type === 'log' && entry.level === 'error') this.errors.push(entry.text);
    for (const each of this.#verbose?.linesOf(entry) ?? []) this.line(each);
  }

  /** Nothing more will come: what has come is written. */
  stop(): void {
    this.#stop('stopped');
  }

  /** In the background, it did not start: what it said is in the trace. */
  failed({ room }: BrokerMachine, place: Place): number {
    for (const entry of entriesSince(room, place)) this.#entry(entry);
    return failedStatus(this.errors);
  }
}
