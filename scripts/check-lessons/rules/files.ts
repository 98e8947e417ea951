/** An exercise is whole: every program it names is there, and nothing that it doesn't name. */
import { isCommon } from '../../../sandbox/checks/common.ts';
import { armedFaultsFile } from '../armed-faults.ts';
import { brokerFileNames, hintOfFolder, type ExerciseFiles, type Programs } from '../lesson.ts';
import { isOutside } from '../runners/run-outside-program.ts';
import type { Report } from '../report.ts';
import type { LessonRule } from '../lesson-rule.ts';

const OTHERS: readonly string[] = [...brokerFileNames, 'terminal.sh', armedFaultsFile];

export const files: LessonRule = (lesson, report) => {
  for (const exercise of lesson.exercises) {
    report.count('exercises');
    report.count('mistakes', exercise.mistakes.size);
    whole(exercise, 'starter', exercise.starter, report);
    whole(exercise, 'solution', exercise.solution, report);
    for (const [name, programs] of exercise.alsoRight) {
      whole(exercise, `also-right/${name}`, programs, report);
    }
    for (const [name, programs] of exercise.mistakes) {
      whole(exercise, `mistakes/${name}`, programs, report);
    }
    report.expect(
      exercise.alsoRight.size > 0,
      `${exercise.id}/also-right`,
      'is empty; at least one other correct solution shows that style is not judged',
    );
    everyHintHasItsMistake(exercise, report);
  }
};

function whole(exercise: ExerciseFiles, folder: string, programs: Programs, report: Report): void {
  const where = `${exercise.id}/${folder}`;
  for (const device of exercise.exercise.devices) {
    report.expect(programs.has(device), where, `lacks ${device}, which exercise.ts names`);
  }
  for (const name of programs.keys()) {
    const known =
      exercise.exercise.devices.includes(name) || OTHERS.includes(name) || isOutside(name);
    report.expect(
      known,
      `${where}/${name}`,
      'is not among the devices of exercise.ts, and no broker file, terminal.sh, connection.json, *.sh or *.py',
    );
  }
}

function everyHintHasItsMistake({ id, exercise, mistakes }: ExerciseFiles, report: Report): void {
  const hints = exercise.checks.flatMap((check) => (check.hints ?? []).map((hint) => hint.id));
  const made = new Set([...mistakes.keys()].map(hintOfFolder));
  for (const hint of new Set(hints)) {
    if (isCommon(hint)) continue;
    report.expect(made.has(hint), `${id}/mistakes`, `lacks ${hint}: no program proves that hint`);
  }
  for (const mistake of made) {
    const known = hints.includes(mistake) || isCommon(mistake);
    report.expect(known, `${id}/mistakes/${mistake}`, 'is not the id of a hint in exercise.ts');
  }
}
