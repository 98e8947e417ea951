/** The files that a terminal sees, with the rights of one user. */
import { groupOf, mayUse, type FileMode } from '../../../../sandbox/mosquitto/conf/file-modes.ts';
import type { FileStatus, FileSystem } from '../programs/program.ts';
import type { RoomDisk } from './room-disk.ts';

const [READ, WRITE, ENTER] = [4, 2, 1];
/** Who may write into such a directory removes only what is their own. */
const STICKY = 0o1000;

export class RoomFiles implements FileSystem {
  readonly user: string;
  readonly #disk: RoomDisk;

  constructor(disk: RoomDisk, user = 'root') {
    this.#disk = disk;
    this.user = user;
  }

  as(user: string): FileSystem {
    return new RoomFiles(this.#disk, user);
  }

  read(path: string): string | undefined {
    return this.#may(path, READ) ? this.#disk.text(path) : undefined;
  }

  write(path: string, text: string, bits = 0o644): string | undefined {
    if (this.#disk.list(path)) return 'Is a directory';
    const isNew = this.#disk.text(path) === undefined;
    const may = isNew ? this.#may(parentOf(path), WRITE + ENTER) : this.#may(path, WRITE);
    if (!may) return 'Permission denied';
    const fault = this.#disk.write(path, text);
    if (fault === undefined && isNew)
      this.#disk.setMode(path, { owner: this.user, group: groupOf(this.user), bits });
    return fault;
  }

  list(path: string): string[] | undefined {
    return this.#may(path, READ) ? this.#disk.list(path) : undefined;
  }

  status(path: string): FileStatus | undefined {
    if (!this.#enters(path)) return undefined;
    const text = this.#disk.text(path);
    const isDirectory = text === undefined;
    if (isDirectory && !this.#disk.list(path)) return undefined;
    return {
      ...this.#disk.mode(path),
      isDirectory,
      size: isDirectory ? 4096 : new TextEncoder().encode(text).length,
      modified: this.#disk.modified(path),
    };
  }

  change(path: string, to: Partial<FileMode & { modified: number }>): string | undefined {
    const before = this.#disk.mode(path);
    const { modified, ...mode } = to;
    const gives = mode.owner !== undefined || mode.group !== undefined;
    if (this.user !== 'root' && (gives || before.owner !== this.user)) return 'Operation not permitted';
    if (Object.keys(mode).length > 0) this.#disk.setMode(path, { ...before, ...mode });
    if (modified !== undefined) this.#disk.setModified(path, modified);
    return undefined;
  } // prettier-ignore

  remove(path: string): string | undefined {
    const directory = this.#disk.mode(parentOf(path));
    if (!this.#may(parentOf(path), WRITE + ENTER)) return 'Permission denied';
    const isOwn = [directory.owner, this.#disk.mode(path).owner].includes(this.user);
    if (directory.bits & STICKY && this.user !== 'root' && !isOwn) return 'Operation not permitted';
    return this.#disk.remove(path);
  }

  #may(path: string, wanted: number): boolean {
    return this.#enters(path) && mayUse(this.#disk.mode(path), this.user, wanted);
  }
  /** Whether the user may go through the directories above. */
  #enters(path: string): boolean {
    if (path === '/') return true;
    const above = parentOf(path);
    return this.#enters(above) && mayUse(this.#disk.mode(above), this.user, ENTER);
  }
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
