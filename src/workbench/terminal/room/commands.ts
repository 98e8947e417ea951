/** Commands that belong to a terminal and its room, beside the programs that would run anywhere. */
import { isUser } from '../../../../sandbox/mosquitto/conf/machine.ts';
import type { Words } from '../../i18n/words.ts';
import { brokerFileNames, type BrokerFileName } from '../../../../sandbox/protocol/exercise.ts';
import { resolvePath, type Program } from '../programs/program.ts';
import type { Shell } from '../shell/shell.ts';
import { docker } from '../docker/docker.ts';
import type { DockerEngine } from '../docker/engine.ts';
import { mosquittoBroker } from '../broker/mosquitto.ts';
import type { BrokerMachine } from '../broker/machine.ts';
import { brokerHome } from './room-disk.ts';
import { journal } from './journal.ts';
import { serviceCommands } from './service.ts';

export interface CommandContext {
  words: Words;
  /** The room is in this page: programs of the learner's own computer can't reach it. */
  isInPage(): boolean;
  shell(): Shell;
  history(): readonly string[];
  programs: ReadonlyMap<string, Program>;
  clear(): void;
  machine: BrokerMachine;
  /** Opens the Files panel at this file. */
  edit(file: BrokerFileName): void;
  docker: DockerEngine;
  /** False: the machine has no Mosquitto of its own, only Docker. Default true. */
  hasService?: boolean;
}

/** The commands that `help` lists, in this order; each has its sentence in the language files. */
export const listed = [
  'mosquitto_sub', 'mosquitto_pub', 'mosquitto_rr', 'mosquitto_passwd', 'mosquitto', 'systemctl',
  'journalctl', 'nano', 'docker', 'kill', 'pidof', 'pgrep', 'pkill', 'cat', 'ls', 'chmod', 'chown', 'cp',
  'mv', 'rm', 'echo', 'printf', 'sudo', 'history', 'clear', 'help',
] as const; // prettier-ignore

export function roomCommands({
  words,
  isInPage,
  shell,
  history,
  programs,
  clear,
  machine,
  edit,
  docker: engine,
  hasService = true,
}: CommandContext): Map<string, Program> {
  return new Map<string, Program>([
    [
      'help',
      (_args, io) => {
        io.stdout.write(`${words('terminal.help')}\n\n`);
        for (const name of listed.filter((each) => hasService || !ofService.has(each))) {
          io.stdout.write(`  ${name.padEnd(18)}${words(`terminal.help.${name}`)}\n`);
        }
        io.stdout.write(`\n${words('terminal.help.root')}\n${words('terminal.help.keys')}\n`);
        if (isInPage()) io.stdout.write(`${words('terminal.help.in-page')}\n`);
        return Promise.resolve(0);
      },
    ],
    [
      'clear',
      () => {
        clear();
        return Promise.resolve(0);
      },
    ],
    [
      'history',
      (_args, io) => {
        history().forEach((line, index) => io.stdout.write(`${String(index + 1).padStart(5)}  ${line}\n`));
        return Promise.resolve(0);
      },
    ],
    ['pwd', (_args, io) => Promise.resolve((io.stdout.write(`${io.cwd}\n`), 0))],
    [
      'cd',
      (args, io) => {
        const path = resolvePath(io.cwd, args[0] ?? shell().variables.get('HOME') ?? '/');
        if (io.files.list(path) === undefined) {
          io.stderr.write(`sh: cd: can't cd to ${args[0] ?? path}\n`);
          return Promise.resolve(2);
        }
        shell().cwd = path;
        return Promise.resolve(0);
      },
    ],
    [
      'sudo',
      (args, io) => {
        const isUserGiven = args[0] === '-u';
        const user = isUserGiven ? (args[1] ?? '') : 'root';
        const [name = '', ...rest] = isUserGiven ? args.slice(2) : args;
        const program = programs.get(name);
        if (!isUser(user)) io.stderr.write(`sudo: unknown user ${user}\n`);
        else if (program) return program(rest, { ...io, files: io.files.as(user) });
        else io.stderr.write(`sudo: ${name}: command not found\n`);
        return Promise.resolve(1);
      },
    ],
    ...(hasService ? [['mosquitto', mosquittoBroker(machine, words)] as const] : []),
    ['journalctl', journal(machine.room, words)],
    ...['nano', 'pico', 'vi', 'vim'].map((name) => [name, editorProgram(name, edit, words)] as const),
    ...serviceCommands(machine, words, hasService ? machine.service : undefined),
    ...(hasService ? [] : withoutService),
    ['docker', docker(engine, words)],
  ]); // prettier-ignore
}

/** The page has one editor for the broker's files, in a panel of its own: a terminal's opens that. */
const editorProgram =
  (name: string, edit: (file: BrokerFileName) => void, words: Words): Program =>
  (args, io) => {
    const given = args.find((arg) => !/^[-+]/.test(arg));
    const path = given === undefined ? undefined : resolvePath(io.cwd, given);
    const file = brokerFileNames.find((each) => path === `${brokerHome}/${each}`);
    if (file) edit(file);
    const text = words(file ? 'terminal.nano.opened' : 'terminal.nano', { name, file: file ?? '' });
    (file ? io.stdout : io.stderr).write(`${text}\n`);
    return Promise.resolve(file ? 0 : 1);
  };

/** Commands that a machine without a Mosquitto of its own does not have, or has no use for. */
const ofService: ReadonlySet<string> = new Set(['mosquitto', 'systemctl', 'journalctl']);
const noUnit: Program = ([verb = ''], io) => {
  const isAsked = verb === 'status' || verb === 'is-active';
  io.stderr.write(
    isAsked
      ? 'Unit mosquitto.service could not be found.\n'
      : `Failed to ${verb} mosquitto.service: Unit mosquitto.service not found.\n`,
  );
  return Promise.resolve(isAsked ? 4 : 5);
};
const withoutService: [string, Program][] = [
  ['systemctl', noUnit],
  ['journalctl', (_args, io) => Promise.resolve((io.stdout.write('-- No entries --\n'), 0))],
  ['service', (_args, io) => noUnit(['start'], io)],
];
