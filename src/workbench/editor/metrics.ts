/**
 * Measures that the editor shares with the highlighted text that it replaces, so that nothing
 * moves. All in CSS pixels unless it says otherwise.
 */
export const METRICS = {
  fontSize: 14,
  lineHeight: 22,
  paddingTop: 12,
  paddingBottom: 12,
  /** Characters of the widest line number. */
  lineNumberChars: 3,
  /** Between line number and text. */
  lineDecorationsWidth: 14,
  tabSize: 2,
} as const;

/**
 * The offset of the text, as CSS: line numbers are as wide as that many characters of the same
 * font.
 */
export const TEXT_LEFT = `calc(${METRICS.lineNumberChars}ch + ${METRICS.lineDecorationsWidth}px)`;

export const MONO =
  "ui-monospace, 'SFMono-Regular', 'Cascadia Mono', 'Segoe UI Mono', 'Liberation Mono', Menlo, Consolas, monospace";

/** The font of the site's tokens (`--font-code`), or the one above. */
export function fontFamily(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--font-code').trim() || MONO;
}

/** Height of a file shown whole. */
export function heightOf(text: string): number {
  return METRICS.paddingTop + text.split('\n').length * METRICS.lineHeight + METRICS.paddingBottom;
}
