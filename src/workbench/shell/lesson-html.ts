import { fill } from '../i18n/words.ts';
import { h } from '../ui/dom.ts';

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
  const texts: Text[] = [];
  const bounded = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, String(value).slice(0, mostValue)]),
  );
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const parts = text.data.split(/(\{\w+\})/).filter((part) => part !== '');
    if (parts.some((part) => isFilled(part, bounded))) {
      text.replaceWith(...parts.map((part) => nodeOf(part, bounded)));
    }
  }
  return content;
}

const isFilled = (part: string, values: Record<string, string>): boolean =>
  fill(part, values) !== part;
/** A translator of the browser leaves a value as it is. */
function nodeOf(part: string, values: Record<string, string>): Node | string {
  return isFilled(part, values) ? h('span', { translate: 'no' }, fill(part, values)) : part;
}
