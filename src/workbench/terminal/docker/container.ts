/** One container of the page's Docker, and how `docker ps` shows it. */
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import type { Mount } from './mounts.ts';
import { portsText, type Published } from './ports.ts';

export interface Container {
  /** 64 digits. */
  id: string;
  name: string;
  /** As it was typed. */
  image: string;
  version: MosquittoVersion;
  command: readonly string[];
  published: readonly Published[];
  network: 'bridge' | 'host';
  mounts: readonly Mount[];
  isRemovedAtEnd: boolean;
  /** Milliseconds since 1970, here and below. */
  created: number;
  state: 'created' | 'running' | 'exited';
  since: number;
  /** Exit status of its process. */
  status: number;
  /** Its process's output, a line each. */
  log: string[];
}

const left = [
  'brave',
  'clever',
  'eager',
  'gentle',
  'happy',
  'keen',
  'quirky',
  'serene',
  'wizardly',
];
const right = [
  'curie',
  'hopper',
  'lovelace',
  'noether',
  'turing',
  'wu',
  'yalow',
  'darwin',
  'euler',
];
const one = (words: readonly string[]): string => words[Math.floor(Math.random() * words.length)]!;
/** As pkg/namesgenerator makes them: an adjective and a scientist. */
export const anyName = (): string => `${one(left)}_${one(right)}`;
export const anyId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(32))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
export const shortId = (id: string): string => id.slice(0, 12);

/** HumanDuration of go-units. */
export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes === 1 ? 'About a minute' : `${minutes} minutes`;
  const hours = Math.floor(minutes / 60 + 0.5);
  return hours === 1 ? 'About an hour' : `${hours} hours`;
}

const statusOf = ({ state, since, status }: Container, now: number): string =>
  state === 'created'
    ? 'Created'
    : state === 'running'
      ? `Up ${duration(now - since)}`
      : `Exited (${status}) ${duration(now - since)} ago`;

/** The table of `docker ps` (cli/command/formatter/container.go). */
export function table(containers: readonly Container[], now: number): string {
  const head = ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES'];
  return columns([
    head,
    ...containers.map((each) => [
      shortId(each.id),
      each.image,
      `"${ellipsis(['/docker-entrypoint.sh', ...each.command].join(' '))}"`,
      `${duration(now - each.created)} ago`,
      statusOf(each, now),
      each.state === 'running' && each.network === 'bridge' ? portsText(each.published) : '',
      each.name,
    ]),
  ]);
}

const ellipsis = (text: string): string => (text.length > 20 ? `${text.slice(0, 19)}…` : text);

/** As tabwriter lays them out: three blanks between, none behind the last. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at]! + 3))).join('');
  return rows.map((row) => `${line(row)}\n`).join('');
}
