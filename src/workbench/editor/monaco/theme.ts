import { editor } from 'monaco-editor/editor/editor.api.js';

/** Monaco's colours → the site's custom properties, with defaults if there are none. */
const COLOURS = {
  paper: ['#ffffff', '#1d1f22'],
  ink: ['#1d1c1a', '#e9e7e2'],
  keyword: ['#3a49b0', '#9fabf5'],
  string: ['#23713a', '#8fcf9c'],
  number: ['#8f3d00', '#e8a877'],
  type: ['#006b74', '#5cc7cf'],
  comment: ['#6b675f', '#98948b'],
  punctuation: ['#5c5953', '#a9a59d'],
  'line-number': ['#767168', '#8f8c84'],
  selection: ['#d8dcf3', '#333a63'],
  cursor: ['#1d1c1a', '#e9e7e2'],
  error: ['#b3261e', '#ff8a80'],
} as const;
type Name = keyof typeof COLOURS;

/** Reads the custom properties as they are now and makes them Monaco's theme, for every editor of the page. */
export function applyTheme(theme: 'light' | 'dark', near: HTMLElement): void {
  const style = getComputedStyle(near);
  const read = (name: Name): string =>
    toHex(style.getPropertyValue(`--code-${name}`).trim()) ??
    COLOURS[name][theme === 'light' ? 0 : 1];
  const rule = (token: string, name: Name) => ({ token, foreground: read(name).slice(1) });
  editor.defineTheme(`retained-${theme}`, {
    base: theme === 'light' ? 'vs' : 'vs-dark',
    inherit: true,
    rules: [
      rule('', 'ink'),
      rule('keyword', 'keyword'),
      rule('string', 'string'),
      rule('string.escape', 'string'),
      rule('regexp', 'string'),
      rule('number', 'number'),
      rule('type', 'type'),
      rule('type.identifier', 'type'),
      rule('identifier', 'ink'),
      rule('comment', 'comment'),
      rule('delimiter', 'punctuation'),
    ],
    colors: {
      'editor.background': read('paper'),
      'editor.foreground': read('ink'),
      'editorLineNumber.foreground': read('line-number'),
      'editorLineNumber.activeForeground': read('ink'),
      'editor.selectionBackground': read('selection'),
      'editorCursor.foreground': read('cursor'),
      'editorError.foreground': read('error'),
      'editorWidget.background': read('paper'),
      'editorHoverWidget.background': read('paper'),
      'editorSuggestWidget.background': read('paper'),
      focusBorder: read('keyword'),
    },
  });
  editor.setTheme(`retained-${theme}`);
}

/** Any CSS colour → `#rrggbb`, which is all that Monaco reads. */
function toHex(colour: string): string | null {
  // The site's own have this form. A canvas takes a millisecond.
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  if (!colour || !CSS.supports('color', colour)) return null;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
