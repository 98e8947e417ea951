/**
 * The broker's process as a terminal of its machine sees it: systemctl(1), service(8), kill(1),
 * pidof(8), pgrep(1) and pkill(1), in the words of Debian's systemd and procps. Only one process is there
 * to be named.
 */
import type { BrokerDeed, BrokerProcess } from '../../../../sandbox/protocol/process.ts';
import type { Words } from '../../i18n/words.ts';
import type { Output, Program } from '../programs/program.ts';
import type { BrokerService, Refusal } from './broker-service.ts';

const command = '/usr/sbin/mosquitto -c /etc/mosquitto/mosquitto.conf';
const signals: Record<string, BrokerDeed | 'nothing' | 'save'> = {
  ...{ TERM: 'stop', 15: 'stop', INT: 'stop', 2: 'stop', KILL: 'kill', 9: 'kill' },
  ...{ USR1: 'save', 10: 'save', 0: 'nothing' },
};
const isMosquitto = (unit: string | undefined): boolean =>
  unit !== undefined && /^mosquitto(?:\.service)?$/.test(unit);

/**
 * @param broker the process, whoever started it
 * @param unit systemd's, which is without a process while another has started the broker
 */
export function serviceCommands(
  broker: BrokerService,
  words: Words,
  unit: BrokerService = broker,
): [string, Program][] {
  /** Undefined: nothing can be done, which was said. */
  async function processFor(stderr: Output, of = broker): Promise<BrokerProcess | undefined> {
    const process = await of.process();
    if (!process) stderr.write(`${words('terminal.not-by-this-broker')}\n`);
    else if (process.state === 'off') stderr.write(`${words('terminal.no-power')}\n`);
    return process?.state === 'off' ? undefined : process;
  }

  async function service(verb: string | undefined, stdout: Output, stderr: Output) {
    const process = await processFor(stderr, unit);
    if (!process) return 1;
    switch (verb) {
      case 'status':
        stdout.write(statusOf(process, broker.log()));
        return process.state === 'running' ? 0 : 3;
      case 'is-active':
        stdout.write(`${activeOf(process)}\n`);
        return process.state === 'running' ? 0 : 3;
      case 'start':
      case 'stop':
      case 'restart':
        return ended(await unit.operate(verb), stderr);
      // Like a restart: the sandbox has no broker that reads its files while it runs.
      case 'reload':
        return ended(await unit.operate('restart'), stderr);
      default:
        stderr.write(`${words('terminal.systemctl')}\n`);
        return 1;
    }
  }

  function ended(refusal: Refusal, stderr: Output): number {
    if (refusal === undefined) return 0;
    const seeMore =
      'See "systemctl status mosquitto.service" and "journalctl -xeu mosquitto.service" for details.\n';
    if (refusal === 'bad-files' || refusal === 'address-in-use') {
      const said = refusal === 'bad-files' ? broker.problems() : ['Error: Address already in use'];
      for (const line of said) stderr.write(`${line}\n`);
      stderr.write(
        `Job for mosquitto.service failed because the control process exited with error code.\n${seeMore}`,
      );
    } else if (refusal === 'started-too-often') {
      stderr.write(
        `Job for mosquitto.service failed because start of the service was attempted too often.\n${seeMore}`,
      );
    } else stderr.write(`${words('terminal.not-done')}\n`);
    return 1;
  }

  async function signal(name: string, stderr: Output): Promise<number> {
    const deed = signals[name.toUpperCase().replace(/^SIG/, '')];
    if (deed === undefined) {
      stderr.write(`${words('terminal.signal', { name })}\n`);
      return 1;
    }
    return deed === 'nothing' ? 0 : ended(await broker.operate(deed), stderr);
  }

  /** The other verbs take no option here. */
  const systemctl: Program = async ([verb, ...args], { stdout, stderr }) => {
    if (verb !== 'kill') return service(isMosquitto(args[0]) ? verb : undefined, stdout, stderr);
    // `-s KILL`, `--signal KILL`, `--signal=KILL`, before the unit or behind it
    const given = args.flatMap((arg) => arg.replace(/^--signal(?==|$)/, '-s').split('='));
    const at = given.indexOf('-s');
    const name = at < 0 ? 'TERM' : (given.splice(at, 2)[1] ?? '');
    const [named, ...others] = given;
    if (!isMosquitto(named) || others.length > 0) return service(undefined, stdout, stderr);
    const process = await processFor(stderr, unit);
    if (!process) return 1;
    // Without a process systemd has done what was asked.
    return process.pid === undefined ? 0 : signal(name, stderr);
  };

  const kill: Program = async (args, { stderr }) => {
    const { name, rest } = signalOf(args);
    const [given, ...others] = rest;
    if (given === undefined || others.length > 0) {
      stderr.write('sh: kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]...\n');
      return 2;
    }
    if (!/^\d+$/.test(given)) {
      stderr.write(`sh: kill: Illegal number: ${given}\n`);
      return 2;
    }
    const process = await processFor(stderr);
    if (!process) return 1;
    if (Number(given) === process.pid) return signal(name, stderr);
    stderr.write('sh: kill: No such process\n');
    return 1;
  };

  /** The process, if the pattern means it; exit status 1 if not, as procps has it. */
  async function found(pattern: string | undefined, stderr: Output) {
    const process = await processFor(stderr);
    const means = pattern !== undefined && pattern !== '' && 'mosquitto'.includes(pattern);
    return process?.pid !== undefined && means ? process.pid : undefined;
  }

  const pkill: Program = async (args, { stderr }) => {
    const { name, rest } = signalOf(args);
    const pid = await found(
      rest.find((each) => !each.startsWith('-')),
      stderr,
    );
    return pid === undefined ? 1 : signal(name, stderr);
  };

  const pgrep: Program = async (args, { stdout, stderr }) => {
    const pid = await found(
      args.find((each) => !each.startsWith('-')),
      stderr,
    );
    if (pid === undefined) return 1;
    const more = args.includes('-a') ? ` ${command}` : args.includes('-l') ? ' mosquitto' : '';
    stdout.write(`${pid}${more}\n`);
    return 0;
  };

  const pidof: Program = async (args, { stdout, stderr }) => {
    const process = await processFor(stderr);
    if (process?.pid === undefined) return 1;
    if (!args.some((each) => /^(?:\/usr\/sbin\/)?mosquitto$/.test(each))) return 1;
    stdout.write(`${process.pid}\n`);
    return 0;
  };

  return [
    ['systemctl', systemctl],
    ['service', ([named, verb], io) => service(isMosquitto(named) ? verb : undefined, io.stdout, io.stderr)],
    ['kill', kill],
    ['pkill', pkill],
    ['pgrep', pgrep],
    ['pidof', pidof],
  ]; // prettier-ignore
}

