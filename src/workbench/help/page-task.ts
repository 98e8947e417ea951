/** The task of an exercise: the lesson's own words before it, back to a heading or a question. */
export function pageTask(workbench: Element): { title: string; task: string } {
  const title = document.querySelector('.lesson h1')?.textContent?.trim() ?? '';
  const found: string[] = [];
  let one = workbench.closest('.workbench-place')?.previousElementSibling;
  while (one && !one.matches('h1, h2, header, .choice, .workbench-place')) {
    if (one instanceof HTMLElement) found.unshift(one.innerText.trim());
    one = one.previousElementSibling;
  }
  return { title, task: found.filter(Boolean).join('\n\n') };
}
