/**
 * View library: the parts of lit-html that views use. A view is a function from a model to a
 * template; `render(view(model), element)` updates only what differs. A value in a template becomes
 * text, an attribute or a property, never markup: directives that parse markup stay out.
 */
export { html, nothing, render, svg, type TemplateResult } from 'lit-html';
export { guard } from 'lit-html/directives/guard.js';
export { keyed } from 'lit-html/directives/keyed.js';
export { live } from 'lit-html/directives/live.js';
export { repeat } from 'lit-html/directives/repeat.js';
