import { expect, test } from 'vitest';
import { findApi, type ApiWindow } from './find-api.ts';

const api = { LMSInitialize: () => 'true' };
/** A window that is its own parent, as the outermost one is. */
function top(more: Partial<ApiWindow> = {}): ApiWindow {
  const window: ApiWindow = { parent: undefined, ...more };
  window.parent = window;
  return window;
}
const inside = (parent: ApiWindow, more: Partial<ApiWindow> = {}): ApiWindow => ({
  parent,
  ...more,
});
const deep = (levels: number, outermost: ApiWindow): ApiWindow =>
  levels === 0 ? outermost : inside(deep(levels - 1, outermost));
const foreign: ApiWindow = Object.defineProperties({} as ApiWindow, {
  API: { get: () => { throw new DOMException('cross-origin', 'SecurityError'); } }, // prettier-ignore
  parent: { get: () => { throw new DOMException('cross-origin', 'SecurityError'); } }, // prettier-ignore
  opener: { get: () => { throw new DOMException('cross-origin', 'SecurityError'); } }, // prettier-ignore
});

test.each<[string, ApiWindow, boolean]>([
  ['in this window, as Kolibri has it', top({ API: api }), true],
  ['in the parent', inside(top({ API: api })), true],
  ['seven parents up', deep(7, top({ API: api })), true],
  ['farther than the standard looks', deep(8, top({ API: api })), false],
  ['in the opener', top({ opener: top({ API: api }) }), true],
  ['in a parent of the opener', top({ opener: inside(top({ API: api })) }), true],
  ['in the opener of a parent', inside(top({ opener: top({ API: api }) })), true],
  ['nowhere', inside(top()), false],
  ['something else of that name', top({ API: 'https://api.example.org' }), false],
  ['in a page of another origin', inside(foreign), false],
])('%s', (_, window, isFound) => {
  expect(findApi(window)).toBe(isFound ? api : undefined);
});
