/** What moved to another lesson: old addresses, links and what learners keep lead to the place of now. */

/** Exercises that moved to another lesson, `<lesson>/<exercise>`: the old place, the one of now. */
export const movedExercises: readonly (readonly [string, string])[] = [
  ['connect/same-id', 'client-id/same-id'],
  ['qos-1/rain-total', 'duplicates/rain-total'],
  ['python/lamp', 'python-publish/lamp'],
  ['python/listen', 'python-listen/listen'],
];

/** Predictions and quizzes that moved to another lesson, `<lesson>/predict-<id>`, `<lesson>/quiz-<id>`. */
export const movedQuestions: readonly (readonly [string, string])[] = [
  ['python/predict-where', 'python-listen/predict-where'],
  ['python/quiz-silence', 'python-listen/quiz-silence'],
];
