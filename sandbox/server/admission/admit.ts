/** From a fresh TCP or TLS connection to its room: by the address in the CONNECT's user name. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'readable-stream';
import type { ListenerRefusal } from '../../mosquitto/files.ts';
import { parseAddress, resemblesAddress } from '../../rooms/address.ts';
import { errors } from '../../shared/errors.ts';
import type { LineInfo } from '../../line/line-info.ts';
import type { Line } from '../../line/line.ts';
import type { Transport } from '../../protocol/trace.ts';
import type { Room } from '../../room/room.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import { withUserName } from './connect-user.ts';
import { findEntrance, type Entrances } from './entrance.ts';
import { firstPacket, type FirstPacket } from './first-packet.ts';
import type { SiteBase } from '../site-base.ts';
import type { Operation } from '../operations/operation.ts';
import type { PendingConnects } from './pending-connects.ts';
import type { ConnectionQuota } from './connection-quota.ts';
import type { ConnectionTurns } from '../fair/fair-loop.ts';
import type { ResponseRate } from '../fair/response-rate.ts';
import type { MemoryGuard } from '../fair/memory-guard.ts';
import { connectUs, type UpgradeContext } from '../fair/upgrades.ts';
import type { AddressPlaces, Places } from '../fair/places.ts';
import { refuse, refuseFull } from './refusals.ts';
import { isLoopback, type Proxies } from './remote-address.ts';
import type { KnownRooms } from './known-rooms.ts';
import type { FailedLookups } from './failed-lookups.ts';

export interface ListenerContext extends UpgradeContext {
  rooms: Rooms;
  operation: Operation;
  failedLookups: FailedLookups;
  known: KnownRooms;
  /** The same for network addresses that had the watch key, too. */
  knownViewers: KnownRooms;
  pendingConnects: PendingConnects;
  /** Bounds the bytes that wait for connections that do not read. */
  memory: MemoryGuard;
  /** The pace of HTTP responses. */
  responses: ResponseRate;
  /** All lines of the server. */
  lines: Places;
  /** Lines and viewers of one network address. */
  connections: AddressPlaces;
  /** Where on its host a reader has the site. */
  site: SiteBase;
  /** Finds the network address of a request that a proxy forwards. */
  proxies: Proxies;
  /** Whether a `Host` header names the course. */
  ownHost: (host: string | undefined) => boolean;
  /** Open sockets of all listeners. The other files that the process may open are a reserve. */
  sockets: ConnectionQuota;
  /** Rooms of classes, at the addresses of their members. */
  entrances: Entrances;
  /** Called for each page that has made a room or is about to watch one. */
  onPage: (request: IncomingMessage, room: Room) => { hidesHints(): boolean };
}

/** Counts a socket of any listener; closes it if only the reserve is left. */
export function holdFile(
  context: ListenerContext,
  socket: { destroy(): unknown; once(event: 'close', listener: () => void): unknown },
): boolean {
  const leave = context.sockets.take('');
  if (leave) socket.once('close', leave);
  else socket.destroy();
  return leave !== null;
}

/** The part of a user name that may be a room's address. */
const roomIn = (userName = ''): string => userName.split(':', 1)[0]!;

/** The first packet of a connection; null if none arrives, or if a newer connection replaces it. */
export async function firstOf(
  context: ListenerContext,
  socket: Duplex,
  remote: string,
): Promise<FirstPacket | null> {
  const leave = context.pendingConnects.enter(remote, () => socket.destroy());
  const first = await firstPacket(socket, context.rooms.limits);
  leave();
  return first;
}

/**
 * Takes a place among the lines of the server and of the network address; null if either is full.
 * `line` is set once the line exists.
 */
function takePlace(
  context: ListenerContext,
  room: Room,
  socket: Duplex,
  remote: string,
): { leave(): void; holder: { line: Line | null } } | null {
  const holder: { line: Line | null } = { line: null };
  const evict = (limit: 'lines' | 'connectionsPerAddress' | 'waitingPerAddress'): void => {
    if (holder.line) holder.line.evict(limit);
    else socket.destroy();
  };
  const place = { remote, room: room.code, usedAt: () => holder.line?.usedAt ?? 0 };
  const leaveAddress = context.connections.take({
    ...place,
    evict: () => evict('connectionsPerAddress'),
  });
  if (!leaveAddress) return null;
  const leaveServer = context.lines.take({ ...place, evict: () => evict('lines') });
  if (!leaveServer) {
    leaveAddress();
    return null;
  }
  const forget = context.memory.add({
    remote,
    bytes: () => holder.line?.waiting ?? 0,
    evict: () => evict('waitingPerAddress'),
  });
  const leave = (): void => {
    forget();
    leaveServer();
    leaveAddress();
  };
  return { leave, holder };
}

