/**
 * Highlighting of code that is not (yet) in the editor. It knows the same few kinds of token as the
 * editor's own tokenizer, in the same colours, so that nothing changes its look when the editor
 * takes the place of the static text. The colours are the custom properties of tokens.css.
 */
import type { ShikiTransformer, ThemeRegistrationRaw } from 'shiki';

const rule = (color: string, scope: string[]) => ({
  scope,
  settings: { foreground: `var(--code-${color})` },
});

const tokenColors = [
  rule('keyword', [
    'keyword',
    'storage',
    'constant.language',
    'variable.language',
    'support.type.primitive',
  ]),
  // Operators are punctuation to the eye, whatever the grammar calls them.
  rule('punctuation', ['keyword.operator', 'punctuation', 'meta.brace']),
  rule('keyword', [
    'keyword.operator.expression',
    'keyword.operator.new',
    'storage.type.function.arrow',
  ]),
  rule('string', ['string', 'punctuation.definition.string', 'constant.character.escape']),
  rule('ink', ['meta.template.expression']),
  rule('number', ['constant.numeric']),
  rule('type', ['entity.name.type', 'support.class', 'support.type']),
  rule('comment', ['comment', 'punctuation.definition.comment']),
];

export const codeTheme: ThemeRegistrationRaw = {
  name: 'retained',
  type: 'light',
  fg: 'var(--code-ink)',
  bg: 'var(--code-paper)',
  settings: tokenColors,
  tokenColors,
};

/**
 * Shiki gives up a line after 500 ms, and what follows has wrong colours: on a busy machine the first
 * line of a build takes longer, because it compiles the grammar.
 */
export const wholeLines: ShikiTransformer = {
  name: 'retained:whole-lines',
  preprocess(_code, options) {
    options.tokenizeTimeLimit = 0;
  },
};
