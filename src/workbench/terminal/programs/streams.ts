import type { Input, Output } from './program.ts';

/** More than this and the oldest is forgotten: a pipe whose reader has gone must not fill the page. */
const mostWaiting = 1_000_000;

/** One program's output as another's input; also typed input. */
export class Pipe implements Input, Output {
  #chunks: Uint8Array[] = [];
  #size = 0;
  #ended = false;
  #isRead = false;
  #wake: (() => void) | undefined;
  readonly #encoder = new TextEncoder();

  write(chunk: string | Uint8Array): void {
    if (this.#ended) return;
    const bytes = typeof chunk === 'string' ? this.#encoder.encode(chunk) : chunk;
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    while (this.#size > mostWaiting && this.#chunks.length > 1) {
      this.#size -= this.#chunks.shift()!.length;
    }
    this.#wake?.();
  }
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }
  /** Somebody has asked for it: what is written is not only kept. */
  get isRead(): boolean {
    return this.#isRead;
  }
  /** What nobody has read; it is gone then. */
  takeUnread(): Uint8Array {
    const left = concat(this.#chunks);
    this.#chunks = [];
    this.#size = 0;
    return left;
  }
  async read(): Promise<Uint8Array | null> {
    this.#isRead = true;
    while (this.#chunks.length === 0) {
      if (this.#ended) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const chunk = this.#chunks.shift()!;
    this.#size -= chunk.length;
    return chunk;
  }
}

export const noInput: Input = { read: () => Promise.resolve(null) };

/** All of an input. */
export async function readAll(input: Input): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let chunk = await input.read(); chunk; chunk = await input.read()) chunks.push(chunk);
  return concat(chunks);
}

/** Line by line, without the newline; the last one also if it has none. */
export async function* linesOf(input: Input): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  for (let chunk = await input.read(); chunk; chunk = await input.read()) {
    let text = rest.length > 0 ? concat([rest, chunk]) : chunk;
    for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10)) {
      yield text.subarray(0, at);
      text = text.subarray(at + 1);
    }
    rest = text.slice();
  }
  if (rest.length > 0) yield rest;
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
