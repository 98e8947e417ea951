/** What is wrong with PostgreSQL, for the host. Nothing here holds the address: it may have a password in it. */
import { StoreError } from './store.ts';

interface Trouble {
  code?: string;
  message?: string;
}

/** By SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html): what another try does not mend. */
const fixed: Record<string, string> = {
  '28P01': 'the password is wrong',
  '28000': 'this user may not connect',
  '3D000': 'there is no such database; make it with createdb',
  '42501': 'this user may not make tables there; they need CREATE on the database',
  '0A000': 'it is no PostgreSQL that the course can use',
};

const codeOf = (error: unknown): string => (error as Trouble | null)?.code ?? '';
/** PostgreSQL has answered, and its connection is as it was. Each SQLSTATE has a digit in it; `EPIPE` has none. */
export const isAnswer = (error: unknown): boolean =>
  /^(?=.*\d)[0-9A-Z]{5}$/.test(codeOf(error)) && !/^(?:08|57P)/.test(codeOf(error));

/** Whether another try may do better: it does not run, or can't be reached. */
export const mayPass = (error: unknown): boolean =>
  !(error instanceof StoreError) && (!isAnswer(error) || /^53/.test(codeOf(error)));

export function understood(error: unknown, place: string): StoreError {
  if (error instanceof StoreError) return error;
  const { message = String(error) } = error as Trouble;
  const why = fixed[codeOf(error)] ?? (message || codeOf(error));
  return new StoreError('failed', `The database ${place} can't be used: ${why}. Its address is in DATABASE_URL.`, error); // prettier-ignore
}

export const failed = (error: unknown): StoreError =>
  error instanceof StoreError
    ? error
    : new StoreError('failed', `Not stored: ${(error as Error).message}`, error);
