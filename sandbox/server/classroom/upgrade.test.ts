/**
 * A data folder as each older version of the schema has left it, in the hands of this one: learners are still in
 * their class, and what they did counts.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { hashOf } from '../../classroom/codes.ts';
import { applicationId, migrations } from '../../store/migrations.ts';
import { start, type RunningServer } from '../main.ts';
import { Device } from './testing/class-server.ts';
import { testExercises } from './testing/test-exercises.ts';

const secret = 's'.repeat(32);
const id = '0123456789abcdef';
const hour = 3_600_000;
/** Not so long ago that the class would go. */
const before = Date.now() - 10 * 24 * hour;
const progress = { version: 1, lessons: { wills: { opened: before, read: before + hour } }, exercises: {} }; // prettier-ignore

let folder: string;
let running: RunningServer | undefined;
afterEach(async () => {
  await running?.stop();
  await rm(folder, { recursive: true });
});

/** What a class has left: the names of the columns are those of the first version. */
async function folderOf(version: number): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'retained-upgrade-'));
  const data = join(folder, 'data');
  await mkdir(data);
  await writeFile(join(data, 'teacher-secret'), `${secret}\n`);
  const database = new DatabaseSync(join(data, 'classroom.sqlite'));
  for (const migration of migrations.slice(0, version)) database.exec(migration);
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`);
  const put = (table: string, row: Record<string, string | number | null>): void =>
    void database
      .prepare(
        `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${Object.keys(row)
          .map(() => '?')
          .join()})`,
      ) // prettier-ignore
      .run(...Object.values(row));
  put('about', { id });
  put('class', { id: 'c1', code: 'BCDFGH', language: 'zh-tw', locked: 0, created: before });
  put('member', { id: 'm1', class: 'c1', name: '美', words: '蘋果-溪流-月亮', secrets: JSON.stringify([hashOf('key')]), joined: before }); // prettier-ignore
  put('work', {
    ...{ member: 'm1', exercise: 'a/one', started: before, active: before + hour, tries: 3 },
    ...{ repeats: 0, green: 2, checks: 2, advanced: 2, red: null, hint: null },
    ...{ passed: before + hour, took: 60_000, said: null },
  });
  put('progress', { member: 'm1', text: JSON.stringify(progress) });
  database.close();
  return data;
}

const versions = migrations.map((_, n) => n + 1);
test.each(versions)('version %i: class, learner, passes and progress', async (version) => {
  const data = await folderOf(version);
  running = await start({
    ...{ exercises: testExercises, site: folder, data },
    ...{ host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 },
  });
  const origin = `http://127.0.0.1:${running.port}`;
  // The learner's browser has had its cookie since then.
  const known = new Device(origin);
  known.cookies.set(`retained-member-${id.slice(0, 8)}`, 'm1.key');
  const member = (await known.get('/api/class/me'))['member'] as Record<string, string>;
  expect(member).toMatchObject({ id: 'm1', name: '美', words: '蘋果-溪流-月亮', code: 'BCDFGH' });
  expect(JSON.parse(member['progress']!)).toMatchObject({
    lessons: progress.lessons,
    exercises: { 'a/one': { tried: before, passed: before + hour } },
  });
  // Another device comes back with the three words.
  const other = new Device(origin);
  const back = await other.post('/api/class/back', { code: 'BCDFGH', words: '蘋果 溪流 月亮' });
  expect([back.status, back['id']]).toEqual([200, 'm1']);
  // The teacher's link is the same, and the class goes on.
  const teacher = new Device(origin);
  const { classes } = await teacher.post('/api/class/teacher', { secret });
  expect(classes).toMatchObject([{ id: 'c1', code: 'BCDFGH', language: 'zh-tw', members: 1 }]);
  const live = teacher.live('c1');
  await expect.poll(() => live.row('a/one')?.passed, { timeout: 20_000 }).toBe(before + hour);
  const joined = await new Device(origin).post('/api/class/join', { code: 'BCDFGH', name: 'Lin' });
  expect(joined.status).toBe(200);
  await expect.poll(() => live.members, { timeout: 20_000 }).toEqual(['美', 'Lin']);
  teacher.close();
});
