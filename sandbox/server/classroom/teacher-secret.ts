/** The teacher's secret: made at the first start, in a file that only its owner reads. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secret } from '../../classroom/codes.ts';

/** As `secret` makes it; anything else in the file is replaced. */
export const secretForm = /^[\w-]{32}$/;

/** Whether a server with classes has had this folder. */
export const hasTeacherSecret = (folder: string): boolean =>
  existsSync(join(folder, 'teacher-secret'));

/** @param folder the data folder; it is made if it is missing */
export async function teacherSecret(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'teacher-secret');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (secretForm.test(known)) {
    await chmod(file, 0o600);
    return known;
  }
  const made = secret();
  await keepTeacherSecret(folder, made);
  return made;
}

/** Another process of the same course has made it first. */
export async function keepTeacherSecret(folder: string, text: string): Promise<void> {
  const file = join(folder, 'teacher-secret');
  await writeFile(file, `${text}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
}
