/**
 * What is on the disk of the terminal's machine, whoever asks: the broker's files, which are those of the Files
 * panel with their owners and modes; its log; and a home directory and /tmp of the page's own, gone with the page.
 */
import { modeOf, type FileMode } from '../../../../sandbox/mosquitto/conf/file-modes.ts';
import {
  brokerFileNames,
  type BrokerFileName,
  type BrokerFiles,
  type FileModes,
} from '../../../../sandbox/protocol/exercise.ts';

import { resolvePath, type FileSystem } from '../programs/program.ts';

export const brokerHome = '/etc/mosquitto';
export const userHome = '/home/learner';
const logPath = '/var/log/mosquitto/mosquitto.log';

/** The limit of a request to the room, and more than a person writes. */
const longestFile = 65_536;
const mostFiles = 100;

export interface FilesOfRoom {
  load(): BrokerFiles;
  save(files: BrokerFiles): void;
  /** The broker's log so far, a line each. */
  log(): string;
}

const rootOwned = (bits: number): FileMode => ({ owner: 'root', group: 'root', bits });
const directories: Readonly<Record<string, FileMode>> = {
  '/tmp': rootOwned(0o1777),
  [userHome]: { owner: 'learner', group: 'learner', bits: 0o755 },
  '/var/log/mosquitto': { owner: 'mosquitto', group: 'root', bits: 0o755 },
};
const privateLog: FileMode = { owner: 'mosquitto', group: 'mosquitto', bits: 0o600 };

export class RoomDisk {
  readonly #room: FilesOfRoom;
  /** Directories in which a file may have any name. */
  readonly #homes: readonly string[];
  readonly #own = new Map<string, string>();
  /** Those that the page does not keep. */
  readonly #modes = new Map<string, FileMode>();
  readonly #seen = new Map<string, { text: string; at: number }>();

  constructor(room: FilesOfRoom, homes: readonly string[] = [userHome, '/tmp']) {
    this.#room = room;
    this.#homes = homes;
    this.look();
  }

  text(path: string): string | undefined {
    const name = brokerName(path);
    if (name) return this.#room.load()[name];
    return path === logPath ? this.#room.log() : this.#own.get(path);
  }

  /** @returns the message of strerror(3), if it was not written */
  write(path: string, text: string): string | undefined {
    if (text.length > longestFile) return 'File too large';
    const name = brokerName(path);
    if (name) this.#room.save({ ...this.#room.load(), [name]: text });
    else if (!this.#isOwn(path)) return 'Permission denied';
    else if (this.#own.size >= mostFiles && !this.#own.has(path)) return 'No space left on device';
    else this.#own.set(path, text);
    this.look();
    return undefined;
  }

  /** @returns why not */
  remove(path: string): string | undefined {
    const name = brokerName(path);
    if (!name && !this.#own.delete(path)) return 'Operation not permitted';
    if (name) {
      const { [name]: _text, modes, ...files } = this.#room.load();
      this.#save(files, { ...modes, [name]: undefined });
    }
    this.#modes.delete(path);
    this.#seen.delete(path);
    return undefined;
  }

  mode(path: string): FileMode {
    if (path === brokerHome) return modeOf(this.#room.load().modes, '.');
    const name = brokerName(path);
    if (name) return modeOf(this.#room.load().modes, name);
    return (
      this.#modes.get(path) ??
      (path === logPath ? privateLog : (directories[path] ?? rootOwned(this.#isFile(path) ? 0o644 : 0o755))) // prettier-ignore
    );
  }

  setMode(path: string, mode: FileMode): void {
    const name = path === brokerHome ? '.' : brokerName(path);
    if (!name) return void this.#modes.set(path, mode);
    const { modes, ...files } = this.#room.load();
    this.#save(files, { ...modes, [name]: textOfMode(mode) });
  }

  /** When a file's text was last seen to be another one: milliseconds since 1970. */
  modified(path: string): number {
    this.look();
    return this.#seen.get(path)?.at ?? this.#seen.get(logPath)!.at;
  }
  setModified(path: string, at: number): void {
    const text = this.text(path);
    if (text !== undefined) this.#seen.set(path, { text, at });
  }

  /** Notes which files have changed by now. */
  look(): void {
    const at = Date.now();
    for (const path of this.#files()) {
      const text = this.text(path) ?? '';
      if (this.#seen.get(path)?.text !== text) this.#seen.set(path, { text, at });
    }
  }

  /** Names in a directory, sorted; undefined if there is no such directory. */
  list(path: string): string[] | undefined {
    const folder = path === '/' ? '' : path;
    // Directories are there whether or not something is in them.
    const all = [...this.#files(), ...[...this.#homes, brokerHome].map((each) => `${each}/`)];
    const inside = all.filter((each) => each.startsWith(`${folder}/`));
    if (inside.length === 0) return undefined;
    const names = inside.map((each) => each.slice(folder.length + 1).split('/', 1)[0]!);
    return [...new Set(names.filter((name) => name !== ''))].sort();
  }

  /** What is usual is not kept: then the files are the exercise's own again. */
  #save(files: BrokerFiles, all: { [name in keyof FileModes]?: string | undefined }): void {
    const modes: FileModes = {};
    for (const name of ['.', ...brokerFileNames] as const) {
      const mode = all[name];
      if (mode !== undefined && mode !== textOfMode(modeOf(undefined, name))) modes[name] = mode;
    }
    this.#room.save(Object.keys(modes).length > 0 ? { ...files, modes } : files);
  }

  #files(): string[] {
    const files = this.#room.load();
    const brokers = brokerFileNames.filter((name) => files[name] !== undefined);
    return [...this.#own.keys(), ...brokers.map((name) => `${brokerHome}/${name}`), logPath];
  }
  #isFile = (path: string): boolean => this.text(path) !== undefined;
  #isOwn = (path: string): boolean =>
    this.#homes.some(
      (home) => path.startsWith(`${home}/`) && !path.slice(home.length + 1).includes('/'),
    );
}

const brokerName = (path: string): BrokerFileName | undefined =>
  brokerFileNames.find((name) => path === `${brokerHome}/${name}`);

/** The owners and modes of the broker's files, which are not the usual ones. */
export function modesIn(files: FileSystem): FileModes {
  const modes: FileModes = {};
  for (const name of ['.', ...brokerFileNames] as const) {
    const status = files.status(resolvePath(brokerHome, name));
    const mode = status && textOfMode(status);
    if (mode !== undefined && mode !== textOfMode(modeOf(undefined, name))) modes[name] = mode;
  }
  return modes;
}

const textOfMode = ({ owner, group, bits }: FileMode): string =>
  `${owner}:${group} ${bits.toString(8)}`;
