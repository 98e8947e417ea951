/** One code block as a process, as a reader would run it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pahoPython } from '../../test/paho.ts';
import type { TestMachine } from './test-machine.ts';

/** Far longer than a command of a lesson takes. */
const PATIENCE_MS = 30_000;

const SHELLS = ['sh', 'bash', 'shell', 'console'];
const PYTHON = ['py', 'python'];
export const isPython = (language: string): boolean => PYTHON.includes(language);
const NODE = ['js', 'javascript', 'ts', 'typescript'];

/** Undefined for a language that isn't run. */
export function interpreterCommand(language: string, file: string): string[] | undefined {
  // Into a pipe their output would come only at their end.
  if (SHELLS.includes(language))
    return ['stdbuf', '-oL', language === 'bash' ? 'bash' : 'sh', file];
  if (isPython(language)) return [pahoPython() ?? '/usr/bin/python3', file];
  if (NODE.includes(language)) return [process.execPath, file];
  return undefined;
}

export class RunningBlock {
  output = '';
  /** Its exit status; -1 if it was stopped or could not start. */
  readonly ended: Promise<number>;
  readonly #child: ChildProcess;
  #waiting: (() => void)[] = [];
  #over = false;

  constructor(
    place: TestMachine,
    { language, text, at }: { language: string; text: string; at: number },
  ) {
    const isNode = NODE.includes(language);
    const file = join(place.home, `block-${at}.${isNode ? 'mts' : language}`);
    writeFileSync(file, `${place.moved(text)}\n`);
    // Errors and output go into one pipe, as into a terminal: two would be read in any order.
    const command = ['-c', 'exec "$@" 2>&1', 'sh', ...interpreterCommand(language, file)!];
    this.#child = spawn('sh', command, {
      cwd: place.home,
      env: place.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.output += place.back(text);
      this.#wake();
    });
    const last = setTimeout(() => this.stop('SIGKILL'), PATIENCE_MS);
    this.ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.output += error.message;
        resolve(-1);
      });
      this.#child.once('close', (code) => {
        clearTimeout(last);
        this.#over = true;
        this.#wake();
        resolve(code ?? -1);
      });
    });
  }

  #wake(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  /** Resolves with true once its output is so, with false if it ended before. */
  async until(holds: (output: string) => boolean): Promise<boolean> {
    while (!holds(this.output)) {
      if (this.#over) return false;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return true;
  }

  /** The whole group: also what a shell has started. */
  stop(by: NodeJS.Signals = 'SIGINT'): void {
    if (this.#over || this.#child.pid === undefined) return;
    process.kill(-this.#child.pid, by);
  }
}
