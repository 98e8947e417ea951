/**
 * What the page says after a run: each exercise has its `<Proof>`, each prediction that a run decides
 * its `<Outcome>`, and the trace gives all values that they quote.
 */
import type { HintValues } from '../../../sandbox/protocol/exercise.ts';
import { judge } from '../../../src/workbench/passing/judge.ts';
import { languages, type ExerciseFiles } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';
import type { ParsedPage } from '../page.ts';
import type { Report } from '../report.ts';
import type { Look } from './programs.ts';

interface Said {
  proofs: HintValues[];
  /** By the id of the prediction. */
  outcomes: Map<string, HintValues[]>;
}

/** @returns a look at each run, and the rule that compares what it saw with the pages afterwards */
export function proofs(): { look: Look; rule: LessonRule } {
  const said = new Map<ExerciseFiles, Said>();
  const look: Look = (files, folder, { results, entries }, report) => {
    const passed = results.length > 0 && results.every(({ state }) => state === 'true');
    const all: Said = said.get(files) ?? { proofs: [], outcomes: new Map() };
    said.set(files, all);
    const { proof, outcomes } = judge(files.exercise, entries, passed);
    for (const [id, { answer, values = {}, entry }] of Object.entries(outcomes)) {
      const where = `${files.id}/${folder}`;
      report.expect(Number.isInteger(answer) && answer >= 0, where, `${id}: answer ${answer}`);
      const isPacket = entries.some(({ n, type }) => n === entry && type === 'packet');
      report.expect(entry === undefined || isPacket, where, `${id}: entry ${entry} is no packet`);
      all.outcomes.set(id, [...(all.outcomes.get(id) ?? []), values]);
    }
    if (!passed) return;
    report.expect(proof !== undefined, `${files.id}/${folder}`, 'passes, and its `proof` throws');
    if (proof) all.proofs.push(proof);
  };
  const rule: LessonRule = ({ slug, pages, exercises }, report) => {
    for (const files of exercises) {
      const { proofs: proved = [], outcomes } = said.get(files) ?? {};
      for (const { id } of files.exercise.predictions ?? []) {
        if (!outcomes || proved.length === 0) continue;
        report.expect(outcomes.has(id), files.id, `no program of it decides the prediction ${id}`);
      }
      for (const language of languages) {
        const page = pages[language];
        if (page) saysAll(page, `${slug}/${language}.mdx`, files, { proofs: proved, outcomes: outcomes ?? new Map() }, report); // prettier-ignore
      }
    }
    for (const language of languages) everyOutcome(pages[language], exercises, slug, report);
  };
  return { look, rule };
}

function saysAll(
  { source }: ParsedPage,
  where: string,
  { id, exercise }: ExerciseFiles,
  { proofs: proved, outcomes }: Said,
  report: Report,
): void {
  const name = id.split('/')[1]!;
  const proof = within(source, 'Exercise', name, 'Proof');
  const wanted = `<Exercise id="${name}"> has no <Proof>: one sentence that says what the learner has proved`;
  report.expect(proof !== undefined && proof.trim() !== '', where, wanted);
  if (proof === undefined) return;
  for (const values of proved) quotes(proof, values, `${where} <Proof> of ${name}`, report);
  for (const { id: prediction } of exercise.predictions ?? []) {
    const outcome = within(source, 'Predict', prediction, 'Outcome');
    report.expect(outcome !== undefined, where, `<Predict id="${prediction}"> has no <Outcome>`);
    for (const values of outcomes.get(prediction) ?? []) {
      quotes(outcome ?? '', values, `${where} <Outcome> of ${prediction}`, report);
    }
  }
}

/** An outcome that no exercise measures would never be shown. */
function everyOutcome(
  page: ParsedPage | undefined,
  exercises: readonly ExerciseFiles[],
  slug: string,
  report: Report,
): void {
  const measured = exercises.flatMap(({ exercise }) => exercise.predictions ?? []);
  for (const [, id = ''] of page?.source.matchAll(/<Predict id="([\w-]+)">/g) ?? []) {
    if (within(page!.source, 'Predict', id, 'Outcome') === undefined) continue;
    const isMeasured = measured.some((one) => one.id === id);
    report.expect(isMeasured, slug, `no exercise.ts measures the <Outcome> of ${id}`);
  }
}

/** The text of `<inner>` inside `<outer id>`. */
function within(source: string, outer: string, id: string, inner: string): string | undefined {
  const block = new RegExp(`<${outer} id="${id}">([\\s\\S]*?)</${outer}>`).exec(source)?.[1];
  return block && new RegExp(`<${inner}>([\\s\\S]*?)</${inner}>`).exec(block)?.[1];
}

function quotes(sentence: string, values: HintValues, where: string, report: Report): void {
  for (const [, name = ''] of sentence.matchAll(/\{(?:'\{)?(\w+)(?:\}')?\}/g)) {
    const value = values[name];
    report.expect(value !== undefined && value !== '', where, `{${name}} has no value`);
  }
}
