/** What a process without the classes answers, in a course of several: come again. The proxy finds who has them. */
import { comeBackSeconds } from '../../room/come-back.ts';
import { json, type Handler } from '../api.ts';
import type { ClassSockets } from './sockets.ts';
import { reject } from './upgrades.ts';

const message = 'Another process of this course has its classes. Try again in a moment.';

export const classesElsewhere: Handler = (request, response, next) => {
  if (!request.url?.startsWith('/api/class/')) return next();
  response.setHeader('Retry-After', comeBackSeconds);
  json(response, 503, { error: 'server-full', message });
};

export const classSocketsElsewhere: ClassSockets = {
  upgrade(request, socket) {
    if (!request.url?.startsWith('/class/')) return false;
    return reject(socket, `503 Service Unavailable\r\nRetry-After: ${comeBackSeconds}`);
  },
  close: () => {},
};
