/**
 * Runs in the page before its own scripts: notes when the things that a learner waits for are
 * there.
 */

export interface Marks {
  /** Milliseconds since the navigation began. */
  editor?: number;
  /** Milliseconds since Run was pressed, of the run last begun. */
  packet?: number;
  message?: number;
  green?: number;
}
declare global {
  interface Window {
    benchMarks: Marks;
  }
}

export function probe(): void {
  const marks: Marks = {};
  window.benchMarks = marks;
  let pressed = Infinity;
  const here = (selector: string) => document.querySelector(selector) !== null;
  const note = (name: 'packet' | 'message' | 'green', seen: boolean) => {
    if (seen) marks[name] ??= performance.now() - pressed;
  };
  const look = () => {
    if (here('.monaco-editor .view-line') && !here('.wb-code[aria-busy="true"]')) {
      marks.editor ??= performance.now();
    }
    if (pressed > performance.now()) return;
    note('packet', here('.wb-packets-list [role="option"]'));
    note('message', here('.wb-message'));
    const checks = [...document.querySelectorAll<HTMLElement>('[data-checks] [data-check]')];
    note('green', checks.length > 0 && checks.every(({ dataset }) => dataset['state'] === 'true'));
  };
  const everything = { subtree: true, childList: true, attributes: true };
  new MutationObserver(look).observe(document, everything);
  // From the click itself; what comes before it in a real press, the page may use.
  const press = (event: Event) => {
    if (!(event.target instanceof Element) || !event.target.closest('.wb-run')) return;
    pressed = event.timeStamp;
    delete marks.packet;
    delete marks.message;
    delete marks.green;
    // The output of the previous run does not count.
    const before = document.querySelectorAll('.wb-message, .wb-packets-list [role="option"]');
    for (const element of before) element.remove();
    for (const check of document.querySelectorAll<HTMLElement>('[data-checks] [data-check]')) {
      check.dataset['state'] = 'not-yet';
    }
  };
  addEventListener('click', press, true);
}
