/**
 * A session of PostgreSQL that has the lock, or wants it. The lock is the session's: PostgreSQL gives it to another one
 * only when this session has ended, and no transaction of a session outlives it. A session of which PostgreSQL
 * hears nothing (its process is frozen, its machine is off) is ended by whoever waits for the lock.
 */
import type { Client } from 'pg';
import { schema } from './postgres-schema.ts';

/** "RETD", and the first of what may be locked. */
const lock = [0x52455444, 1] as const;
const ofLock = `l.locktype = 'advisory' AND l.classid = ${lock[0]} AND l.objid = ${lock[1]} AND l.objsubid = 2
  AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

const BIGINT = 20;
const connectMs = 5_000;

/** @param silentMs what takes longer without an answer is taken for a connection that is cut. @throws Error */
export async function connectTo(url: string, silentMs: number): Promise<Client> {
  const pg = (await import('pg')).default;
  const client = new pg.Client({
    connectionString: url,
    application_name: 'retained',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    query_timeout: silentMs,
    types: {
      // Times in milliseconds, and counts: all of them are exact in a number.
      getTypeParser: (type: number, format?: 'text') =>
        type === BIGINT ? Number : (pg.types.getTypeParser(type, format) as (text: string) => unknown), // prettier-ignore
    } as never,
  });
  // Who uses it listens as well; without a listener Node would end.
  client.on('error', () => {});
  try {
    await client.connect();
    // What is confirmed is on PostgreSQL's disk, whatever its file says; a frozen process keeps nothing locked.
    await client.query(`SET search_path TO ${schema}; SET synchronous_commit TO on; SET client_min_messages TO warning;
      SET lock_timeout TO ${silentMs}; SET idle_in_transaction_session_timeout TO ${silentMs}`);
    return client;
  } catch (error) {
    cut(client);
    throw error;
  }
}

/** Without waiting for anybody. */
export function cut(client: Client): void {
  void client.end().catch(() => {});
  (
    client as unknown as { connection: { stream: { destroy(): void } } }
  ).connection.stream.destroy();
}

export async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query(`SELECT pg_try_advisory_lock(${lock.join(', ')}) AS got`);
  return (rows[0] as { got: boolean }).got;
}

/** Ends the session that has the lock if nothing was heard of it for so long. */
export async function endSilent(client: Client, silentMs: number): Promise<void> {
  // A statement that runs is the server's to end; it gets three times as long.
  await client.query(
    `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE ${ofLock} AND a.state_change < clock_timestamp()
        - make_interval(secs => CASE a.state WHEN 'active' THEN 3 ELSE 1 END * $1::float8 / 1000)`,
    [silentMs],
  );
}

/** When PostgreSQL has heard of the session that has the lock; null if nobody has it, or it does not say so. */
export async function lastHeard(client: Client): Promise<number | null> {
  const { rows } = await client.query(
    `SELECT extract(epoch FROM a.state_change)::float8 AS at FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE ${ofLock}`,
  );
  return (rows[0] as { at: number | null } | undefined)?.at ?? null;
}

/** Ends a former session of this process, if PostgreSQL does not know yet that it is cut. */
export async function endFormer(client: Client, pid: number): Promise<void> {
  await client.query(`SELECT pg_terminate_backend(l.pid) FROM pg_locks l WHERE ${ofLock} AND l.pid = $1`, [pid]); // prettier-ignore
}

export interface Holding {
  /** The how manieth holder this is. */
  epoch: number;
  /** Its last transaction, of all. */
  batch: number;
  /** PostgreSQL's own process for the session. */
  pid: number;
}

/** With the lock: from now on no other epoch writes. */
export async function begin(client: Client): Promise<Holding> {
  const { rows } = await client.query('UPDATE holder SET epoch = epoch + 1 RETURNING epoch, batch, pg_backend_pid() AS pid'); // prettier-ignore
  return rows[0] as Holding;
}

/** Who holds the classes, or did last. */
export async function lastHolding(client: Client): Promise<Holding> {
  const { rows } = await client.query('SELECT epoch, batch, pg_backend_pid() AS pid FROM holder');
  return rows[0] as Holding;
}
