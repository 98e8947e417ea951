import type { Notice } from './notice.ts';
import { RoomError } from '../room/api.ts';
import type { Words } from '../i18n/words.ts';

const keys: Record<string, string> = {
  unreachable: 'unreachable',
  timeout: 'timeout',
  'too-many-requests': 'busy-server',
  'server-full': 'busy-server',
  'no-broker-state': 'no-broker-state',
  'not-by-this-broker': 'not-by-this-broker',
};

/** An error of the room, or of starting a program, in the reader's words. */
export function errorNotice(error: unknown, words: Words, tryAgain: () => void): Notice {
  const key = error instanceof RoomError ? keys[error.key] : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return {
    tone: 'wrong',
    text: key ? words(`workbench.notice.${key}`) : words('workbench.notice.other', { message }),
    action: { label: words('workbench.try-again'), do: tryAgain },
  };
}
