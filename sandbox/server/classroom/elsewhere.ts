/**
 * What a process without the classes answers, in a course of several: come again. The proxy finds who has them. A room of
 * somebody in a class belongs there, too, where what they do is counted.
 */
import type { IncomingMessage } from 'node:http';
import { comeBackSeconds } from '../../room/come-back.ts';
import { json, type Handler } from '../api.ts';
import type { ClassSockets } from './sockets.ts';
import { reject } from './upgrades.ts';

const message = 'Another process of this course has its classes. Try again in a moment.';

const isInClass = ({ headers }: IncomingMessage): boolean =>
  /(?:^|;\s*)retained-(?:member|teacher)-/.test(headers.cookie ?? '');

/** Requests of one kind only: for `paths` of anybody, for `rooms` of those who are in a class. */
const comeAgain =
  (paths: string, rooms: string | null): Handler =>
  (request, response, next) => {
    const { url = '' } = request;
    const isRoom = rooms !== null && url.startsWith(rooms) && isInClass(request);
    if (!url.startsWith(paths) && !isRoom) return next();
    response.setHeader('Retry-After', comeBackSeconds);
    json(response, 503, { error: 'server-full', message });
  };

export const classesElsewhere = comeAgain('/api/class/', '/api/rooms');
/** In the process that may have the classes still: it has the rooms. */
export const classesUnsure = comeAgain('/api/class/', null);

const socketsElsewhere = (rooms: string | null): ClassSockets => ({
  upgrade(request, socket) {
    const { url = '' } = request;
    const isRoom = rooms !== null && url.startsWith(rooms) && isInClass(request);
    if (!url.startsWith('/class/') && !isRoom) return false;
    return reject(socket, `503 Service Unavailable\r\nRetry-After: ${comeBackSeconds}`);
  },
  close: () => {},
});
export const classSocketsElsewhere = socketsElsewhere('/watch/');
export const classSocketsUnsure = socketsElsewhere(null);
