/**
 * Mosquitto's own packet sequences: `test/broker/data/*.json` of its source, run there by
 * `msg_sequence_test.py`. They are read from a source tree, never kept in this repository.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MqttVersion } from '../../sandbox/protocol/mqtt.ts';

export type SequenceStep =
  | { do: 'send'; bytes: Uint8Array }
  | { do: 'receive'; bytes: Uint8Array }
  /** Another client publishes this meanwhile. */
  | { do: 'publish'; topic: string; payload: string; qos: number };
export interface Sequence {
  /** Group and name, as Mosquitto prints them. */
  name: string;
  /** Short: the name that Mosquitto's runner gives is longer than many brokers take. */
  clientId: string;
  file: string;
  /** What the sequence is about; `version` is only the version of the CONNECT before it. */
  about: '3.1' | '3.1.1' | '5.0';
  version: MqttVersion;
  /** Begins with a CONNECT and its CONNACK that are not among the steps. */
  connect: boolean;
  /** The broker must have closed the line at the end; else it must still respond to a ping. */
  expectClosed: boolean;
  steps: SequenceStep[];
}

interface SequenceSettings {
  ver?: MqttVersion;
  connect?: boolean;
  expect_disconnect?: boolean;
}
interface SequenceMessage {
  type: 'send' | 'recv' | 'publish';
  payload: string;
  topic?: string;
  qos?: number;
}
interface Group extends SequenceSettings {
  group: string;
  disable?: boolean;
  tests: (SequenceSettings & { name: string; msgs: SequenceMessage[] })[];
}

const DATA = join('test', 'broker', 'data');
/** Debian's first package with the sequences; 2.0.11, in bookworm, has none. */
const SUITE = 'trixie';

/** All sequences of a source tree, in Mosquitto's order. */
export function readSequences(source: string): Sequence[] {
  const folder = join(source, DATA);
  if (!existsSync(folder)) {
    throw new Error(
      `${folder} does not exist: the source of Mosquitto 2.0.21 has it, that of 2.0.11 has not`,
    );
  }
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .flatMap((file) => readFile(join(folder, file), file));
}

function readFile(path: string, file: string): Sequence[] {
  const groups = JSON.parse(readFileSync(path, 'utf8')) as Group[];
  return groups
    .filter(({ disable }) => !disable)
    .flatMap((group) =>
      group.tests.map((test, index): Sequence => {
        const version = test.ver ?? group.ver ?? 4;
        return {
          name: `${group.group.replaceAll(/ +/g, ' ')} ${test.name.trim()}`,
          clientId: `${file.slice(0, 8)}${index}`,
          file,
          about: aboutOf(group.group, version),
          version,
          connect: test.connect ?? group.connect ?? true,
          expectClosed: test.expect_disconnect ?? group.expect_disconnect ?? true,
          steps: test.msgs.map(stepOf),
        };
      }),
    );
}

function aboutOf(group: string, version: MqttVersion): Sequence['about'] {
  const named = /^v(3\.1\.1|3\.1|5\.0)/.exec(group)?.[1];
  return (named as Sequence['about'] | undefined) ?? (version === 5 ? '5.0' : '3.1.1');
}

function stepOf({ type, payload, topic = '', qos = 0 }: SequenceMessage): SequenceStep {
  if (type === 'publish') return { do: 'publish', topic, payload, qos };
  return { do: type === 'send' ? 'send' : 'receive', bytes: bytesOf(payload) };
}

/** Hexadecimal; since 2.1 also `'text'`, `i` byte, `m` `s` `k` `H` 16 bit, `L` 32 bit, `r` `v` varint. */
export function bytesOf(text: string): Uint8Array {
  // In pure hexadecimal, digits are grouped as their author liked: "081 F0".
  const digits = text.replaceAll(' ', '');
  if (/^[\da-f]*$/i.test(digits)) return Uint8Array.from(Buffer.from(digits, 'hex'));
  const parts = text.match(/'[^']*'|\S+/g) ?? [];
  return Uint8Array.from(parts.flatMap(partOf));
}

function partOf(part: string): number[] {
  const number = Number(part.slice(1));
  switch (true) {
    case part.startsWith("'"):
      return [...Buffer.from(part.slice(1, -1), 'utf8')];
    case part.startsWith('i'):
      return [number & 0xff];
    case /^[Hkms]/.test(part):
      return [(number >> 8) & 0xff, number & 0xff];
    case part.startsWith('L'):
      return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff);
    case /^[rv]/.test(part):
      return varint(number);
    default:
      if (!/^([\da-f]{2})+$/i.test(part)) throw new Error(`not hexadecimal: ${part}`);
      return [...Buffer.from(part, 'hex')];
  }
}

/** Above 2^28 too: some sequences send lengths of five bytes. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  do {
    const low = left % 128;
    left = Math.floor(left / 128);
    bytes.push(left > 0 ? low | 0x80 : low);
  } while (left > 0);
  return bytes;
}

/** Fetches Mosquitto's source with Debian's tools, once, and returns its folder. */
export function fetchSource(cache: string): string {
  const folder = resolve(cache, 'mosquitto');
  const found = (): string | undefined =>
    existsSync(folder)
      ? readdirSync(folder).find((name) => existsSync(join(folder, name, DATA)))
      : undefined;
  const known = found();
  if (known !== undefined) return join(folder, known);
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  // A list of our own: nothing of the machine's apt is changed.
  const list = join(folder, 'sources.list');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const address = 'http://deb.debian.org/debian';
  writeFileSync(list, `deb-src [signed-by=${keyring}] ${address} ${SUITE} main\n`);
  const options = [
    ['Dir::Etc::SourceList', list],
    ['Dir::Etc::SourceParts', '/dev/null'],
    ['Dir::State::Lists', join(folder, 'lists')],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const run = (program: string, ...argv: string[]): void => {
    execFileSync(program, argv, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  run('apt-get', ...options, '-q', 'update');
  run('apt-get', ...options, '-q', 'source', '--download-only', 'mosquitto');
  const archive = readdirSync(folder).find((name) => name.includes('.orig.tar.'));
  if (archive === undefined) throw new Error(`apt-get source left no archive in ${folder}`);
  run('tar', '-xf', archive);
  const fetched = found();
  if (fetched === undefined) throw new Error(`${archive} has no ${DATA}`);
  return join(folder, fetched);
}
