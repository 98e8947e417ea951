import { PartGone } from '../store/part-gone.ts';
import { MAX_COMPILE_MS } from './compiled.ts';
import type { Compiled, Sentences } from './compiled.ts';
import type { CompileAnswer, CompileRequest } from './compile-messages.ts';

interface Waiting {
  request: CompileRequest;
  resolve(compiled: Compiled): void;
  reject(error: Error): void;
}

/** The TypeScript worker without Monaco. Starts with the first file, or with `warm`. */
export class CompileWorker {
  #url: string;
  #language: 'en' | 'zh-tw';
  #sentences: Sentences;
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #limit: ReturnType<typeof setTimeout> | undefined;
  /** The request that is being compiled. */
  #busy: number | undefined;
  #id = 0;

  constructor(url: string, language: 'en' | 'zh-tw', sentences: Sentences) {
    this.#url = url;
    this.#language = language;
    this.#sentences = sentences;
  }

  /** The first file of a fresh compiler takes half a second: let it not be the learner's. */
  async warm(): Promise<void> {
    await this.compile('warm.ts', `import mqtt from 'mqtt';\nmqtt.connect();\n`);
  }

  compile(file: string, text: string): Promise<Compiled> {
    this.#supersede(file, text);
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#id;
    const request: CompileRequest = {
      type: 'retained:compile',
      ...{ id, file, text },
      sentences: this.#sentences,
      language: this.#language,
    };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { request, resolve, reject });
      worker.postMessage(request);
    });
  }

  /** A text that is no longer the file's does not keep its successor waiting. */
  #supersede(file: string, text: string): void {
    const busy = this.#busy === undefined ? undefined : this.#waiting.get(this.#busy);
    if (busy?.request.file === file && busy.request.text !== text) this.#giveUp(busy.request.id);
  }

  dispose(): void {
    clearTimeout(this.#limit);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#fail(new Error('disposed'));
  }

  #start(): Worker {
    const worker = new Worker(this.#url, { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<CompileAnswer>) => {
      clearTimeout(this.#limit);
      this.#busy = data.compiled ? undefined : data.id;
      if (!data.compiled) {
        this.#limit = setTimeout(() => this.#giveUp(data.id), MAX_COMPILE_MS);
        return;
      }
      this.#waiting.get(data.id)?.resolve(data.compiled);
      this.#waiting.delete(data.id);
    };
    worker.onerror = (event) => {
      clearTimeout(this.#limit);
      this.#busy = undefined;
      this.#worker = undefined;
      // A script that can't be loaded is an event without a message.
      this.#fail(event.message ? new Error(event.message) : new PartGone(this.#url));
    };
    return worker;
  }

  /** Ends the worker: it receives no messages while it compiles. The next one gets what waits behind. */
  #giveUp(id: number): void {
    clearTimeout(this.#limit);
    this.#busy = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
    const slow = this.#waiting.get(id);
    this.#waiting.delete(id);
    const message = this.#sentences.tooSlow;
    const { file = '' } = slow?.request ?? {};
    slow?.resolve({ problems: [{ file, line: 1, column: 1, message }] });
    if (this.#waiting.size === 0) return;
    const worker = (this.#worker = this.#start());
    for (const { request } of this.#waiting.values()) worker.postMessage(request);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
