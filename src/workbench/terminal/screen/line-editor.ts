/** The line being typed: keys in, edits out, and the escape sequences that show it. Knows no xterm. */

/** Columns that a character takes; an approximation of wcwidth(3) good for what people type. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

export type KeyInput =
  | { key: 'text'; text: string }
  | { key: 'enter' | 'interrupt' | 'end-of-file' | 'tab' | 'up' | 'down' | 'clear' }
  | { key: 'left' | 'right' | 'word-left' | 'word-right' | 'home' | 'end' }
  | { key: 'backspace' | 'delete' | 'kill-word' | 'kill-left' | 'kill-right' };
type Key = KeyInput['key'];

const controls: Record<string, Key> = {
  '\r': 'enter',
  '\n': 'enter',
  '\x01': 'home',
  '\x02': 'left',
  '\x03': 'interrupt',
  '\x04': 'end-of-file',
  '\x05': 'end',
  '\x06': 'right',
  '\x08': 'backspace',
  '\t': 'tab',
  '\x0b': 'kill-right',
  '\x0c': 'clear',
  '\x0e': 'down',
  '\x10': 'up',
  '\x15': 'kill-left',
  '\x17': 'kill-word',
  '\x7f': 'backspace',
};
/**
 * The sequences that xterm sends after ESC (ctlseqs: cursor keys in both modes, with Ctrl, and Alt
 * with a letter).
 */
const sequences: Record<string, Key> = {
  '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left',
  'OA': 'up', 'OB': 'down', 'OC': 'right', 'OD': 'left',
  '[H': 'home', '[F': 'end', 'OH': 'home', 'OF': 'end', '[1~': 'home', '[4~': 'end', '[3~': 'delete',
  '[1;5C': 'word-right', '[1;5D': 'word-left', '[1;3C': 'word-right', '[1;3D': 'word-left',
  'f': 'word-right', 'b': 'word-left', '\x7f': 'kill-word',
}; // prettier-ignore

/** The terminal's input → keys; an unknown sequence is dropped. */
export function* keysOf(data: string): Generator<KeyInput> {
  const parts =
    data.match(/\x1b(?:\[[\d;]*[@-~]|O[A-Z]|[^[O])?|[\x00-\x1a\x1c-\x1f\x7f]|[^\x00-\x1f\x7f]+/g) ??
    [];
  for (const part of parts.join('\0').replaceAll('\r\0\n', '\r').split('\0')) {
    if (part.startsWith('\x1b')) {
      const key = sequences[part.slice(1)];
      if (key) yield { key } as KeyInput;
    } else if (part in controls) yield { key: controls[part]! } as KeyInput;
    else if (part >= ' ') yield { key: 'text', text: part };
  }
}

export class LineEditor {
  text = '';
  /** Index in `text`, between two characters. */
  cursor = 0;
  /** The row, below that of the prompt, in which the cursor was last shown. */
  #row = 0;
  /** What stands on the screen with the cursor at its end; undefined if something else may stand there. */
  #shown: { prompt: string; text: string; columns: number } | undefined;

  set(text: string, cursor = text.length): void {
    this.text = text;
    this.cursor = cursor;
  }
  /** The next line is shown from where the cursor is. */
  begin(): void {
    this.set('');
    this.#row = 0;
    this.#shown = undefined;
  }

  /** Whether the key was an edit. */
  edit(typed: KeyInput): boolean {
    const { text, cursor } = this;
    const left = text.slice(0, cursor);
    const right = text.slice(cursor);
    switch (typed.key) {
      case 'text':
        this.set(left + typed.text + right, cursor + typed.text.length);
        return true;
      case 'left':
        this.cursor -= last(left).length;
        return true;
      case 'right':
        this.cursor += first(right).length;
        return true;
      case 'word-left':
        this.cursor = left.replace(/\S*\s*$/, '').length;
        return true;
      case 'word-right':
        this.cursor += /^\s*\S*/.exec(right)![0].length;
        return true;
      case 'home':
        this.cursor = 0;
        return true;
      case 'end':
        this.cursor = text.length;
        return true;
      case 'backspace': {
        const kept = left.slice(0, left.length - last(left).length);
        this.set(kept + right, kept.length);
        return true;
      }
      case 'delete':
        this.set(left + right.slice(first(right).length), cursor);
        return true;
      case 'kill-word': {
        const kept = left.replace(/\S+\s*$/, '');
        this.set(kept + right, kept.length);
        return true;
      }
      case 'kill-left':
        this.set(right, 0);
        return true;
      case 'kill-right':
        this.set(left);
        return true;
      default:
        return false;
    }
  }

  /**
   * Shows the prompt and the line with the cursor in its place. What is typed at the end is written alone:
   * a screen reader reads all that is written, and not the whole line for each key.
   */
  render(prompt: string, columns: number): string {
    const before = this.#shown;
    const isAtEnd = this.cursor === this.text.length;
    this.#shown = isAtEnd ? { prompt, text: this.text, columns } : undefined;
    if (before && isAtEnd && before.prompt === prompt && before.columns === columns) {
      const added = addedAtEnd(before.text, this.text);
      const end = widthOf(prompt) + widthOf(this.text);
      if (added !== undefined && Math.floor(end / columns) === this.#row) return added;
    }
    return this.renderAll(prompt, columns);
  }
  /** The same, whatever else was written since: a running program writes, too. */
  renderAll(prompt: string, columns: number): string {
    const up = this.#row > 0 ? `\x1b[${this.#row}A` : '';
    const shown = this.text.replaceAll('\n', '⏎');
    const width = Math.max(1, columns);
    const end = widthOf(prompt) + widthOf(shown);
    const at = widthOf(prompt) + widthOf(this.text.slice(0, this.cursor));
    // After a line that ends at the edge the cursor moves to the next row.
    const wrap = end % width === 0 ? '\r\n' : '';
    const endRow = Math.floor(end / width);
    this.#row = Math.floor(at / width);
    const back = endRow - this.#row;
    const column = at % width;
    return `${up}\r\x1b[J${prompt}${shown}${wrap}${back > 0 ? `\x1b[${back}A` : ''}\r${column > 0 ? `\x1b[${column}C` : ''}`;
  }
}

/** What was added to `before`, if it is one row of plain text that joins with nothing before it. */
function addedAtEnd(before: string, now: string): string | undefined {
  if (!now.startsWith(before) || now.length === before.length) return undefined;
  const added = now.slice(before.length);
  return /^[\x20-\x7e]+$/.test(added) ? added : undefined;
}

const segmenter = new Intl.Segmenter();
/** A grapheme: with its accents, or a whole emoji. */
const first = (text: string): string => segmenter.segment(text)[Symbol.iterator]().next().value?.segment ?? ''; // prettier-ignore
const last = (text: string): string =>
  [...segmenter.segment(text.slice(-40))].at(-1)?.segment ?? '';
