/** What a server does for programs on its own machine. */
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenClassroom } from '../classroom/open-classroom.ts';
import { listenControl } from './control.ts';

/** A copy for `retained backup`, which reads and removes it. */
const copyName = /^backup-[0-9a-f]+\.sqlite/;

/** @returns how to close it */
export async function openControl(
  data: string | undefined,
  classes: Pick<OpenClassroom, 'secret' | 'copyTo' | 'mayHold'>,
  about: () => Record<string, unknown>,
): Promise<() => Promise<void>> {
  if (data === undefined || !classes.mayHold) return async () => {};
  // What a backup that was killed has left.
  for (const name of readdirSync(data))
    if (copyName.test(name)) rmSync(join(data, name), { force: true });
  return listenControl(data, () => classes.secret, {
    'GET /about': about,
    async 'POST /backup'() {
      const { copyTo } = classes;
      if (!copyTo) throw new Error('Another process of this course has its classes.');
      const file = `backup-${randomBytes(6).toString('hex')}.sqlite`;
      await copyTo(join(data, file));
      return { file };
    },
  });
}
