/** The HTTP API of classes, as pages call it. */
import { readErrorResponse } from '../../sandbox/protocol/api.ts';
import type { SayRequest } from '../../sandbox/protocol/class-topics.ts';
import {
  readClassesResponse,
  readJoinResponse,
  readKeptResponse,
  readListResponse,
  readMeResponse,
  readMistakesResponse,
  readMemberResponse,
  readNamesResponse,
  readProgressResponse,
  readSayResponse,
  readTicketResponse,
  type ClassesResponse,
  type ClassRequest,
  type JoinResponse,
  type ListResponse,
  type MemberResponse,
  type Mistakes,
  type NamesResponse,
} from '../../sandbox/protocol/classroom.ts';
import { readSharedAccess, type SharedAccess } from '../../sandbox/protocol/shared-room.ts';

/** The server's reason, a key of `class.error.<key>`; `unreachable` if there is no response. */
export class ClassError extends Error {
  override readonly name = 'ClassError';
  readonly key: string;

  constructor(key: string) {
    super(key);
    this.key = key;
  }
}

/** Longer than any response takes on a busy machine; milliseconds. */
const timeoutMs = 10_000;
const base = import.meta.env.BASE_URL;

export const classUrl = (path: string): string => `${base}api/class/${path}`;

async function ask<T>(
  path: string,
  body: object | string | undefined,
  read: (value: unknown) => T | undefined,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(classUrl(path), {
      method: body === undefined ? 'GET' : 'POST',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    throw new ClassError('unreachable');
  }
  const value: unknown = await response.json().catch(() => undefined);
  const result = response.ok ? read(value) : undefined;
  if (result !== undefined) return result;
  throw new ClassError(readErrorResponse(value)?.error ?? 'unreachable');
}

const done = (): true => true;

/** As the member, or with the ticket of who waits for the teacher's yes. */
export const join = (code: string, name: string): Promise<JoinResponse> =>
  ask('join', { code, name }, readJoinResponse);
/** Null while the teacher has not answered. */
export const askTicket = async (
  ticket: string,
  isLeaving = false,
): Promise<MemberResponse | null> =>
  (await ask('join/ticket', { ticket, isLeaving }, readTicketResponse)).member;
/** Names of the teacher's list that nobody has picked. */
export const names = (code: string): Promise<NamesResponse> =>
  ask('names', { code }, readNamesResponse);
/** Joins as one of them. */
export const pickName = (code: string, pick: string): Promise<JoinResponse> =>
  ask('join', { code, pick }, readJoinResponse);
export const comeBack = (code: string, words: string): Promise<MemberResponse> =>
  ask('back', { code, words }, readMemberResponse);
export const leave = (): Promise<true> => ask('leave', {}, done);
/** How the member's programs reach the shared room. */
export const sharedAccess = (): Promise<SharedAccess> => ask('shared', undefined, readSharedAccess);
/** How many days a class without a sign of anybody is kept. */
export const keptDays = async (): Promise<number> =>
  (await ask('kept', undefined, readKeptResponse)).days;
/** Null if this device is in no class. */
export const me = async (): Promise<MemberResponse | null> =>
  (await ask('me', undefined, readMeResponse)).member;
/** @returns the progress of all devices, as text */
export const sendProgress = async (text: string): Promise<string> =>
  (await ask('progress', text, readProgressResponse)).progress;

/** A run has failed with these programs. */
export const sendMistake = (
  exercise: string,
  files: { name: string; text: string }[],
): Promise<true> => ask('mistake', { exercise, files }, done);

/** Makes this browser the teacher's. */
export const enter = (secret: string): Promise<ClassesResponse> =>
  ask('teacher', { secret }, readClassesResponse);
/** Ends the session of this browser, or of all browsers of the teacher's. */
export const signOut = (everywhere: boolean): Promise<true> =>
  ask('teacher/out', { everywhere }, done);
export const classes = (): Promise<ClassesResponse> =>
  ask('classes', undefined, readClassesResponse);
export const createClass = (language: string): Promise<ClassesResponse> =>
  ask('classes', { language }, readClassesResponse);
export const mistakes = async (id: string, exercise: string): Promise<Mistakes> => {
  const query = new URLSearchParams({ exercise });
  const path = `classes/${encodeURIComponent(id)}/mistakes?${query}`;
  return (await ask(path, undefined, readMistakesResponse)).mistakes;
};
/** @param text names, one a line */
export const addNames = (id: string, text: string): Promise<ListResponse> =>
  ask(`classes/${encodeURIComponent(id)}/names`, { text }, readListResponse);
/** Resolves when the class's broker has it. @returns whether it outlives a restart of the server */
export const say = async (id: string, request: SayRequest): Promise<boolean> =>
  (await ask(`classes/${encodeURIComponent(id)}/say`, request, readSayResponse)).isKept;
export const changeClass = (id: string, request: ClassRequest): Promise<true> =>
  ask(`classes/${encodeURIComponent(id)}`, request, done);
