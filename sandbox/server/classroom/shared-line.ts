/** A program of a member's page in the shared room: its WebSocket becomes a line of the room. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { MemberInClass } from '../../classroom/class-list.ts';
import type { SharedRooms } from '../../classroom/shared/shared-rooms.ts';
import { attach, firstOf, type ListenerContext } from '../admission/admit.ts';
import { refuseFull } from '../admission/refusals.ts';
import type { ConnectionTurns } from '../fair/fair-loop.ts';
import { WebSocketStream } from '../listeners/ws-stream.ts';

export interface SharedLine {
  socket: Duplex;
  remote: string;
  turns: ConnectionTurns;
  member: MemberInClass;
}

export function serveSharedLine(
  opened: WebSocket,
  context: ListenerContext,
  shared: SharedRooms,
  { socket, remote, turns, member }: SharedLine,
): void {
  const stream = new WebSocketStream(opened, socket);
  /** In MQTT's words: the room has no place. */
  async function refuse(): Promise<void> {
    const first = await firstOf(context, stream, remote);
    if (first?.connect) refuseFull(stream, first.connect.version, 'room-full');
    else stream.destroy();
  }
  async function enter(): Promise<void> {
    await shared.handleOf(member);
    const entrance = socket.destroyed ? null : shared.enter(member, socket);
    if (!entrance) return opened.terminate();
    if (entrance === 'full') return refuse();
    const info = { transport: 'websocket', role: 'outside', ...entrance.info, turns } as const;
    const line = await attach(context, entrance.room, stream, remote, info);
    if (typeof line === 'string') await refuse();
  }
  enter().catch(() => opened.terminate());
}
