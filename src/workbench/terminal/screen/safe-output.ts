/**
 * Programs' output for a terminal: a message may hold any bytes, and some are control sequences.
 * Colours pass (`-F '\\e[31m%p'`), as far as the end of their line: a message must not hide later
 * output. Every other control character is shown as its picture.
 */
export class SafeOutput {
  readonly #decoder = new TextDecoder();
  #coloured = false;

  text(chunk: string | Uint8Array): string {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true });

    return text.replace(/\x1b\[[\d;]{0,32}m|[\x00-\x08\x0a\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (found) => {
      if (found.length > 1) return this.#colour(found);
      const code = found.charCodeAt(0);
      if (code === 7) return '';
      if (code === 10) return `${this.end()}\n`;
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return code === 0x7f ? '␡' : '�';
    }); // prettier-ignore
  }

  /** The sequence that resets active colours; empty if none is active. */
  end(): string {
    const reset = this.#coloured ? '\x1b[0m' : '';
    this.#coloured = false;
    return reset;
  }

  /** Without SGR 8, "concealed"; 38 and 48 are followed by a colour's own numbers. */
  #colour(sequence: string): string {
    const codes = sequence.slice(2, -1).split(';').map(Number);
    const kept: number[] = [];
    for (let at = 0; at < codes.length; at += 1) {
      const code = codes[at]!;
      const length = code === 38 || code === 48 ? (codes[at + 1] === 5 ? 3 : 5) : 1;
      if (code !== 8) kept.push(...codes.slice(at, at + length));
      at += length - 1;
    }
    if (kept.length === 0) return '';
    this.#coloured = true;
    return `\x1b[${kept.join(';')}m`;
  }
}
