/** Every refusal of the sandbox, in plain English; the language files hold `error.<name>`. */
export const errors = {
  'bad-request': 'The request is not of the form that sandbox/protocol/api.ts describes.',
  'other-origin':
    'The page comes from another host than the request asked for. Or the course does not know this host name: start it with --name <host name>. A proxy before it has to hand on the Host header.',
  'not-found': 'There is nothing at this address.',
  'not-allowed': 'This method is not for this address; the Allow header names those that are.',
  'unknown-exercise': 'There is no exercise of that name; it is <lesson>/<exercise>.',
  'no-room':
    'No room has this address. Copy it again from the exercise page: the address is the user name.',
  'room-full': 'The room has as many connections as it may; close one first.',
  'lines-full': 'The server has as many connections as it may; try again in a few minutes.',
  'server-full': 'The server has as many rooms as it may; try again in a few minutes.',
  'too-many-requests': 'Too many requests from this address; wait a minute.',
  'too-many-faults': 'The room has as many faults armed as it may; reset it first.',
  'no-client': 'No client of that name or client id is connected.',
  'no-broker-state': 'The broker of this room does not tell its state.',
  'not-by-this-broker': 'The broker of this room does not do that: it runs outside the sandbox.',
  'started-too-often':
    'systemd does not start the broker: it was started five times within ten seconds. Wait, then start it again.',
  'bad-files': 'The broker did not start with these files; its log says why.',
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
  'not-kept': 'Nothing is stored now: the disk of the server may be full.',
  internal: 'Something went wrong in the sandbox; its log says what.',
} as const;

export type ErrorName = keyof typeof errors;

/** An error with a name that the page translates. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: ErrorName;

  constructor(code: ErrorName, detail = '') {
    super(detail ? `${errors[code]} ${detail}` : errors[code]);
    this.code = code;
  }
}
