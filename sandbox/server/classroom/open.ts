/** Classes as the server has them: the store in the data folder, the API, the live stream, the rooms. */
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { ClassBrokers } from '../../classroom/class-brokers.ts';
import { Classroom } from '../../classroom/classroom.ts';
import { MemberRooms } from '../../classroom/member-rooms.ts';
import { resemblesSharedAddress } from '../../classroom/shared/names.ts';
import { SharedRooms } from '../../classroom/shared/shared-rooms.ts';
import { TeacherSessions } from '../../classroom/teacher-sessions.ts';
import { createBroker } from '../../engine/builtin/index.ts';
import type { SharedAccess } from '../../protocol/shared-room.ts';
import type { ExerciseSource } from '../../rooms/rooms.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { StoreError } from '../../store/store.ts';
import { withCopy } from '../../store/trouble.ts';
import type { ListenerContext } from '../admission/admit.ts';
import type { SiteBase } from '../site-base.ts';
import { fail, type Handler } from '../api.ts';
import { ClassApi } from './api.ts';
import { cookies } from './cookies.ts';
import { classSockets, type ClassSockets } from './sockets.ts';
import { keptResource } from './kept.ts';
import { sharedResource } from './shared.ts';
import { shortAddresses } from './redirects.ts';
import { Retention, usualKeepDays } from './retention.ts';
import { Shows } from './shows.ts';
import { TeacherApi } from './teacher-api.ts';
import { hasTeacherSecret, teacherSecret } from './teacher-secret.ts';

export interface OpenClassroom {
  handlers: Handler[];
  sockets: ClassSockets | null;
  /** For the teacher's link; null with the reason if this server has no classes. */
  secret: string | null;
  why: string;
  /** Whether a request comes with the teacher's cookie. */
  isTeacher: (request: IncomingMessage) => boolean;
  /** For the metrics; null without classes. */
  counts: () => { classes: number; members: number } | null;
  /** Copies the store into a new file; null without classes. */
  copyTo: ((file: string) => Promise<void>) | null;
  close(): Promise<void>;
}

export interface ClassroomSettings {
  context: ListenerContext;
  exercises: ExerciseSource;
  /** The data folder; without one there are no classes. */
  data: string | undefined;
  /** Pages are served by https. */
  secure: boolean;
  /** The port of the course's pages, and the path of the site on it. */
  direct?: () => { port: number; base: string };
  /** Where the members' own programs connect. */
  ports?: () => Pick<SharedAccess, 'tcpPort' | 'tlsPort'>;
  /** The number of this process, if the course has several: the first has the classes. */
  process?: number | undefined;
  /** How many days a class without a sign of anybody is kept. */
  days?: number | undefined;
  /** The clock, for tests: milliseconds since 1970. */
  now?: () => number;
}

const without = (site: SiteBase, why: string): OpenClassroom => ({
  handlers: [
    shortAddresses(site),
    (request, response, next) =>
      request.url?.startsWith('/api/class/') ? fail(response, 'no-classes') : next(),
  ],
  isTeacher: () => false,
  ...{ sockets: null, secret: null, why, copyTo: null, counts: () => null, close: async () => {} },
});

/** @throws StoreError if the data folder can't be used; not if this Node has no SQLite */
export async function openClassroom(settings: ClassroomSettings): Promise<OpenClassroom> {
  const { context, exercises, data, secure, days = usualKeepDays } = settings;
  const { ports = () => ({ tcpPort: null, tlsPort: null }) } = settings;
  if (data === undefined) return without(context.site, '');
  if ((settings.process ?? 1) !== 1) return without(context.site, 'Process 1 of this course has its classes.'); // prettier-ignore
  const file = join(data, 'classroom.sqlite');
  const isUsed = hasTeacherSecret(data);
  const store = await openSqliteStore(file, { isUsed }).catch((error: unknown) => {
    if (error instanceof StoreError && error.trouble === 'unavailable') return error.message;
    throw error;
  });
  if (typeof store === 'string') return without(context.site, store);
  const classroom = await Classroom.open(store, settings).catch(async (error: unknown) => {
    await store.close();
    throw withCopy(error, file);
  });
  const retention = await Retention.start({ classroom, folder: data, days });
  const secret = await teacherSecret(data);
  const { proxies, site } = context;
  const jar = cookies({ id: classroom.id, site, secure, proxies });
  const { requestBytes } = context.rooms.limits;
  const brokers = new ClassBrokers(classroom, {
    engine: createBroker,
    limits: context.rooms.limits,
  });
  const shared = new SharedRooms(classroom, {
    engine: createBroker,
    limits: context.rooms.limits,
  });
  context.entrances = {
    resembles: resemblesSharedAddress,
    enter(address, socket) {
      const member = shared.find(address);
      return member && shared.enter(member, socket);
    },
  };
  const shows = new Shows(classroom, brokers);
  const { now } = classroom;
  const sessions = await TeacherSessions.open({ store, linkSecret: secret, now });
  const knows = async (exercise: string): Promise<boolean> =>
    (await exercises.get(exercise)) !== null;
  const teacher = new TeacherApi({
    ...{ classroom, cookies: jar, teacherSecret: secret, sessions, brokers, shared, shows, knows, requestBytes }, // prettier-ignore
    directOf: (request) =>
      site.isForwarded(request) && settings.direct ? { ...settings.direct(), secure } : undefined,
  });
  const api: ClassApi = new ClassApi({
    ...{ context, classroom, cookies: jar, knows },
    more: [
      ...teacher.resources,
      keptResource(days),
      sharedResource({ shared, memberOf: (request) => api.memberOf(request), ports }),
    ],
  });
  const rooms = new MemberRooms(classroom, context.rooms);
  context.onPage = (request, room) => {
    const member = api.memberOf(request)?.member.row.id ?? null;
    rooms.own(room, member);
    return { hidesHints: () => member !== null && rooms.isTest(member, room) };
  };
  const sockets = classSockets({
    ...{ context, classroom, brokers, shared, shows, memberRooms: rooms },
    isTeacher: (request) => teacher.isTeacher(request),
    whenSignedOut: (request, out) => teacher.whenEnded(request, out),
    memberOf: (request) => api.memberOf(request),
  });
  return {
    handlers: [shortAddresses(site), api.handler],
    isTeacher: (request) => teacher.isTeacher(request),
    ...{ sockets, secret, why: '', copyTo: (file) => store.copyTo(file) },
    counts: () => ({
      classes: classroom.classes.length,
      members: classroom.classes.reduce((sum, { members }) => sum + members.size, 0),
    }),
    async close() {
      await retention.close();
      shows.close();
      sockets.close();
      await brokers.close();
      await shared.close();
      rooms.close();
      await classroom.close();
    },
  };
}
