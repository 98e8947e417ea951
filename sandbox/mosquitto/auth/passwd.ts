/**
 * Mosquitto's password file: a line `user:hash` for each user. Read as src/security_default.c of 2.0
 * and plugins/password-file/password_parse.c of 2.1 do it.
 */
import { factsOf, type Facts } from '../conf/changes.ts';
import { usualMosquitto } from '../../protocol/mosquitto.ts';
import { fileLimits, configDirectory } from '../conf/problem.ts';
import type { LogLine, ConfigProblem } from '../conf/problem.ts';
import { linesOf, trimBlanks, trimEnd } from '../conf/c-text.ts';
import { decode, type PasswdEntry } from './password-hash.ts';

export interface PasswordReading {
  /** Undefined: an error with which the broker does not start (2.1). */
  file?: PasswordFile;
  problems: ConfigProblem[];
  log: LogLine[];
}

export class PasswordFile {
  readonly #entries = new Map<string, PasswdEntry>();

  static parse(
    text: string,
    path = `${configDirectory}/passwd`,
    facts: Facts = factsOf(usualMosquitto),
  ): PasswordReading {
    const file = new PasswordFile();
    const problems: ConfigProblem[] = [];
    const log: LogLine[] = [];
    const lines = linesOf(text.slice(0, fileLimits.size)).slice(0, fileLimits.entries);
    /** 2.0 checks the hashes after the file is read: problems are reported in that order. */
    const late: { line: number; words: string }[] = [];
    const { passwordFaults } = facts;
    for (const [index, raw] of lines.entries()) {
      if (raw.startsWith('#') || !raw.includes(':')) continue;
      const line = index + 1;
      const fields = raw.split(':').filter((field) => field !== '');
      // Mosquitto keeps the newline of a line, as part of its last field; the last line has none.
      const isLast = line === lines.length && !text.endsWith('\n');
      if (!isLast && raw.endsWith(':')) fields.push('');
      if (fields.length === 0) continue;
      const user = trimBlanks(fields[0]!);
      const [, hash] = fields;
      if (!passwordFaults) {
        if (hash === undefined) {
          // The buffer ends after the first field, with the colons before it.
          const words = `Warning: Invalid line in password file '${path}': ${upToUser(raw, fields[0]!)}`;
          log.push({ level: 'notice', text: words });
          problems.push({ file: path, line, severity: 'warning', text: words });
          continue;
        }
        const entry = decode(trimBlanks(hash), facts);
        if ('fault' in entry) {
          late.push({ line, words: `Error: ${entry.fault} for user ${user}, removing entry.` });
        } else {
          file.#entries.set(user, entry);
        }
        continue;
      }
      const entry = hash === undefined ? undefined : decode(trimBlanks(hash), facts);
      const words =
        user === ''
          ? passwordFaults.noUser(path)
          : file.#entries.has(user)
            ? passwordFaults.twice(user, path)
            : entry === undefined
              ? passwordFaults.invalid(path, upToUser(raw, fields[0]!))
              : 'fault' in entry && !entry.limit
                ? passwordFaults.undecoded(path)
                : undefined;
      if (words !== undefined) {
        log.push({ level: 'error', text: words });
        problems.push({ file: path, line, severity: 'error', text: words });
        return { problems, log };
      }
      if (entry && 'fault' in entry) {
        late.push({ line, words: `Error: ${entry.fault} for user ${user}, removing entry.` });
      } else if (entry) {
        file.#entries.set(user, entry);
      }
    }
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
}

/** What is left of a line in Mosquitto's buffer once its first field is cut off and trimmed. */
function upToUser(raw: string, user: string): string {
  return trimEnd(raw.slice(0, raw.indexOf(user) + user.length));
}
