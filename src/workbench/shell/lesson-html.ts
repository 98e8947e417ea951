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
