import { RoomError, type RoomPlace } from '../room/room.ts';
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

/** Errors of a server that is away or full: the exercise can go on with a broker in the page. */
const serverIsAway = new Set(['unreachable', 'timeout', 'too-many-requests', 'server-full']);

/** The notice of a room that can't be reached: try again, or go on in the page. */
export function roomNotice(error: unknown, place: RoomPlace): Notice {
  const notice = errorNotice(error, { do: 'retry-connection' });
  const mayMove = place === 'server' && error instanceof RoomError && serverIsAway.has(error.key);
  if (!mayMove) return notice;
  const move = {
    label: { key: 'workbench.place.go-on' },
    action: { do: 'move-room', to: 'browser' },
  } as const;
  return { ...notice, actions: [...(notice.actions ?? []), move] };
}
