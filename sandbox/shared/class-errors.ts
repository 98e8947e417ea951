/** The refusals of classes, in plain English; `class-data.ts` adds them to those of rooms (`errors.ts`). */
export const classErrors = {
  'no-class': 'No class has this code.',
  'class-locked': 'The teacher has closed this class for new members.',
  'class-full': 'The class has as many members as it may.',
  'too-many-names': 'A class has at most 300 members; these names are too many.',
  'name-taken': 'Somebody has picked this name already.',
  'not-on-list': 'Only names of the list of the teacher may join this class.',
  'not-let-in': 'The teacher did not let you in.',
  'waiting-full': 'Too many wait to come in; the teacher has to answer them first.',
  'no-ticket': 'Nobody waits with this ticket; join again.',
  'joins-busy': 'Many are joining this class; try again in a few seconds.',
  'too-many-classes': 'The server has as many classes as it may; delete an old one.',
  'bad-name': 'A name has letters or digits.',
  'no-member': 'No member of the class has this personal code.',
  'not-teacher': "This needs the teacher's link, which the server printed when it started.",
  'not-a-member': 'This device is in no class.',
  'no-classes': 'This server has no classes: they need Node 22.13 or newer and a data folder.',
  'too-many-starters': 'The class has been given as much as it may; take something back first.',
  'no-shared-room': 'The class has no shared room that is open; the teacher opens it.',
  'not-kept': 'Nothing is stored now: the disk of the server may be full.',
} as const;

export type ClassErrorName = keyof typeof classErrors;
