/**
 * Edits a password file as `mosquitto_passwd` does, from text to text, with its error messages
 * (apps/mosquitto_passwd/mosquitto_passwd.c). Its options `-c`, `-b` and asking for a password are the
 * terminal's: `-c` is `setUser('', …)`.
 */
import { linesOf, trimBlanks } from '../conf/c-text.ts';

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

/**
 * A new user, or a new password for one: every line of that name is replaced.
 * @param hash `hashText` of the password
 */
export function setUser(text: string, user: string, hash: string): Edited & { known?: boolean } {
  const wrong = userNameError(user);
  if (wrong !== undefined) return { error: wrong };
  const entry = `${user}:${hash}`;
  let found = false;
  const edited = edit(text, (name, line) => {
    if (name !== user) return line;
    found = true;
    return entry;
  });
  if ('error' in edited) return edited;
  if (found) return { ...edited, known: true };
  return { text: `${edited.text}${entry}\n`, known: false };
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

/** `-U`: the passwords of a file of `user:password` lines, in its order. */
export function passwordsOf(text: string): string[] | { error: string } {
  const found: string[] = [];
  const edited = edit(text, (_name, line, password) => {
    found.push(password);
    return line;
  });
  return 'error' in edited ? edited : found;
}

/** The same file with these hashes. A hash is hashed once more. */
export function hashAll(text: string, hashes: readonly string[]): Edited {
  let at = 0;
  return edit(text, (name) => `${name}:${hashes[at++]!}`);
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
