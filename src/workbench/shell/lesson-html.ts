import { fill } from '../i18n/words.ts';

/**
 * Nodes of the lesson's own HTML, rendered from its MDX by the build. The only place that makes
 * markup of a text: nothing that a learner or a socket gave may come here.
 */
export function lessonHtml(html: string): DocumentFragment {
  const template = document.createElement('template');
  // eslint-disable-next-line no-restricted-properties -- see above
  template.innerHTML = html;
  return template.content;
}

/** Of one value in a lesson's sentence. */
const mostValue = 200;

/** A copy of a lesson's sentence. Its values came over a wire: they are bounded and stay text. */
export function lessonText(
  sentence: DocumentFragment,
  values: Record<string, string | number>,
): DocumentFragment {
  const content = document.importNode(sentence, true);
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const bounded = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, String(value).slice(0, mostValue)]),
  );
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    text.data = fill(text.data, bounded);
  }
  return content;
}
