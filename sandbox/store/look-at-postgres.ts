/** What a host wants to know of a PostgreSQL before the course uses it. Changes nothing. */
import { judge, migrations } from './postgres-schema.ts';
import { connectTo, cut, lastHeard } from './postgres-session.ts';
import { understood } from './postgres-trouble.ts';
import { placeOf } from './postgres-url.ts';

export interface Look {
  /** For people: host, port and database. */
  place: string;
  /** Of PostgreSQL. */
  version: string;
  /** Whether a process of a course has the classes now. */
  isHeld: boolean;
  /** Whether the course may make its tables, or has them. */
  mayBegin: boolean;
  /** Whether what is confirmed outlives a power failure. */
  isDurable: boolean;
}
const patienceMs = 5_000;

/** @throws StoreError */
export async function lookAtPostgres(url: string): Promise<Look> {
  const place = placeOf(url);
  try {
    const client = await connectTo(url, patienceMs);
    try {
      const version = await judge(client, place);
      const { rows } = await client.query(
        `SELECT current_setting('server_version') AS version, current_setting('fsync') = 'on' AS fsync,
          has_database_privilege(current_database(), 'CREATE') AS create`,
      );
      const found = rows[0] as { version: string; fsync: boolean; create: boolean };
      return {
        ...{ place, version: found.version, isDurable: found.fsync },
        mayBegin: found.create || version === migrations.length,
        isHeld: (await lastHeard(client)) !== null,
      };
    } finally {
      cut(client);
    }
  } catch (error) {
    throw understood(error, place);
  }
}
