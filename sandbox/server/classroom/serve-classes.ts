/** Classes as the server has them, of a store: the API, the live stream, the rooms. */
import { ClassBrokers } from '../../classroom/class-brokers.ts';
import { Classroom } from '../../classroom/classroom.ts';
import { MemberRooms } from '../../classroom/member-rooms.ts';
import { resemblesSharedAddress } from '../../classroom/shared/names.ts';
import { SharedRooms } from '../../classroom/shared/shared-rooms.ts';
import { TeacherSessions } from '../../classroom/teacher-sessions.ts';
import { createBroker } from '../../engine/builtin/index.ts';
import type { Store } from '../../store/store.ts';
import { noEntrances } from '../admission/entrance.ts';
import { ClassApi } from './api.ts';
import { cookies } from './cookies.ts';
import { keptResource } from './kept.ts';
import type { ClassroomSettings, OpenClassroom } from './open-classroom.ts';
import type { Paper } from './retention.ts';
import { classSockets } from './sockets.ts';
import { sharedResource } from './shared.ts';
import { shortAddresses } from './redirects.ts';
import { Retention, usualKeepDays } from './retention.ts';
import { Shows } from './shows.ts';
import { TeacherApi } from './teacher-api.ts';

export interface ServeSettings extends ClassroomSettings {
  data: string;
  /** The teacher's. */
  secret(): Promise<string>;
  /** Where it is kept what is known of old classes; the data folder by default. */
  paper?: Paper | undefined;
}

/** @throws StoreError; then the store is still open */
export async function serveClasses(store: Store, settings: ServeSettings): Promise<OpenClassroom> {
  const { context, exercises, data, secure, days = usualKeepDays } = settings;
  const { ports = () => ({ tcpPort: null, tlsPort: null }) } = settings;
  const classroom = await Classroom.open(store, settings);
  const { paper } = settings;
  const retention = await Retention.start({
    classroom,
    folder: data,
    days,
    ...(paper && { paper }),
  });
  const secret = await settings.secret();
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
    ...{ holds: () => true, mayHold: true },
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
      await rooms.close();
      context.entrances = noEntrances;
      context.onPage = () => ({ hidesHints: () => false });
      await classroom.close();
    },
  };
}
