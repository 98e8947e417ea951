/** One terminal without its screen: keys in, text out, a shell between. */
import { Pipe } from '../programs/streams.ts';
import { Shell } from '../shell/shell.ts';
import { common, complete } from './completion.ts';
import { keysOf, LineEditor, type KeyInput } from './line-editor.ts';
import { SafeOutput } from './safe-output.ts';
import type { TerminalOptions } from './terminal-options.ts';

const [prompt, morePrompt] = ['$ ', '> '];
/** A paste of more is cut. */
const longestInput = 16_384;
/** A password: input that is not echoed. */
type Secret = { text: string; answer(text: string | null): void };
interface Foreground {
  interrupt: AbortController;
  stdin: Pipe;
  secret?: Secret;
}

export class TerminalSession {
  readonly #options: TerminalOptions;
  readonly #editor = new LineEditor();
  #running: Foreground | undefined;
  /** Lines that wait for their end: a quote is open, or the line ended in a pipe. */
  #before = '';
  /** Index in the history; its length for the line being typed. */
  #place = 0;
  #draft = '';
  #started = false;
  #disposed = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return !!this.#running;
  }
  /** Whether Tab has something to complete; else it may leave the terminal. */
  get hasText(): boolean {
    return this.#editor.text !== '' || this.busy;
  }

  start(greeting: string): void {
    this.#started = true;
    this.#options.write(greeting);
    this.#prompt();
  }

  input(data: string): void {
    for (const typed of keysOf(data.slice(0, longestInput))) this.#key(typed);
  }

  /** Runs a line as if it had been typed. */
  enter(line: string): void {
    if (this.busy) return;
    this.#editor.set(line);
    this.#key({ key: 'enter' });
  }
  redraw(): void {
    if (this.#started && !this.busy && !this.#disposed) this.#render();
  }
  dispose(): void {
    this.#disposed = true;
    this.#running?.interrupt.abort();
  }

  #key(typed: KeyInput): void {
    const running = this.#running;
    if (running?.secret) return this.#secretKey(typed, running.secret, running);
    if (running) return this.#programKey(typed, running);
    switch (typed.key) {
      case 'enter':
        return this.#entered();
      case 'interrupt':
        this.#options.write('^C\r\n');
        this.#before = '';
        return this.#prompt();
      case 'clear':
        this.#options.write('\x1b[2J\x1b[3J\x1b[H');
        this.#editor.begin();
        return this.#render();
      case 'end-of-file':
        return;
      case 'tab':
        return this.#complete();
      case 'up':
        return this.#recall(-1);
      case 'down':
        return this.#recall(1);
      default:
        if (this.#editor.edit(typed)) this.#render();
    }
  }

  /** Line by line and echoed, as a terminal in its usual mode gives it to a program. */
  #programKey(typed: KeyInput, running: Foreground): void {
    if (typed.key === 'interrupt') {
      this.#options.write('^C\r\n');
      running.interrupt.abort();
      running.stdin.takeUnread();
      running.stdin.end();
      this.#editor.begin();
      return;
    }
    if (typed.key === 'enter') {
      this.#options.write('\r\n');
      running.stdin.write(`${this.#editor.text}\n`);
      if (!running.stdin.isRead) this.#options.onWaiting?.(this.#editor.text);
      return this.#editor.begin();
    }
    if (typed.key === 'end-of-file') {
      if (this.#editor.text === '') running.stdin.end();
      return;
    }
    if (typed.key === 'text' || typed.key === 'backspace' || typed.key === 'kill-left') {
      this.#editor.edit(typed);
      this.#options.write(this.#editor.renderAll('', this.#options.columns()));
    }
  }

  #secretKey(typed: KeyInput, secret: Secret, running: Foreground): void {
    if (typed.key === 'text') secret.text += typed.text;
    else if (typed.key === 'backspace') secret.text = secret.text.slice(0, -1);
    else if (typed.key === 'enter' || typed.key === 'interrupt') {
      delete running.secret;
      this.#options.write('\r\n');
      if (typed.key === 'interrupt') running.interrupt.abort();
      secret.answer(typed.key === 'enter' ? secret.text : null);
    }
  }

  #entered(): void {
    this.#editor.edit({ key: 'end' });
    this.#render();
    this.#options.write('\r\n');
    const line = this.#editor.text;
    const text = this.#before.endsWith('\\\n')
      ? this.#before.slice(0, -2) + line
      : this.#before + line;
    if (text.trim() !== '' && Shell.isUnfinished(text)) {
      this.#before = `${text}\n`;
      return this.#prompt();
    }
    this.#before = '';
    if (text.trim() === '') return this.#prompt();
    this.#options.history.add(text);
    void this.#run(text);
  }

  async #run(text: string): Promise<void> {
    const running: Foreground = { interrupt: new AbortController(), stdin: new Pipe() };
    this.#running = running;
    this.#editor.begin();
    let column = 0;
    const outputs: SafeOutput[] = [];
    const output = () => {
      const safe = new SafeOutput();
      outputs.push(safe);
      return {
        write: (chunk: string | Uint8Array): void => {
          if (this.#disposed) return;
          const shown = safe.text(chunk);
          if (shown !== '') column = shown.endsWith('\n') ? 0 : 1;
          this.#options.write(shown.replace(/\r?\n/g, '\r\n'));
        },
      };
    };
    const stderr = output();
    const streams = {
      stdin: running.stdin,
      stdout: output(),
      stderr,
      signal: running.interrupt.signal,
      askSecret: (question: string) =>
        new Promise<string | null>((answer) => {
          this.#options.write(question);
          running.secret = { text: '', answer };
        }),
    };
    // A program that throws has ended, too: the terminal is free for the next one.
    const status = await this.#options.shell.run(text, streams).catch((error: unknown) => {
      stderr.write(`sh: ${String(error)}\n`);
      // The other programs of the pipe would wait for ever.
      running.interrupt.abort();
      return 1;
    });
    this.#options.onEnd?.(text, status);
    this.#running = undefined;
    if (this.#disposed) return;
    this.#options.write(outputs.map((safe) => safe.end()).join(''));
    if (column > 0) this.#options.write('\r\n');
    const ahead = new TextDecoder().decode(running.stdin.takeUnread()) + this.#editor.text;
    this.#prompt();
    this.#options.onIdle?.();
    // What the program has not read is for the shell.
    if (ahead !== '') this.input(ahead.replaceAll('\n', '\r'));
  }

  #prompt(): void {
    this.#editor.begin();
    this.#place = this.#options.history.lines.length;
    this.#draft = '';
    this.#render();
  }
  #render(): void {
    const { columns, write } = this.#options;
    write(this.#editor.render(this.#before === '' ? prompt : morePrompt, columns()));
  }

  #recall(step: -1 | 1): void {
    const { lines } = this.#options.history;
    const next = this.#place + step;
    if (next < 0 || next > lines.length) return;
    if (this.#place === lines.length) this.#draft = this.#editor.text;
    this.#place = next;
    this.#editor.set(lines[next] ?? this.#draft);
    this.#render();
  }

  #complete(): void {
    const { text, cursor } = this.#editor;
    const { shell, commands } = this.#options;
    const { from, candidates } = complete(text.slice(0, cursor), {
      commands,
      files: shell.files,
      cwd: shell.cwd,
    });
    const [only] = candidates;
    if (only === undefined) return;
    const found =
      candidates.length === 1 ? (only.endsWith('/') ? only : `${only} `) : common(candidates);
    if (found.length > cursor - from) {
      this.#editor.set(text.slice(0, from) + found + text.slice(cursor), from + found.length);
      return this.#render();
    }
    this.#options.write(`\r\n${candidates.slice(0, 60).join('  ')}\r\n`);
    const at = this.#editor.cursor;
    this.#editor.begin();
    this.#editor.set(text, at);
    this.#render();
  }
}
