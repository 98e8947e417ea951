/** A Debian in which all may be changed: a layer above a folder that stays as it is. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const devices = { null: 3, zero: 5, random: 8, urandom: 9 };
/** Of the machine's own: no version manager's Node, nothing that its user has set. */
const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_OFFLINE: '1' }; // prettier-ignore

function must(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.trim()}`);
}

export class Debian {
  readonly #root: string;
  readonly #mounts: string[] = [];
  readonly version: string;

  /** @param place an empty folder; @param below of a Debian */
  constructor(place: string, below: string) {
    const [layer, root] = [join(place, 'layer'), join(place, 'root')];
    this.#root = root;
    for (const path of [layer, root]) mkdirSync(path);
    this.#mount(layer, '-t', 'tmpfs', '-o', 'size=3g', 'retained-try');
    const [upper, work] = [join(layer, 'upper'), join(layer, 'work')];
    for (const path of [upper, work]) mkdirSync(path);
    this.#mount(root, '-t', 'overlay', '-o', `lowerdir=${below},upperdir=${upper},workdir=${work}`, 'retained-try'); // prettier-ignore
    for (const [name, type] of Object.entries({
      proc: 'proc',
      tmp: 'tmpfs',
      dev: 'tmpfs',
      run: 'tmpfs',
    })) {
      // prettier-ignore
      mkdirSync(join(root, name), { recursive: true });
      this.#mount(join(root, name), '-t', type, 'retained-try');
    }
    for (const [name, minor] of Object.entries(devices))
      must('mknod', '-m', '666', join(root, 'dev', name), 'c', '1', String(minor));
    this.version = readFileSync(join(root, 'etc/debian_version'), 'utf8').trim();
  }

  #mount(at: string, ...args: string[]): void {
    must('mount', ...args, at);
    this.#mounts.unshift(at);
  }

  /** Its path there. */
  bring(file: string, to = `/tmp/${basename(file)}`): string {
    mkdirSync(join(this.#root, to, '..'), { recursive: true });
    copyFileSync(file, join(this.#root, to));
    return to;
  }

  read(path: string): string {
    return readFileSync(join(this.#root, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.#root, path), text);
  }

  /** As root, by `sh`. @throws Error with all that it said */
  run(command: string): string {
    const { status, stdout, stderr } = spawnSync('chroot', [this.#root, 'sh', '-c', command], { encoding: 'utf8', env }); // prettier-ignore
    if (status !== 0) throw new Error(`${command}\nended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  /** The exit code. */
  status(command: string): number {
    return spawnSync('chroot', [this.#root, 'sh', '-c', command], { env, stdio: 'ignore' }).status ?? 1; // prettier-ignore
  }

  /** What systemd would start, as its user and with nothing that the unit does not give. */
  start(user: string, program: string, variables: Record<string, string>): ChildProcess {
    const as = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--no-new-privs', '--bounding-set=-all']; // prettier-ignore
    return spawn('chroot', [this.#root, ...as, 'sh', '-c', `umask 077; exec ${program}`], { env: { PATH: env.PATH, LANG: 'C.UTF-8', ...variables }, stdio: ['ignore', 'pipe', 'pipe'] }); // prettier-ignore
  }

  close(): void {
    for (const at of this.#mounts) spawnSync('umount', ['-l', at]);
  }
}
