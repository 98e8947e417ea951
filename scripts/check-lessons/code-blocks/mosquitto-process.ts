/** Debian's mosquitto with the files of a page, started again as often as they change. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { which } from '../../test/system.ts';
import type { TestMachine } from './test-machine.ts';

const PORT_LINE = /^\s*(?:listener|port)\s+(\d+)/gm;

export class MosquittoProcess {
  readonly #place: TestMachine;
  #child: ChildProcess | undefined;
  /** What it has logged since it started last, without times. */
  #log = '';
  #waiting: (() => void)[] = [];
  /** A file has changed since it started. */
  dirty = true;

  constructor(place: TestMachine) {
    this.#place = place;
  }

  /** `name` is a path below `/etc/mosquitto`. */
  async write(name: string, text: string): Promise<void> {
    for (const [, port] of text.matchAll(PORT_LINE)) await this.#place.port(Number(port));
    const path = join(this.#place.etc, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
    writeFileSync(path, `${this.#place.moved(text)}\n`, { mode: 0o644 });
    this.dirty = true;
  }

  /** @returns whether it runs, and its log of the start */
  async start(): Promise<{ running: boolean; said: string }> {
    // As systemd stops it: it saves what it has.
    await this.stop('SIGTERM');
    this.dirty = false;
    const conf = join(this.#place.etc, 'mosquitto.conf');
    const given = existsSync(conf) ? readFileSync(conf, 'utf8') : undefined;
    const args = given === undefined ? [] : ['-c', conf];
    // Without a listener Mosquitto takes 1883, which isn't ours to take.
    if (!new RegExp(PORT_LINE).test(given ?? '')) {
      args.push('-p', String(await this.#place.port(1883)));
    }
    this.#log = '';
    const child = spawn(which('mosquitto') ?? 'mosquitto', ['-v', ...args], {
      cwd: this.#place.home,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#log += this.#place.back(text.replaceAll(/^\d{10}: /gm, ''));
        for (const look of this.#waiting.splice(0)) look();
      });
    }
    const running = await new Promise<boolean>((resolve) => {
      child.once('error', () => resolve(false));
      child.once('close', () => resolve(false));
      void this.logged(/mosquitto version \S+ running/).then(() => resolve(true));
    });
    return { running, said: this.#log };
  }

  /** As systemd reloads it: it reads its files again, and keeps the connections that they allow. */
  async reload(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const words = /Reloading config/;
    const before = this.count(words);
    child.kill('SIGHUP');
    await this.logged(words, before + 1);
  }

  /** Resolves once its log holds the words `times` times. */
  async logged(words: RegExp, times = 1): Promise<void> {
    while ((this.#log.match(new RegExp(words, 'g'))?.length ?? 0) < times) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
  count(words: RegExp): number {
    return this.#log.match(new RegExp(words, 'g'))?.length ?? 0;
  }

  async stop(by: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(by);
    await ended;
  }
}
