/** What a server needs for its classes, and what it has of them. */
import type { IncomingMessage } from 'node:http';
import type { SharedAccess } from '../../protocol/shared-room.ts';
import type { ExerciseSource } from '../../rooms/rooms.ts';
import type { ListenerContext } from '../admission/admit.ts';
import type { Handler } from '../api.ts';
import type { ClassSockets } from './sockets.ts';

export interface OpenClassroom {
  handlers: Handler[];
  sockets: ClassSockets | null;
  /** For the teacher's link; null with the reason while this process has no classes. */
  readonly secret: string | null;
  readonly why: string;
  /** Whether this process has the classes: a proxy asks before it sends anybody here. */
  holds: () => boolean;
  /** It has classes, or may take them over. */
  mayHold: boolean;
  /** Whether a request comes with the teacher's cookie. */
  isTeacher: (request: IncomingMessage) => boolean;
  /** For the metrics; null without classes. */
  counts: () => { classes: number; members: number } | null;
  /** Copies the store into a new file; null while this process has no classes. */
  readonly copyTo: ((file: string) => Promise<void>) | null;
  close(): Promise<void>;
}

export interface ClassroomSettings {
  context: ListenerContext;
  exercises: ExerciseSource;
  /** The data folder; without one there are no classes. */
  data: string | undefined;
  /** The address of PostgreSQL; without one classes are in the data folder. */
  database?: string | undefined;
  /** Pages are served by https. */
  secure: boolean;
  /** The port of the course's pages, and the path of the site on it. */
  direct?: () => { port: number; base: string };
  /** Where the members' own programs connect. */
  ports?: () => Pick<SharedAccess, 'tcpPort' | 'tlsPort'>;
  /** The number of this process, if the course has several: of those without a database the first has the classes. */
  process?: number | undefined;
  /** How many days a class without a sign of anybody is kept. */
  days?: number | undefined;
  /** The clock, for tests: milliseconds since 1970. */
  now?: () => number;
}
