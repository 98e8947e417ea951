/**
 * The files that a terminal sees: the broker's own in /etc/mosquitto, which are those of the Files
 * panel; its log, to read; and a home directory and /tmp of the page's own, gone with the page.
 */
import type { BrokerFiles } from '../../../../sandbox/protocol/exercise.ts';
import type { FileSystem } from '../programs/program.ts';

export const brokerHome = '/etc/mosquitto';
export const userHome = '/home/learner';
const logPath = '/var/log/mosquitto/mosquitto.log';

const brokerNames = ['mosquitto.conf', 'passwd', 'acl'] as const;
type BrokerName = (typeof brokerNames)[number];
/** The limit of a request to the room, and more than a person writes. */
const longestFile = 65_536;
const mostFiles = 100;

export interface FilesOfRoom {
  load(): BrokerFiles;
  save(files: BrokerFiles): void;
  /** The broker's log so far, a line each. */
  log(): string;
}

const brokerName = (path: string): BrokerName | undefined =>
  brokerNames.find((name) => path === `${brokerHome}/${name}`);
const isOwn = (path: string): boolean =>
  [userHome, '/tmp'].some(
    (home) => path.startsWith(`${home}/`) && !path.slice(home.length + 1).includes('/'),
  );

export class RoomFiles implements FileSystem {
  readonly #room: FilesOfRoom;
  readonly #own = new Map<string, string>();

  constructor(room: FilesOfRoom) {
    this.#room = room;
  }

  read(path: string): string | undefined {
    const name = brokerName(path);
    if (name) return this.#room.load()[name];
    return path === logPath ? this.#room.log() : this.#own.get(path);
  }

  write(path: string, text: string): string | undefined {
    if (text.length > longestFile) return 'File too large';
    const name = brokerName(path);
    if (name) {
      this.#room.save({ ...this.#room.load(), [name]: text });
      return undefined;
    }
    if (!isOwn(path)) return this.list(path) ? 'Is a directory' : 'Permission denied';
    if (this.#own.size >= mostFiles && !this.#own.has(path)) return 'No space left on device';
    this.#own.set(path, text);
    return undefined;
  }

  list(path: string): string[] | undefined {
    const folder = path === '/' ? '' : path;
    const files = [...this.#own.keys(), ...this.#brokerPaths(), logPath];
    // Directories are there whether or not something is in them.
    const all = [...files, `${userHome}/`, '/tmp/', `${brokerHome}/`];
    const inside = all.filter((each) => each.startsWith(`${folder}/`));
    if (inside.length === 0) return undefined;
    const names = inside.map((each) => each.slice(folder.length + 1).split('/', 1)[0]!);
    return [...new Set(names.filter((name) => name !== ''))].sort();
  }

  #brokerPaths(): string[] {
    const files = this.#room.load();
    return brokerNames
      .filter((name) => files[name] !== undefined)
      .map((name) => `${brokerHome}/${name}`);
  }
}
