/**
 * journalctl(1), for the only unit that this machine has. Without a `log_dest` in its file, Mosquitto
 * writes to its standard output, and systemd keeps it; what systemd says itself is from its sources
 * (src/core/unit.c, job.c and service.c of 257, Debian 13's).
 */
import type { BrokerEntry, TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import type { Words } from '../../i18n/words.ts';
import { entriesSince, hereIn, logTextOf } from '../broker/broker-log.ts';
import { interrupted, type Program } from '../programs/program.ts';
import type { ObservedBroker } from './broker-service.ts';

const unit = 'mosquitto.service';
const title = `${unit} - Mosquitto MQTT Broker`;
const systemd: Partial<Record<BrokerEntry['what'], string[]>> = {
  started: [`Starting ${title}...`, `Started ${title}.`],
  stopped: [`Stopping ${title}...`, `${unit}: Deactivated successfully.`, `Stopped ${title}.`],
  killed: [
    `${unit}: Main process exited, code=killed, status=9/KILL`,
    `${unit}: Failed with result 'signal'.`,
  ],
  failed: [`${unit}: Failed with result 'exit-code'.`, `Failed to start ${title}.`],
};

/** What journalctl is asked for; undefined: something that this one does not have. */
interface Wish {
  unit: string;
  /** Lines, counted from the end. */
  most: number;
  follow: boolean;
  reverse: boolean;
}

export const journal =
  (room: ObservedBroker, words: Words): Program =>
  async (args, { stdout, stderr, files, signal }) => {
    const wish = wishOf(args);
    if (!wish) {
      stderr.write(`${words('terminal.journalctl')}\n`);
      return 1;
    }
    await upToDate(room);
    const isHere = /^mosquitto(?:\.service)?$/.test(wish.unit);
    const place = hereIn(room);
    const isKept = writesToJournal(files.read('/etc/mosquitto/mosquitto.conf') ?? '');
    const read = (entries: readonly TraceEntry[]): string[] =>
      isHere ? entries.flatMap((entry) => linesOf(entry, room.began(), isKept)) : [];
    const kept = read(room.entries());
    const last = wish.most === 0 ? [] : kept.slice(-wish.most);
    if (wish.reverse) last.reverse();
    if (kept.length === 0) stdout.write('-- No entries --\n');
    for (const line of last) stdout.write(line);
    if (!wish.follow) return 0;
    return new Promise((resolve) => {
      const stop = room.onChange(() => {
        for (const line of read(entriesSince(room, place))) stdout.write(line);
      });
      const end = () => {
        stop();
        resolve(interrupted);
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
  };

/** What the broker did until now is in the trace a batch later (`watchBatchMs`). */
async function upToDate(room: ObservedBroker): Promise<void> {
  await room.process();
  await new Promise((resolve) => setTimeout(resolve, 100));
}

/** By Mosquitto's rule: its standard output and syslog are systemd's, a file or a topic is not. */
function writesToJournal(conf: string): boolean {
  const places = [...conf.matchAll(/^\s*log_dest\s+(\w+)/gm)].map(([, place]) => place!);
  return places.length === 0 || places.some((place) => /^(?:stdout|stderr|syslog)$/.test(place));
}

function linesOf(entry: TraceEntry, began: number, isKept: boolean): string[] {
  const at = began + entry.at;
  const line = (who: string, text: string) => `${dateOf(at)} broker ${who}: ${text}\n`;
  const text = logTextOf(entry);
  if (text !== undefined)
    return isKept ? [line('mosquitto', `${Math.floor(at / 1000)}: ${text}`)] : [];
  if (entry.type !== 'broker' || entry.on) return [];
  return (systemd[entry.what] ?? []).map((said) => line('systemd[1]', said));
}

/** `Dec 01 09:05:00`, in the reader's time, as the journal has it in every language. */
function dateOf(unix: number): string {
  const date = new Date(unix);
  const month = date.toLocaleString('en-US', { month: 'short' });
  const two = (number: number) => String(number).padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${month} ${two(date.getDate())} ${time}`;
}

/** Options that change nothing here: no pager, one boot, and no explanations. */
const ignored = new Set(['--no-pager', '--pager-end', '--catalog', '--boot', '--quiet']);
const long: Record<string, string> = {
  '--unit': 'u',
  '--lines': 'n',
  '--follow': 'f',
  '--reverse': 'r',
};

function wishOf(args: readonly string[]): Wish | undefined {
  const wish: Wish = { unit: unit, most: Infinity, follow: false, reverse: false };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (ignored.has(arg)) continue;
    const [name = '', value] = arg.split('=', 2);
    const letters = name.startsWith('--') ? long[name] : /^-(\w+)$/.exec(arg)?.[1];
    if (letters === undefined) return undefined;
    if (name.startsWith('--') && value !== undefined) rest.unshift(value);
    for (let at = 0; at < letters.length; at += 1) {
      const letter = letters[at]!;
      if (letter === 'u' || letter === 'n') {
        const given = letters.slice(at + 1) || rest.shift();
        if (!take(wish, letter, given)) return undefined;
        break;
      }
      if (letter === 'f') wish.follow = true;
      else if (letter === 'r') wish.reverse = true;
      else if (!/[ebxqa]/.test(letter)) return undefined;
    }
  }
  if (wish.follow && wish.most === Infinity) wish.most = 10;
  return wish;
}

function take(wish: Wish, letter: 'u' | 'n', given: string | undefined): boolean {
  if (given === undefined) return false;
  if (letter === 'u') wish.unit = given;
  else if (given !== 'all') wish.most = Number(given);
  return letter === 'u' || given === 'all' || /^\d+$/.test(given);
}