/**
 * Attaches a connection to its room as a line, which holds its place until it ends. If it becomes no
 * line, the stream is untouched and the place is free at once. `unpaid`: microseconds.
 */
export async function attach(
  context: ListenerContext,
  room: Room,
  socket: Duplex,
  remote: string,
  { turns, unpaid = 0, ...info }: LineInfo & { turns: ConnectionTurns; unpaid?: number },
): Promise<Line | ListenerRefusal | 'lines-full'> {
  const place = takePlace(context, room, socket, remote);
  if (!place) return 'lines-full';
  socket.once('close', place.leave);
  if (unpaid > 0) await turns.pay(unpaid);
  const line = await room.ready(turns).then(
    () => (socket.destroyed ? 'not-running' : room.attach(socket, { ...info, remote }, turns)),
    // The room ended at this moment.
    () => 'not-running' as const,
  );
  if (typeof line === 'string') place.leave();
  else place.holder.line = line;
  return line;
}

/**
 * The room at an address. After too many wrong addresses from `remote`, a room is only found if
 * a client from there has been in it before: otherwise guessing would cost nothing.
 * @param watchKey of a page; null if it gave none, undefined for an MQTT client
 */
export function findRoom(
  context: ListenerContext,
  address: string,
  remote: string,
  watchKey?: string | null,
): Room | null {
  const { rooms, known, knownViewers, failedLookups } = context;
  const room = rooms.find(address, watchKey);
  const familiar = watchKey === undefined ? known : knownViewers;
  if (!room || (failedLookups.silent(remote) && !familiar.has(room, remote))) return null;
  familiar.add(room, remote);
  known.add(room, remote);
  return room;
}

/**
 * Whether a wrong address is answered; it is counted as a guess. That of a room of another process is none: here it
 * is wrong whatever its key is, so the answer tells nothing, and it comes from every page of a process that has died.
 */
export const mayAnswer = (
  { rooms, failedLookups }: ListenerContext,
  address: string,
  remote: string,
): boolean => rooms.isElsewhere(address) || failedLookups.answer(remote);

interface Found {
  room: Room;
  user: string | undefined;
  info?: Pick<LineInfo, 'who' | 'name' | 'rates'>;
}

/** Which room, and which of its own users: `<address>` or `<address>:<user>`. */
function lookUp(
  context: ListenerContext,
  { connect }: FirstPacket,
  { remote, socket }: { remote: string; socket: Duplex },
): Found | 'full' | null {
  const userName = connect?.userName;
  if (userName !== undefined) {
    const address = roomIn(userName);
    const entrance = findEntrance(context, address, { remote, socket });
    if (entrance === 'full') return 'full';
    if (entrance) return { ...entrance, user: undefined };
    const room = findRoom(context, address, remote);
    const user = userName.length > address.length ? userName.slice(address.length + 1) : undefined;
    if (room) return { room, user };
  }
  // A mistyped address is refused. A client that names no room enters the open room.
  const { open } = context.rooms;
  const meant = roomIn(userName);
  const namesRoom = parseAddress(meant) !== null || resemblesAddress(meant) || context.entrances.resembles(meant); // prettier-ignore
  return open && !namesRoom ? { room: open, user: userName } : null;
}

export async function admit(
  context: ListenerContext,
  socket: Duplex,
  from: { transport: Transport; remote: string; certificate?: LineInfo['certificate'] },
): Promise<void> {
  const { remote, transport } = from;
  socket.on('error', () => socket.destroy());
  const first = await firstOf(context, socket, remote);
  // Many may be due at the same moment: closing takes its turn, too.
  if (!first) return context.fair.turnsOf(remote, 'gone').later(() => socket.destroy());
  const { connect, frame, rest } = first;
  const found = lookUp(context, first, { remote, socket });
  if (!found) {
    if (!connect || !mayAnswer(context, roomIn(connect.userName), remote))
      return void socket.destroy();
    return refuse(socket, connect.version, errors['no-room']);
  }
  if (found === 'full') return refuseFull(socket, connect?.version ?? 4, 'room-full');
  // Too large: the line tells it to the client and to the room, as to one from a page.
  const own =
    connect?.userName === undefined || first.isTooLarge
      ? frame
      : withUserName(frame, connect.version, found.user);
  socket.unshift(Buffer.concat([own, rest]));
  const line = await attach(context, found.room, socket, remote, {
    transport,
    role: 'outside',
    turns: context.fair.turnsOf(remote, found.room.code),
    unpaid: connectUs,
    loopback: isLoopback(remote),
    ...(from.certificate && { certificate: from.certificate }),
    ...found.info,
  });
  const version = connect?.version ?? 4;
  if (line === 'full') refuseFull(socket, version, 'room-full');
  else if (line === 'lines-full') refuseFull(socket, version, 'lines-full');
  // The broker has no listener there: close the connection, as a closed port does.
  else if (typeof line === 'string') socket.destroy();
}
