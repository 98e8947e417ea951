/**
 * Says on the program's element what stands in it: `data-folded`, `data-compared`, `data-noticed`.
 * Styles of its neighbours need it; with `:has()` the whole workbench would be looked at again at each
 * line that the editor draws.
 */
export function markParts(
  program: Element,
  parts: { code: HTMLElement; solution: HTMLElement; notices: Element },
): void {
  const mark = (): void => {
    program.toggleAttribute('data-folded', parts.code.hidden === true);
    program.toggleAttribute('data-compared', !parts.solution.hidden);
    program.toggleAttribute('data-noticed', parts.notices.childElementCount > 0);
  };
  const observer = new MutationObserver(mark);
  for (const part of [parts.code, parts.solution])
    observer.observe(part, { attributeFilter: ['hidden'] });
  observer.observe(parts.notices, { childList: true });
  mark();
}
