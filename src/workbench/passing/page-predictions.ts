/** The `<Predict>`s of the lesson beside the workbench: what the learner said, and where the verdict goes. */
import type { HintValues } from '../../../sandbox/protocol/exercise.ts';
import { lessonText } from '../shell/lesson-html.ts';
import { h } from '../ui/dom.ts';

export interface PagePrediction {
  id: string;
  /** The learner's answer, from 0 on; undefined if there is none yet. */
  readonly said: number | undefined;
  /** The text of an answer. */
  answer(at: number): string;
  /** The lesson's sentence about what the run showed. */
  outcome(values: HintValues): DocumentFragment;
  /** Shows it below the answers. @param see leads to the packet in which one sees it */
  show(verdict: Node, see: HTMLElement | undefined): void;
}

/** Undefined if the page does not have it, or if no run decides it. */
export function pagePrediction(id: string): PagePrediction | undefined {
  const choice = document.getElementById(`predict-${id}`);
  const sentence = choice?.querySelector<HTMLTemplateElement>('template[data-outcome]');
  if (!choice || !sentence) return undefined;
  const inputs = [...choice.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  return {
    id,
    get said() {
      const at = inputs.findIndex(({ checked }) => checked);
      return at < 0 ? undefined : at;
    },
    answer: (at) => inputs[at]?.closest('label')?.textContent?.trim() ?? '',
    outcome: (values) => lessonText(sentence.content, values),
    show(verdict, see) {
      let said = choice.querySelector(':scope > .wb-verdict > [role=status]');
      if (!said) {
        said = h('span', { role: 'status' });
        choice.append(h('p', { class: 'wb-verdict' }, said));
      }
      // What has not changed is not said again, and keeps the focus.
      if (said.textContent !== verdict.textContent) said.replaceChildren(verdict);
      const shown = said.nextElementSibling;
      if (!see) shown?.remove();
      else if (!shown) said.after(see);
    },
  };
}