/** `-9`, `-KILL`, `-SIGKILL`, `-s KILL`; default: TERM. */
function signalOf([first = '', ...rest]: readonly string[]): { name: string; rest: string[] } {
  if (first === '-s') return { name: rest[0] ?? '', rest: rest.slice(1) };
  if (/^-[A-Za-z0-9]+$/.test(first)) return { name: first.slice(1), rest };
  return { name: 'TERM', rest: [first, ...rest].filter((each) => each !== '') };
}

const activeOf = ({ state }: BrokerProcess): string =>
  ({ running: 'active', stopped: 'inactive', killed: 'activating', failed: 'failed', off: '' })[
    state
  ];

function statusOf(process: BrokerProcess, log: readonly string[]): string {
  const marks = { running: '●', stopped: '○', killed: '●', failed: '×', off: '○' };
  const active = {
    running: 'active (running)',
    stopped: 'inactive (dead)',
    killed: 'activating (auto-restart) (Result: signal)',
    failed: 'failed (Result: exit-code)',
    off: '',
  };
  const { state, pid } = process;
  const lines = [
    `${marks[state]} mosquitto.service - Mosquitto MQTT Broker`,
    '     Loaded: loaded (/lib/systemd/system/mosquitto.service; enabled; preset: enabled)',
    `     Active: ${active[state]}`,
    '       Docs: man:mosquitto.conf(5)',
    '             man:mosquitto(8)',
  ];
  if (pid !== undefined) {
    lines.push(`   Main PID: ${pid} (mosquitto)`);
    lines.push('     CGroup: /system.slice/mosquitto.service', `             └─${pid} ${command}`);
  }
  const last = log.slice(-10).map((line) => `mosquitto: ${line}`);
  return `${[...lines, ...(last.length > 0 ? ['', ...last] : [])].join('\n')}\n`;
}
