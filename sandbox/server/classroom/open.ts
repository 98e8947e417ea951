/** Which classes a server has: those of its data folder, those of a database that several processes share, or none. */
import { join } from 'node:path';
import { openSqliteStore } from '../../store/sqlite.ts';
import { StoreError } from '../../store/store.ts';
import { withCopy } from '../../store/trouble.ts';
import type { SiteBase } from '../site-base.ts';
import { fail } from '../api.ts';
import { classesElsewhere, classSocketsElsewhere } from './elsewhere.ts';
import { shortAddresses } from './redirects.ts';
import { serveClasses } from './serve-classes.ts';
import type { ClassroomSettings, OpenClassroom } from './open-classroom.ts';
import { sharedClassroom } from './shared-classroom.ts';
import { hasTeacherSecret, teacherSecret } from './teacher-secret.ts';

const without = (site: SiteBase, why: string): OpenClassroom => ({
  handlers: [
    shortAddresses(site),
    (request, response, next) =>
      request.url?.startsWith('/api/class/') ? fail(response, 'no-classes') : next(),
  ],
  isTeacher: () => false,
  ...{ holds: () => false, mayHold: false },
  ...{ sockets: null, secret: null, why, copyTo: null, counts: () => null, close: async () => {} },
});

/** @throws StoreError if the data folder or the database can't be used; not if this Node has no SQLite */
export async function openClassroom(settings: ClassroomSettings): Promise<OpenClassroom> {
  const { context, data, database } = settings;
  if (data === undefined) return without(context.site, '');
  if (database !== undefined) return sharedClassroom({ ...settings, data, database });
  if ((settings.process ?? 1) !== 1) {
    const none = without(context.site, 'Process 1 of this course has its classes.');
    return { ...none, handlers: [none.handlers[0]!, classesElsewhere], sockets: classSocketsElsewhere }; // prettier-ignore
  }
  const file = join(data, 'classroom.sqlite');
  const isUsed = hasTeacherSecret(data);
  const store = await openSqliteStore(file, { isUsed }).catch((error: unknown) => {
    if (error instanceof StoreError && error.trouble === 'unavailable') return error.message;
    throw error;
  });
  if (typeof store === 'string') return without(context.site, store);
  const secret = () => teacherSecret(data);
  return serveClasses(store, { ...settings, data, secret }).catch(async (error: unknown) => {
    await store.close();
    throw withCopy(error, file);
  });
}
