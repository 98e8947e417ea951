/** ESLint rule: an `eslint-disable` directive states its reason after `--`. */

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: { reason: 'Say why after `--`: /* eslint-disable max-lines -- one table */' },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!/^\s*eslint-disable/.test(comment.value)) continue;
          if (/--\s*\S+/.test(comment.value)) continue;
          context.report({ loc: comment.loc, messageId: 'reason' });
        }
      },
    };
  },
};
