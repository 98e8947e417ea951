/**
 * Mosquitto's password file: `user:$7$<iterations>$<salt>$<hash>` (PBKDF2 with SHA-512) and
 * `user:$6$<salt>$<hash>` (SHA-512 of password and salt); salt of 12 bytes and hash of 64 in base64.
 * Read and checked as src/security_default.c of Mosquitto 2.0.11 does it.
 */
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { fileLimits, configDirectory } from '../conf/problem.ts';
import type { LogLine, ConfigProblem } from '../conf/problem.ts';
import { atoi, linesOf, trimBlanks } from '../conf/c-text.ts';

/** mosquitto_passwd's own (PW_DEFAULT_ITERATIONS). */
const defaultIterations = 101;
/** A hash is checked at each CONNECT. Later versions of mosquitto_passwd write 1,000. */
export const highestIterations = 2_000;
const saltLength = 12;
export const hashLength = 64;

export interface PasswdEntry {
  type: 6 | 7;
  iterations: number;
  salt: Uint8Array;
  hash: Uint8Array;
}

export interface HashOptions {
  /** Default 7; 6 is for files of Mosquitto 1.6 and older. */
  type?: 6 | 7;
  iterations?: number;
  /** 12 bytes; random unless given. */
  salt?: Uint8Array;
}

export class PasswordFile {
  readonly #entries = new Map<string, PasswdEntry>();

  static parse(
    text: string,
    path = `${configDirectory}/passwd`,
  ): { file: PasswordFile; problems: ConfigProblem[]; log: LogLine[] } {
    const file = new PasswordFile();
    const problems: ConfigProblem[] = [];
    const log: LogLine[] = [];
    const lines = linesOf(text.slice(0, fileLimits.size)).slice(0, fileLimits.entries);
    /** Mosquitto checks the hashes after the file is read: problems are reported in that order. */
    const late: { line: number; words: string }[] = [];
    lines.forEach((raw, index) => {
      if (raw.startsWith('#') || !raw.includes(':')) return;
      const fields = raw.split(':').filter((field) => field !== '');
      if (fields.length === 0) return;
      const user = trimBlanks(fields[0] ?? '');
      // Mosquitto keeps the newline of a line, as a field; the last line has none.
      const isLast = index === lines.length - 1 && !text.endsWith('\n');
      const hash = fields[1] ?? (isLast ? undefined : '');
      if (hash === undefined) {
        const words = `Warning: Invalid line in password file '${path}': ${user}`;
        log.push({ level: 'notice', text: words });
        problems.push({ file: path, line: index + 1, severity: 'warning', text: words });
        return;
      }
      const entry = decode(trimBlanks(hash));
      if (typeof entry === 'string') {
        late.push({ line: index + 1, words: `Error: ${entry} for user ${user}, removing entry.` });
      } else {
        file.#entries.set(user, entry);
      }
    });
    for (const { line, words } of late) {
      log.push({ level: 'error', text: words });
      problems.push({ file: path, line, severity: 'warning', text: words });
    }
    return { file, problems, log };
  }

  /** The entry that a password is checked against (`password-queue.ts`). */
  entryOf(user: string): PasswdEntry | undefined {
    return this.#entries.get(user);
  }

  /** One line of the file, without its newline. */
  static entry(user: string, password: string, options: HashOptions = {}): string {
    const { type = 7, iterations = defaultIterations } = options;
    const salt = options.salt ?? crypto.getRandomValues(new Uint8Array(saltLength));
    const hash = toBase64(
      digest(new TextEncoder().encode(password), { type, iterations, salt, hash: salt }),
    );
    const rounds = type === 7 ? `${iterations}$` : '';
    return `${user}:$${type}$${rounds}${toBase64(salt)}$${hash}`;
  }
}

/** The entry, or Mosquitto's error (`unpwd__decode_passwords`). */
function decode(text: string): PasswdEntry | string {
  const fields = text.split('$').filter((field) => field !== '');
  const type = fields.shift();
  if (type === undefined) return 'Invalid password hash';
  if (type !== '6' && type !== '7') return 'Invalid password hash type';
  let iterations = 0;
  if (type === '7') {
    const count = fields.shift();
    if (count === undefined) return 'Invalid password hash';
    iterations = atoi(count);
    if (iterations < 1) return 'Invalid hash iterations';
    // A learner's file may not keep a server busy.
    if (iterations > highestIterations) {
      return `This sandbox takes at most ${highestIterations} hash iterations, not ${iterations},`;
    }
  }
  const [saltText, hashText] = fields;
  if (saltText === undefined) return 'Invalid password hash';
  const salt = fromBase64(saltText);
  if (salt?.length !== saltLength) return 'Unable to decode password salt';
  if (hashText === undefined) return 'Invalid password hash';
  const hash = fromBase64(hashText);
  if (hash?.length !== hashLength) return 'Unable to decode password';
  return { type: type === '6' ? 6 : 7, iterations, salt, hash };
}

/** There the password is a C string, and so ends at its first NUL. */
export function secretOf(password: Uint8Array): Uint8Array {
  const end = password.indexOf(0);
  return end < 0 ? password : password.subarray(0, end);
}

/** Takes the same time, wherever they differ. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < hashLength; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** `pw__digest` */
export function digest(password: Uint8Array, { type, iterations, salt }: PasswdEntry): Uint8Array {
  const secret = secretOf(password);
  if (type === 7) return pbkdf2(sha512, secret, salt, { c: iterations, dkLen: hashLength });
  return sha512.create().update(secret).update(salt).digest();
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
