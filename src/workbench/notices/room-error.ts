import { RoomError, type RoomPlace } from '../room/room.ts';
import { goneNoticeOf, isGone } from './gone.ts';
import type { Notice, NoticeAction } from './notice.ts';

const keys: Record<string, string> = {
  unreachable: 'unreachable',
  timeout: 'timeout',
  'too-many-requests': 'busy-server',
  'server-full': 'busy-server',
  'no-broker-state': 'no-broker-state',
  'not-by-this-broker': 'not-by-this-broker',
};

/** The notice of an error of the room, or of starting a program. `action`: what “Try again” does. */
export function errorNotice(error: unknown, action: NoticeAction): Notice {
  if (isGone(error)) return goneNoticeOf(action);
  const key = error instanceof RoomError ? keys[error.key] : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return {
    tone: 'wrong',
    text: key
      ? { key: `workbench.notice.${key}` }
      : { key: 'workbench.notice.other', values: { message } },
    actions: [{ label: { key: 'workbench.try-again' }, action }],
  };
}

const serverIsAway = new Set(['unreachable', 'timeout', 'too-many-requests', 'server-full']);

/** The server is away or full: what the learner does can go on with a broker in the page. */
export const isServerAway = (error: unknown): boolean =>
  error instanceof RoomError && serverIsAway.has(error.key);

/** The notice of a room that can't be reached: try again, or go on in the page. */
export function roomNotice(error: unknown, place: RoomPlace): Notice {
  const notice = errorNotice(error, { do: 'retry-connection' });
  if (place === 'browser' && error instanceof RoomError && error.key === 'internal')
    return { ...notice, text: { key: 'workbench.notice.ended-browser' } };
  if (place !== 'server' || !isServerAway(error)) return notice;
  const move = {
    label: { key: 'workbench.place.go-on' },
    action: { do: 'move-room', to: 'browser' },
  } as const;
  return { ...notice, actions: [...(notice.actions ?? []), move] };
}
