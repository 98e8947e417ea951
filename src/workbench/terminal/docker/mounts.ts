/** What a container sees of files: those of its image, and over them what is mounted. */
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import { resolvePath, type FileStatus, type FileSystem } from '../programs/program.ts';
import { imageFiles, imageFolders } from './image.ts';
import { badVolumeName, directoryOntoFile, ofDaemonInRun, ofRun } from './words.ts';

export interface Mount {
  /** A path of the machine; undefined: a volume, with what the image has at its place. */
  source: string | undefined;
  target: string;
  isReadOnly: boolean;
}

/** A `-v`. Throws a DockerError. */
export function mountOf(spec: string, cwd: string): Mount {
  const parts = spec.split(':');
  if (spec === '') throw ofRun('invalid empty volume spec');
  if (parts.includes('')) throw ofRun(`invalid spec: ${spec}: empty section between colons`);
  if (parts.length > 3) throw ofDaemonInRun(`invalid volume specification: '${spec}'`);
  const [source = '', target = '', mode] = parts;
  if (parts.length === 1) return { source: undefined, target: source, isReadOnly: false };
  if (!target.startsWith('/'))
    throw ofDaemonInRun(
      `invalid volume specification: '${spec}': invalid mount config for type "${source.startsWith('/') ? 'bind' : 'volume'}": invalid mount path: '${target}' mount path must be absolute`,
    );
  if (mode !== undefined && !/^(?:ro|rw|z|Z)(?:,(?:ro|rw|z|Z))*$/.test(mode))
    throw ofDaemonInRun(`invalid mode: ${mode}`);
  const isReadOnly = mode?.split(',').includes('ro') === true;
  const to = resolvePath('/', target);
  if (/^(?:\/|\.\.?(?:\/|$))/.test(source))
    return { source: resolvePath(cwd, source), target: to, isReadOnly };
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(source)) throw ofDaemonInRun(badVolumeName(source));
  return { source: undefined, target: to, isReadOnly };
}

export class ContainerFiles implements FileSystem {
  readonly user = 'root';
  readonly #machine: FileSystem;
  readonly #mounts: readonly Mount[];
  readonly #image: ReadonlyMap<string, string>;
  /** Directories of the machine that Docker made, because nothing was there to be mounted. */
  readonly #made: ReadonlySet<string>;

  constructor(
    machine: FileSystem,
    version: MosquittoVersion,
    mounts: readonly Mount[],
    made: ReadonlySet<string>,
  ) {
    this.#machine = machine;
    this.#image = imageFiles(version);
    // The longest path wins.
    this.#mounts = [...mounts].sort((a, b) => b.target.length - a.target.length);
    this.#made = made;
  }

  /** Why it can't be started with these mounts. */
  get fault(): string | undefined {
    for (const { source, target } of this.#mounts) {
      const isFile = source !== undefined && this.#machine.read(source) !== undefined;
      const from = source ?? `/var/lib/docker/volumes/${target}`;
      if (isFile ? imageFolders.includes(target) : this.#image.has(target))
        return directoryOntoFile(from, target);
    }
    return undefined;
  }

  read(path: string): string | undefined {
    const on = this.#outside(path);
    return on === undefined ? this.#image.get(path) : this.#machine.read(on);
  }

  write(path: string, text: string, bits?: number): string | undefined {
    return this.#outsideOr(path, (on) => this.#machine.write(on, text, bits));
  }

  list(path: string): string[] | undefined {
    const on = this.#outside(path);
    if (on !== undefined) return this.#made.has(on) ? [] : this.#machine.list(on);
    const below = (each: string): string[] =>
      each.startsWith(path === '/' ? '/' : `${path}/`)
        ? [each.slice(path === '/' ? 1 : path.length + 1).split('/', 1)[0]!]
        : [];
    const files = [...this.#image.keys()].filter((each) => this.#outside(each) === undefined);
    const names = [...files, ...imageFolders, ...this.#mounts.map(({ target }) => target)].flatMap(
      below,
    );
    return names.length > 0 || imageFolders.includes(path) ? [...new Set(names)].sort() : undefined;
  }

  as(): FileSystem {
    return this;
  }

  status(path: string): FileStatus | undefined {
    const on = this.#outside(path);
    if (on !== undefined && !this.#made.has(on)) return this.#machine.status(on);
    const text = this.read(path);
    const isDirectory = this.list(path) !== undefined;
    if (text === undefined && !isDirectory) return undefined;
    return {
      ...{ isDirectory, owner: 'mosquitto', group: 'mosquitto', bits: isDirectory ? 0o755 : 0o644 },
      ...{ size: text?.length ?? 4096, modified: 0 },
    };
  }

  change(path: string, to: Parameters<FileSystem['change']>[1]): string | undefined {
    return this.#outsideOr(path, (on) => this.#machine.change(on, to));
  }
  remove(path: string): string | undefined {
    return this.#outsideOr(path, (on) => this.#machine.remove(on));
  }

  /** What the image has of its own is gone with the container: nothing here changes it. */
  #outsideOr(path: string, work: (on: string) => string | undefined): string | undefined {
    if (this.#mountOf(path)?.isReadOnly) return 'Read-only file system';
    const on = this.#outside(path);
    return on === undefined ? 'Permission denied' : work(on);
  }

  #mountOf(path: string): Mount | undefined {
    return this.#mounts.find(({ target }) => path === target || path.startsWith(`${target}/`));
  }

  /** The path on the machine of what is mounted there; undefined: the image's own. */
  #outside(path: string): string | undefined {
    const mount = this.#mountOf(path);
    return mount?.source === undefined ? undefined : mount.source + path.slice(mount.target.length);
  }
}
