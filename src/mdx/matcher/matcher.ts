/** The filter that a reader types, tried on the topics of the list. What is typed is text only. */
import { faultOf, verdictOf } from './verdict.ts';

type Words = Record<string, string>;
const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

class TopicMatcher extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector('input')!;
    const words = JSON.parse(this.querySelector('script')!.textContent) as Words;
    input.addEventListener('input', () => this.#try(input, words));
  }

  #try(input: HTMLInputElement, words: Words): void {
    const filter = input.value;
    const fault = faultOf(filter);
    const rows = [...this.querySelectorAll('li')];
    let count = 0;
    for (const row of rows) {
      const verdict = fault ? undefined : verdictOf(filter, row.dataset.topic!);
      row.toggleAttribute('data-matches', verdict?.matches === true);
      if (verdict?.matches) count += 1;
      const why = verdict && !verdict.matches ? verdict : undefined;
      row.querySelector('.why')!.textContent = why
        ? fill(words[`matcher.why.${why.why}`]!, why.values)
        : '';
    }
    input.setAttribute('aria-invalid', String(fault !== undefined));
    this.querySelector('[role=status]')!.textContent = fault
      ? words[`matcher.fault.${fault}`]!
      : fill(words['matcher.count']!, { n: count, all: rows.length });
  }
}
customElements.define('topic-matcher', TopicMatcher);
