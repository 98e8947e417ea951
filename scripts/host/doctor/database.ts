/** Whether the PostgreSQL of `DATABASE_URL` can have the classes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lookAtPostgres } from '../../../sandbox/store/look-at-postgres.ts';
import { DATABASE } from '../backup/archive.ts';
import type { Finding } from './finding.ts';

const about = 'database';

/** @param data the data folder, which may have classes of before */
export async function databaseFinding(url: string, data: string): Promise<Finding> {
  try {
    const { place, version, isHeld, mayBegin, isDurable } = await lookAtPostgres(url);
    const text = `${place}, PostgreSQL ${version}${isHeld ? ', in use by an open course' : ''}`;
    if (!mayBegin)
      return { about, state: 'bad', text, todo: ['this user may not make tables there: GRANT CREATE ON DATABASE'] }; // prettier-ignore
    if (!isDurable)
      return { about, state: 'bad', text, todo: ['fsync is off: a power failure loses what was confirmed. Switch it on'] }; // prettier-ignore
    if (existsSync(join(data, DATABASE)))
      return { about, state: 'note', text, todo: [`the classes in ${join(data, DATABASE)} are not in it`] }; // prettier-ignore
    return { about, state: 'good', text };
  } catch (error) {
    return { about, state: 'bad', text: (error as Error).message, todo: ['see docs/hosting.md'] };
  }
}
