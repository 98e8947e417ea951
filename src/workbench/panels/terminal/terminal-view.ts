/** One xterm in an element, in the page's colours. The only file that knows xterm. */
import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';
import type { TerminalSession } from '../../terminal/screen/terminal-session.ts';
import type { Words } from '../../i18n/words.ts';

export interface TerminalView {
  write(text: string): void;
  columns(): number;
  clear(): void;
  /** Joins the keys to a session. */
  use(session: TerminalSession): void;
  fit(): void;
  focus(): void;
  dispose(): void;
}

/** Characters that may wait to be drawn; what a flood brings beyond is left out, and said. */
const mostWaiting = 500_000;
const scrollback = 2_000;

/** xterm's colours from the site's; bright ones are the same, the course has no more. */
const colours: Record<string, string> = {
  background: 'paper', foreground: 'ink', cursor: 'cursor', cursorAccent: 'paper',
  selectionBackground: 'selection', black: 'punctuation', red: 'number', green: 'string',
  yellow: 'number', blue: 'keyword', magenta: 'keyword', cyan: 'type', white: 'ink',
  brightBlack: 'comment', brightRed: 'number', brightGreen: 'string', brightYellow: 'number',
  brightBlue: 'keyword', brightMagenta: 'keyword', brightCyan: 'type', brightWhite: 'ink',
}; // prettier-ignore

function themeOf(near: HTMLElement): ITheme {
  const style = getComputedStyle(near);
  const theme: Record<string, string> = {};
  for (const [name, token] of Object.entries(colours)) {
    const value = style.getPropertyValue(`--code-${token}`).trim();
    if (value !== '') theme[name] = value;
  }
  return theme;
}

/**
 * A picker of emoji, or dictation, inserts text without a key. xterm drops it in `screenReaderMode`,
 * in which it has taken the same text from the key.
 */
function takeTextWithoutKeys(input: HTMLElement, take: (text: string) => void): void {
  let isKeyDown = false;
  const note = ({ type }: Event): void => void (isKeyDown = type === 'keydown');
  input.addEventListener('keydown', note, { capture: true });
  input.addEventListener('keyup', note, { capture: true });
  input.addEventListener('input', (event) => {
    const { inputType, data, isComposing } = event as InputEvent;
    if (inputType === 'insertText' && data && !isComposing && !isKeyDown) take(data);
  });
}

export function createTerminalView(
  place: HTMLElement,
  name: string,
  words: Words,
): TerminalView & { applyTheme(): void } {
  const isCoarse = matchMedia('(pointer: coarse)').matches;
  const terminal = new Terminal({
    screenReaderMode: true,
    scrollback,
    fontFamily: getComputedStyle(place).getPropertyValue('--font-code').trim() || 'monospace',
    // Below 16 px a phone's browser zooms into the field; lines stand closer there, so that six are seen.
    fontSize: isCoarse ? 16 : 14,
    lineHeight: isCoarse ? 1.15 : 1.3,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    theme: themeOf(place),
    // What the page's colours don't reach of contrast, xterm makes up.
    minimumContrastRatio: 4.5,
    allowProposedApi: false,
    linkHandler: { activate: () => undefined },
  });
  const fitting = new FitAddon();
  terminal.loadAddon(fitting);
  terminal.open(place);
  const input = terminal.textarea!;
  input.setAttribute('aria-label', words('terminal.label', { name }));
  let waiting = 0;
  let leftOut = 0;
  let session: TerminalSession | undefined;
  let leaving = false;

  function write(text: string): void {
    if (waiting > mostWaiting) {
      leftOut += text.length;
      return;
    }
    waiting += text.length;
    terminal.write(text, () => {
      waiting -= text.length;
      if (leftOut === 0 || waiting > 0) return;
      const count = leftOut;
      leftOut = 0;
      write(`\r\n${words('terminal.left-out', { count })}\r\n`);
    });
  }

  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown') return true;
    // Escape, then Tab: the way out of the terminal. Tab alone leaves where it has nothing to complete.
    const leaves = event.key === 'Tab' && (event.shiftKey || leaving || !session?.hasText);
    leaving = event.key === 'Escape';
    if (leaves) return false;
    if (event.key === 'Tab') event.preventDefault();
    const modified = event.ctrlKey || event.metaKey;
    if (modified && event.key.toLowerCase() === 'v') return false;
    if (modified && event.key.toLowerCase() === 'c' && terminal.hasSelection()) {
      // The page copies by itself; the next one interrupts.
      setTimeout(() => terminal.clearSelection());
      return false;
    }
    return true;
  });
  terminal.onData((data) => session?.input(data));
  takeTextWithoutKeys(input, (text) => terminal.input(text));
  terminal.onResize(() => session?.redraw());

  return {
    write,
    columns: () => terminal.cols,
    clear: () => write('\x1b[2J\x1b[3J\x1b[H'),
    use: (given) => void (session = given),
    fit: () => {
      // A hidden panel has no size to fit.
      if (place.clientHeight > 0 && place.clientWidth > 0) fitting.fit();
    },
    focus: () => terminal.focus(),
    applyTheme: () => void (terminal.options.theme = themeOf(place)),
    dispose: () => terminal.dispose(),
  };
}
