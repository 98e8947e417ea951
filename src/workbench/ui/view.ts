/**
 * View library: the parts of lit-html that views use. A view is a function from a model to a
 * template; `render(view(model), element)` updates only what differs. A value in a template becomes
 * text, an attribute or a property, never markup: directives that parse markup stay out.
 */
import { render, type TemplateResult } from 'lit-html';

export { html, nothing, svg } from 'lit-html';
export { render, type TemplateResult };
export { guard } from 'lit-html/directives/guard.js';
export { keyed } from 'lit-html/directives/keyed.js';
export { live } from 'lit-html/directives/live.js';
export { repeat } from 'lit-html/directives/repeat.js';

/**
 * The element of a view whose template is one element; `draw` brings it up to date. It is drawn
 * once before it is returned, and can stand anywhere: a template knows its nodes, not their place.
 */
export function createView(view: () => TemplateResult) {
  const holder = document.createDocumentFragment();
  const draw = (): void => void render(view(), holder);
  draw();
  return { element: holder.firstElementChild as HTMLElement, draw };
}
