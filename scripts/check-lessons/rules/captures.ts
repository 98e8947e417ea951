/** A stored capture still matches what happens: no picture differs from the programs. */
import { difference } from '../captures/compare.ts';
import { normalise } from '../captures/normalise.ts';
import { setsOf } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';
import type { Look } from './programs.ts';

/** With what the programs just did. */
export const capturesHold: Look = ({ id, captures }, folder, { entries, complete }, report) => {
  for (const [name, capture] of captures) {
    if (capture.set !== folder) continue;
    const differs = difference(capture, normalise(entries), complete);
    report.count('captures');
    report.expect(
      differs === undefined,
      `${id}/captures/${name}.json`,
      `${differs}; \`npm run capture -- ${id}\` makes it anew`,
    );
  }
};

/** Every capture belongs to an existing set. */
export const captures: LessonRule = ({ exercises }, report) => {
  for (const files of exercises) {
    const sets = setsOf(files);
    for (const [name, { set }] of files.captures) {
      report.expect(
        sets.has(set),
        `${files.id}/captures/${name}.json`,
        `is of ${set}, which is not there`,
      );
    }
  }
};
