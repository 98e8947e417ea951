/**
 * Edits a password file as `mosquitto_passwd` does, from text to text, with its error messages
 * (apps/mosquitto_passwd/mosquitto_passwd.c of 2.0.11). Its options `-c`, `-b` and asking for a
 * password are the terminal's: `-c` is `setUser('', …)`.
 */
import { linesOf, trimBlanks } from '../conf/c-text.ts';
import { PasswordFile } from './passwd.ts';
import type { HashOptions } from './passwd.ts';

export type Edited = { text: string } | { error: string };

/** Undefined if the name is valid. */
export function userNameError(user: string): string | undefined {
  if (new TextEncoder().encode(user).length > 65_535) {
    return 'Error: Username must be less than 65536 characters long.';
  }
  if (/[\u0000-\u001f\u007f]/.test(user)) {
    return 'Error: Username must not contain control characters.';
  }
  if (user.includes(':')) return "Error: Username must not contain the ':' character.";
  return undefined;
}

/** A new user, or a new password for one: every line of that name is replaced. */
export function setUser(
  text: string,
  user: string,
  password: string,
  options: HashOptions = {},
): Edited {
  const wrong = userNameError(user);
  if (wrong !== undefined) return { error: wrong };
  const entry = PasswordFile.entry(user, password, options);
  let found = false;
  const edited = edit(text, (name, line) => {
    if (name !== user) return line;
    found = true;
    return entry;
  });
  if ('error' in edited || found) return edited;
  return { text: `${edited.text}${entry}\n` };
}

/** `-D` */
export function deleteUser(text: string, user: string): Edited {
  let found = false;
  const edited = edit(text, (name, line) => {
    if (name !== user) return line;
    found = true;
    return undefined;
  });
  if ('error' in edited || found) return edited;
  return { error: `Warning: User ${user} not found in password file.` };
}

/** `-U`: a file of `user:password` lines becomes one of hashes. A hash is hashed once more. */
export function hashAll(text: string, options: HashOptions = {}): Edited {
  return edit(text, (name, _line, password) => PasswordFile.entry(name, password, options));
}

/**
 * Each line by its user. The real program glues a new user to a last line without a newline; here
 * that line gets one.
 */
function edit(
  text: string,
  change: (user: string, line: string, password: string) => string | undefined,
): Edited {
  const lines: string[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    const fields = line.split(':').filter((field) => field !== '');
    const user = trimBlanks(fields[0] ?? '');
    const password = trimBlanks(fields[1] ?? '');
    if (user === '' || password === '') {
      return { error: `Error: Corrupt password file at line ${index + 1}.` };
    }
    const changed = change(user, line, password);
    if (changed !== undefined) lines.push(changed);
  }
  return { text: lines.map((line) => `${line}\n`).join('') };
}
