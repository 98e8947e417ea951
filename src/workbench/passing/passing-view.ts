import type { Outcome } from '../../../sandbox/protocol/exercise.ts';
import type { Words } from '../i18n/words.ts';
import { lessonHtml, lessonText } from '../shell/lesson-html.ts';
import { iconView } from '../ui/icons.ts';
import { h } from '../ui/dom.ts';
import { createView, html, nothing, type TemplateResult } from '../ui/view.ts';
import { type PagePrediction, pagePrediction } from './page-predictions.ts';
import type { Passing } from './passing.ts';
import { followWay, type WayOn, waysOn } from './ways-on.ts';

export interface PassingViewDeps {
  /** The workbench. */
  element: HTMLElement;
  /** The lesson's own HTML. */
  proof: string | undefined;
  /** The workbench's. */
  words: Words;
  language: 'en' | 'zh-tw';
  passing: Passing;
  isPassed(exercise: string): boolean;
  /** Puts the first programs back. */
  again(): void;
  /** Shows this entry of the trace among the packets. */
  openPacket(n: number): void;
}

/** What was proved, the verdict on a prediction, and the ways on; or that it was passed before. */
export function createPassingView(deps: PassingViewDeps): HTMLElement {
  const { element: workbench, passing, words, language } = deps;
  /** An unchanged sentence is not said again. */
  let proved: { key: string; text: DocumentFragment } | undefined;
  const { element, draw } = createView(
    () =>
      html`<div class="wb-passing" ?hidden=${!isShown()}>
        <p class="wb-done" role="status">${isShown() ? sentence() : nothing}</p>
        ${isShown() && passing.isPassed ? verdicts() : nothing}
        ${isShown() && passing.words ? ways(passing.words) : nothing}
      </div>`,
  );

  function isShown(): boolean {
    if (passing.isPassed) return passing.isJudged;
    return passing.passedBefore !== undefined && passing.words !== undefined;
  }
  function sentence(): TemplateResult {
    const before = passing.passedBefore;
    if (before !== undefined) {
      const date = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-TW', {
        dateStyle: 'long',
      }).format(before);
      return html`${iconView('true')}<span>${passing.words?.('passing.before', { date })}</span>`;
    }
    const { proof: values } = passing.judgement ?? {};
    if (deps.proof === undefined || values === undefined) {
      return html`${iconView('true')}<span>${words('workbench.checks.done')}</span>`;
    }
    const key = JSON.stringify(values);
    if (proved?.key !== key) proved = { key, text: lessonText(lessonHtml(deps.proof), values) };
    return html`${iconView('true')}<span>${proved.text}</span>`;
  }
  function verdicts(): TemplateResult[] {
    return decided().map(
      ([prediction, outcome]) =>
        html`<p class="wb-verdict">
          ${verdict(prediction, outcome)}
          ${
            passing.packetOf(prediction.id) === undefined
              ? nothing
              : html`<button type="button" class="wb-link" @click=${() => see(prediction)}>
                  ${passing.words!('passing.see')}
                </button>`
          }
        </p>`,
    );
  }
  function ways(t: Words): TemplateResult {
    const all = waysOn(workbench, deps.isPassed);
    return html`<p class="wb-ways">
      ${
        passing.passedBefore === undefined
          ? nothing
          : html`<button type="button" class="wb-button" @click=${deps.again}>
              ${iconView('reset')}<span>${t('passing.again')}</span>
            </button>`
      }
      ${all.map((way, at) => wayView(way, at === all.length - 1, t))}
    </p>`;
  }
  /** Predictions of the page that the learner has made and a run has decided. */
  function decided(): [PagePrediction, Outcome][] {
    if (!passing.words) return [];
    return passing.predictions.flatMap((id): [PagePrediction, Outcome][] => {
      const prediction = pagePrediction(id);
      const outcome = passing.outcomes.load(id);
      return outcome && prediction?.said !== undefined ? [[prediction, outcome]] : [];
    });
  }
  /** “You said … ”, and what the run showed. The answers and sentences are the lesson's. */
  function verdict(prediction: PagePrediction, outcome: Outcome): DocumentFragment {
    const t = passing.words!;
    const said = prediction.said ?? -1;
    const key = said === outcome.answer ? 'passing.said.right' : 'passing.said';
    const all = document.createDocumentFragment();
    all.append(
      // A space behind it is a matter of the language.
      t(key, { answer: prediction.answer(said) }),
      prediction.outcome(outcome.values ?? {}),
    );
    return all;
  }
  /** The packet in which one sees it. */
  function see({ id }: PagePrediction): void {
    const n = passing.packetOf(id);
    if (n !== undefined) deps.openPacket(n);
  }
  function seeButton(prediction: PagePrediction): HTMLElement {
    const onclick = () => see(prediction);
    return h(
      'button',
      { type: 'button', class: 'wb-link', onclick },
      passing.words!('passing.see'),
    );
  }
  function update(): void {
    draw();
    // For styles: a `:has()` of what is not hidden would be looked at again at each change.
    workbench.toggleAttribute('data-passing', isShown());
    for (const [prediction, outcome] of decided()) {
      const hasPacket = passing.packetOf(prediction.id) !== undefined;
      const button = hasPacket && seeButton(prediction);
      prediction.show(verdict(prediction, outcome), button || undefined);
    }
  }
  passing.subscribe(update);
  // One may be made, or changed, after a run.
  workbench.closest('.lesson')?.addEventListener('change', update);
  update();
  return element;
}

function wayView({ to, title, href }: WayOn, isMain: boolean, words: Words): TemplateResult {
  return html`<a
    class="wb-button ${isMain ? 'wb-way-main' : ''}"
    data-way=${to}
    href=${href}
    @click=${() => followWay(href)}
    ><span>${words(`passing.to.${to}`)}</span>${title ? html`<b>${title}</b>` : nothing}${iconView(
      to === 'text' ? 'down' : 'right',
    )}</a
  >`;
}
