import { RoomError } from '../room/room.ts';
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
