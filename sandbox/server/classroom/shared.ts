/** The shared room for its pages: what a member needs to connect, and the picture that the teacher sees. */
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { sharedStateOf, type MemberInClass } from '../../classroom/class-list.ts';
import type { SharedRooms } from '../../classroom/shared/shared-rooms.ts';
import type { SharedAccess } from '../../protocol/shared-room.ts';
import { SandboxError } from '../../shared/errors.ts';
import type { Turns } from '../../shared/turns.ts';
import { readMethods } from '../api.ts';
import { route, type Resource } from './resource.ts';

export interface SharedResourceHost {
  shared: SharedRooms;
  memberOf(request: IncomingMessage): MemberInClass | null;
  ports(): Pick<SharedAccess, 'tcpPort' | 'tlsPort'>;
}

/** `GET /api/class/shared`: how a member's programs reach the room. */
export const sharedResource = ({ shared, memberOf, ports }: SharedResourceHost): Resource =>
  route('shared', readMethods, async ({ request }): Promise<SharedAccess> => {
    const found = memberOf(request);
    if (!found) throw new SandboxError('not-a-member');
    const state = sharedStateOf(found.class.row);
    if (!state.isOpen) return { ...state, handle: null, address: null, ...ports() };
    const handle = await shared.handleOf(found);
    return { ...state, handle, address: shared.addressOf(found), ...ports() };
  });

/** Twice a second: calm to look at, and few bytes. */
const pictureMs = 500;
/** Without a change: numbers fall to nothing, and "a moment ago" gets older. */
const quietMs = 2_000;
/** A page that does not read gets no more until it has read. */
const mostUnsent = 1_000_000;

/** Sends the picture at the turns of the page's address. */
export function serveShared(
  socket: WebSocket,
  turns: Turns,
  shared: SharedRooms,
  id: string,
): void {
  let drawn = '';
  let at = 0;
  const send = (): void => {
    if (socket.readyState !== 1 || socket.bufferedAmount > mostUnsent) return;
    const now = performance.now();
    let picture;
    try {
      picture = shared.picture(id);
    } catch {
      // The class was deleted.
      return socket.close(1000);
    }
    const { version } = picture;
    const state = JSON.stringify([version, picture.isOpen, picture.isPaused, picture.learners]);
    if (state === drawn && now - at < quietMs) return;
    drawn = state;
    at = now;
    socket.send(JSON.stringify(picture));
  };
  const timer = setInterval(() => turns.run(send), pictureMs);
  turns.run(send);
  socket.on('message', () => socket.close(1008, 'this stream takes no messages'));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => clearInterval(timer));
}
