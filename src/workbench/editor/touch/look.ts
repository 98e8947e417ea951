import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { MONO, METRICS } from '../metrics.ts';

const colour = (name: string) => `var(--code-${name})`;

/** The site's own colours, which follow the theme by themselves; the measures of a finger. */
export function look(): Extension {
  return [
    EditorView.theme({
      '&': { height: '100%', color: colour('ink'), backgroundColor: colour('paper') },
      '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
      '.cm-scroller': {
        fontFamily: `var(--font-code, ${MONO})`,
        // Below 16 px a phone's browser zooms into the field.
        fontSize: '16px',
        lineHeight: `${METRICS.lineHeight}px`,
      },
      '.cm-content': { padding: `${METRICS.paddingTop}px 0`, caretColor: colour('cursor') },
      '.cm-gutters': {
        color: colour('line-number'),
        backgroundColor: colour('paper'),
        border: '0',
        fontSize: '14px',
      },
      '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.5ch', padding: '0 8px 0 6px' },
      '.retained-problem-line': {
        backgroundColor: 'color-mix(in srgb, var(--wrong) 12%, transparent)',
      },
      '.retained-problem-note': {
        padding: '0 8px 4px',
        fontFamily: 'var(--font-text)',
        fontSize: '15px',
        color: 'var(--wrong)',
        backgroundColor: 'color-mix(in srgb, var(--wrong) 12%, transparent)',
      },
    }),
    syntaxHighlighting(
      HighlightStyle.define([
        { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: colour('keyword') },
        { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: colour('string') },
        { tag: [tags.number, tags.bool, tags.null], color: colour('number') },
        { tag: [tags.typeName, tags.className, tags.namespace], color: colour('type') },
        { tag: [tags.comment], color: colour('comment') },
        { tag: [tags.punctuation, tags.operator, tags.bracket], color: colour('punctuation') },
      ]),
    ),
  ];
}
