/**
 * Programs' output for a terminal: a message may hold any bytes, and a terminal obeys some of them.
 * Colours pass (`-F '\e[31m%p'`); every other control character is shown as its picture.
 */
export class SafeOutput {
  readonly #decoder = new TextDecoder();

  text(chunk: string | Uint8Array): string {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true });

    return text.replace(/\x1b\[[\d;]{0,32}m|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (found) => {
      if (found.length > 1) return found;
      const code = found.charCodeAt(0);
      if (code === 7) return '';
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return code === 0x7f ? '␡' : '�';
    }); // prettier-ignore
  }
}
