/**
 * Every refusal of a room and its server, in plain English; the language files hold `error.<name>`. Those of classes are
 * in `class-errors.ts`: a room in the page does without their sentences.
 */
import type { ClassErrorName } from './class-errors.ts';

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
  internal: 'Something went wrong in the sandbox; its log says what.',
} as const;

export type ErrorName = keyof typeof errors | ClassErrorName;

const sentences: Partial<Record<ErrorName, string>> = { ...errors };

/** Sentences of a part of the server. */
export function addErrors(more: Partial<Record<ErrorName, string>>): void {
  Object.assign(sentences, more);
}

/** The sentence of a refusal; its name where nobody has added it. */
export const errorText = (name: ErrorName): string => sentences[name] ?? name;

/** An error with a name that the page translates. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: ErrorName;

  constructor(code: ErrorName, detail = '') {
    super(detail ? `${errorText(code)} ${detail}` : errorText(code));
    this.code = code;
  }
}
