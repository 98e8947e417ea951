/** A command's options, as Docker reads them (github.com/spf13/pflag): `-dp 1883:1883`, `--name=broker`. */
import { type Command, unknownFlag, unknownShorthand, valueMissing } from './words.ts';

/** By the long name: whether it takes a value, and its letter. */
export interface FlagSpec {
  letter?: string;
  takesValue?: true;
  /** Docker has it, this terminal has not. */
  isAbsent?: true;
}
export interface Parsed {
  /** In the order given. */
  flags: { name: string; value: string }[];
  rest: string[];
}

/** Options end at the first word that is none. Throws a DockerError. */
export function parseFlags(
  command: Command,
  args: readonly string[],
  specs: ReadonlyMap<string, FlagSpec>,
  /** Options may stand behind the others, too. */
  anywhere = true,
): Parsed {
  const parsed: Parsed = { flags: [], rest: [] };
  let at = 0;
  const valueOf = (option: string): string => {
    const value = args[(at += 1)];
    if (value === undefined) throw valueMissing(command, option);
    return value;
  };
  for (; at < args.length; at += 1) {
    const word = args[at]!;
    if (word === '--') {
      parsed.rest.push(...args.slice(at + 1));
      break;
    }
    if (word.startsWith('--')) {
      const [, name = '', given] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      const spec = specs.get(name);
      if (!spec) throw unknownFlag(command, name);
      const value = spec.takesValue ? (given ?? valueOf(`--${name}`)) : (given ?? 'true');
      parsed.flags.push({ name, value });
    } else if (/^-./.test(word)) letters(word);
    else if (anywhere) parsed.rest.push(word);
    else {
      parsed.rest.push(...args.slice(at));
      break;
    }
  }
  return parsed;

  function letters(word: string): void {
    for (let index = 1; index < word.length; index += 1) {
      const letter = word[index]!;
      const [name, spec] = [...specs].find(([, each]) => each.letter === letter) ?? [];
      if (name === undefined) throw unknownShorthand(command, letter, `-${word.slice(index)}`);
      if (!spec?.takesValue) {
        parsed.flags.push({ name, value: 'true' });
        continue;
      }
      const glued = word.slice(index + 1).replace(/^=/, '');
      parsed.flags.push({ name, value: glued === '' ? valueOf(`-${letter}`) : glued });
      return;
    }
  }
}

const flag = (letter?: string): FlagSpec => (letter === undefined ? {} : { letter });
const value = (letter?: string): FlagSpec => ({ ...flag(letter), takesValue: true });
const absent = (spec: FlagSpec = {}): FlagSpec => ({ ...spec, isAbsent: true });
const absentValues = [
  ...['add-host', 'annotation', 'blkio-weight', 'cap-add', 'cap-drop', 'cgroup-parent', 'cgroupns'],
  ...['cidfile', 'cpu-period', 'cpu-quota', 'cpus', 'cpuset-cpus', 'detach-keys', 'device', 'dns'],
  ...['dns-option', 'dns-search', 'domainname', 'entrypoint', 'env-file', 'expose', 'gpus'],
  ...[
    'group-add',
    'health-cmd',
    'health-interval',
    'health-retries',
    'health-timeout',
    'ip',
    'ip6',
  ],
  ...['ipc', 'isolation', 'label-file', 'link', 'log-driver', 'log-opt', 'mac-address'],
  ...['memory-reservation', 'memory-swap', 'network-alias', 'oom-score-adj', 'pid', 'pids-limit'],
  ...['platform', 'pull', 'restart', 'runtime', 'security-opt', 'shm-size', 'stop-signal'],
  ...['stop-timeout', 'storage-opt', 'sysctl', 'tmpfs', 'ulimit', 'userns', 'uts', 'volumes-from'],
];
const absentSwitches = ['init', 'no-healthcheck', 'oom-kill-disable', 'privileged', 'read-only'];

/** addFlags of cli/command/container/opts.go, and those of run.go. */
export const runFlags: ReadonlyMap<string, FlagSpec> = new Map([
  ['detach', flag('d')],
  ['interactive', flag('i')],
  ['tty', flag('t')],
  ['rm', flag()],
  ['name', value()],
  ['publish', value('p')],
  ['volume', value('v')],
  ['network', value()],
  ['net', value()],
  ['help', absent()],
  ['attach', absent(value('a'))],
  ['cpu-shares', absent(value('c'))],
  ['env', absent(value('e'))],
  ['hostname', absent(value('h'))],
  ['label', absent(value('l'))],
  ['memory', absent(value('m'))],
  ['mount', absent(value())],
  ['publish-all', absent(flag('P'))],
  ['quiet', absent(flag('q'))],
  ['user', absent(value('u'))],
  ['workdir', absent(value('w'))],
  ...absentValues.map((name): [string, FlagSpec] => [name, absent(value())]),
  ...absentSwitches.map((name): [string, FlagSpec] => [name, absent()]),
]);

const time = new Map([
  ['time', value('t')],
  ['timeout', value()],
  ['signal', absent(value('s'))],
]);
/** Of the other commands. */
export const otherFlags: Readonly<Record<Exclude<Command, 'run'>, ReadonlyMap<string, FlagSpec>>> =
  {
    ps: new Map([
      ['all', flag('a')],
      ['quiet', flag('q')],
      ['filter', absent(value('f'))],
      ['format', absent(value())],
      ['last', absent(value('n'))],
      ['latest', absent(flag('l'))],
      ['no-trunc', absent()],
      ['size', absent(flag('s'))],
    ]),
    logs: new Map([
      ['follow', flag('f')],
      ['tail', value('n')],
      ['timestamps', absent(flag('t'))],
      ['since', absent(value())],
      ['until', absent(value())],
      ['details', absent()],
    ]),
    stop: time,
    restart: time,
    start: new Map([
      ['attach', absent(flag('a'))],
      ['interactive', absent(flag('i'))],
    ]),
    rm: new Map([
      ['force', flag('f')],
      ['volumes', flag('v')],
      ['link', absent(flag('l'))],
    ]),
    exec: new Map([
      ['interactive', flag('i')],
      ['tty', flag('t')],
      ['detach', absent(flag('d'))],
      ['env', absent(value('e'))],
      ['user', absent(value('u'))],
      ['workdir', absent(value('w'))],
    ]),
    images: new Map([
      ['all', flag('a')],
      ['quiet', flag('q')],
      ['filter', absent(value('f'))],
      ['format', absent(value())],
    ]),
    pull: new Map([
      ['quiet', flag('q')],
      ['platform', absent(value())],
      ['all-tags', absent(flag('a'))],
    ]),
  };
