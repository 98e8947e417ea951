/** The exercises in lessons/, as the build reads them. */
import {
  brokerFileNames,
  cloudFileNames,
  type BrokerFiles,
  type Exercise,
} from '../../sandbox/protocol/exercise.ts';
import { isCommon } from '../../sandbox/checks/common.ts';
import type { Language } from '../i18n/index.ts';
import type { ExerciseData } from '../workbench/store/exercise-data.ts';
import { inLanguage, type Comments } from './comments.ts';

const definitions = import.meta.glob<Exercise>('/lessons/*/*/exercise.ts', {
  eager: true,
  import: 'default',
});
const starters = import.meta.glob<string>('/lessons/*/*/starter/**/*', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const solutions = import.meta.glob<string>('/lessons/*/*/solution/*.ts', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const comments = import.meta.glob<Comments>('/lessons/*/*/comments.*.json', {
  eager: true,
  import: 'default',
});
const brokerFiles = [...brokerFileNames, ...cloudFileNames];

export interface LoadedExercise {
  /** `<lesson>/<exercise>`. */
  id: string;
  /** Its file, for messages. */
  file: string;
  exercise: Exercise;
  devices: ExerciseData['devices'];
  solution: { name: string; text: string }[];
  /** `starter/mosquitto.conf`, `passwd`, `acl` and those in `cloud/` if they exist, else the scene's. */
  files: BrokerFiles;
  /** Of all checks, each once, in order; without those that every exercise has. */
  hintIds: string[];
}

/** Throws if there is no such exercise, naming the existing ones, or if a starter is missing. */
export function loadExercise(lesson: string, id: string, language: Language): LoadedExercise {
  const folder = `/lessons/${lesson}/${id}`;
  const say = (text: string) =>
    inLanguage(text, comments[`${folder}/comments.${language}.json`] ?? {});
  const exercise = definitions[`${folder}/exercise.ts`];
  if (!exercise) {
    const known = Object.keys(definitions).map((path) =>
      path.slice('/lessons/'.length, -'/exercise.ts'.length),
    );
    throw new Error(
      `<Exercise id="${id}"> in lessons/${lesson}: no ${folder.slice(1)}/exercise.ts; there are ${known.join(', ') || 'none'}`,
    );
  }
  const devices = exercise.devices.map((name) => {
    const starter = starters[`${folder}/starter/${name}`];
    if (starter === undefined) throw new Error(`${folder.slice(1)}/starter/${name} is missing`);
    const isGiven = solutions[`${folder}/solution/${name}`] === starter;
    return { name, starter: say(starter), ...(isGiven && { given: true as const }) };
  });
  // An exercise that is done in a panel has its starter for a solution: nothing to compare.
  const isChanged = exercise.devices.some(
    (name) => solutions[`${folder}/solution/${name}`] !== starters[`${folder}/starter/${name}`],
  );
  const solution = exercise.devices.flatMap((name) => {
    const text = solutions[`${folder}/solution/${name}`];
    return text === undefined || !isChanged ? [] : [{ name, text: say(text) }];
  });
  const files: BrokerFiles = { ...exercise.scene.files };
  for (const name of brokerFiles) {
    const text = starters[`${folder}/starter/${name}`];
    if (text !== undefined) files[name] = say(text);
  }
  const hintIds = exercise.checks
    .flatMap((check) => check.hints ?? [])
    .map((hint) => hint.id)
    .filter((hint) => !isCommon(hint));
  return {
    id: `${lesson}/${id}`,
    file: `${folder.slice(1)}/exercise.ts`,
    exercise,
    devices,
    solution,
    files,
    hintIds: [...new Set(hintIds)],
  };
}
