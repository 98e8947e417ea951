/**
 * Whether an exercise is a test of the learner's class: then no hint and no solution of it is shown. The page of a member
 * sets the attribute, and says `retained:test` on the document (`src/classroom/member/page-assigned.ts`).
 */
export const isInTest = (part: Element): boolean =>
  part.closest('mqtt-workbench')?.hasAttribute('data-test') ?? false;
