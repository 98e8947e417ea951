/** A question with its answers, read out of the HTML that `<Answer>` and `<Why>` left in the slot. */
import { nothingElse, take, unwrap } from './markers.ts';

export interface Question {
  /** HTML. */
  ask: string;
  answers: { html: string; why: string; right: boolean }[];
  /** Of a prediction: HTML of what the run showed. */
  outcome?: string;
}

/**
 * Throws if there are fewer than two answers or more than five, if one has no explanation,
 * or if the number of right ones is not what the component needs: a quiz has one, a prediction
 * (`rights: 0`) has none, for the run is the answer.
 */
export function questionOf(component: string, id: string, html: string, rights: 0 | 1): Question {
  const name = `${component} id="${id}"`;
  const { found, rest: others } = take(html, 'answer');
  const { found: outcomes, rest } = take(others, 'outcome');
  if (rest === '') throw new Error(`<${name}>: the question itself is missing`);
  if (found.length < 2 || found.length > 5) {
    throw new Error(`<${name}>: ${found.length} answers; it needs two to five`);
  }
  const answers = found.map(({ attributes, html: inner }) => {
    const { found: whys, rest: answer } = take(inner, 'why');
    if (answer === '') throw new Error(`<${name}>: an <Answer> without words`);
    if (whys.length !== 1) {
      throw new Error(`<${name}>: every <Answer> needs one <Why>; “${answer}” has ${whys.length}`);
    }
    return { html: unwrap(answer), why: whys[0]!.html, right: 'right' in attributes };
  });
  const right = answers.filter((answer) => answer.right).length;
  if (right !== rights) {
    throw new Error(`<${name}>: ${right} answers are marked right; it needs ${rights}`);
  }
  if (outcomes.length > 1 - rights) {
    throw new Error(`<${name}>: ${outcomes.length} <Outcome>; only a prediction has one`);
  }
  if (take(rest, 'why').found.length > 0) nothingElse(name, rest, '<Why> inside <Answer>');
  const outcome = outcomes[0]?.html;
  return { ask: rest, answers, ...(outcome !== undefined && { outcome }) };
}
