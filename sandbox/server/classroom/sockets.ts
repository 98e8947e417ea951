/**
 * The WebSockets of a class. `/class/mqtt`: a member's page on the class's broker. For the teacher:
 * `/class/<id>` is the live stream, `/class/<id>/mqtt` the broker, `/class/<id>/watch` what goes over its
 * wires, and `/class/<id>/watch/<member>?room=<code>` what goes over those of a member's exercise, both to read
 * only; without a code it is the exercise that they opened last. `/class/<id>/mqtt/<member>` is the broker, with that
 * member's screen. Before either of the two is let in, the member's pages are told that somebody looks.
 * `/class/shared` is a program of a member's page in the shared room; for the teacher `/class/<id>/shared` is its
 * picture, and `/class/<id>/shared/watch` what goes over its wires.
 * `show-sockets.ts` has those of what a teacher shows.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { teacher, type Who } from '../../classroom/class-access.ts';
import type { ClassBrokers } from '../../classroom/class-brokers.ts';
import type { MemberInClass } from '../../classroom/class-list.ts';
import type { Classroom } from '../../classroom/classroom.ts';
import type { MemberRooms } from '../../classroom/member-rooms.ts';
import type { SharedRooms } from '../../classroom/shared/shared-rooms.ts';
import { lookerAt } from '../../protocol/class-screen.ts';
import type { Room } from '../../room/room.ts';
import { attach, type ListenerContext } from '../admission/admit.ts';
import { upgradeInTurn } from '../fair/upgrades.ts';
import { serveWatchSocket } from '../listeners/watch-socket.ts';
import { offersMqtt, sameOrigin } from '../listeners/ws.ts';
import { WebSocketStream } from '../listeners/ws-stream.ts';
import { serveLive } from './live.ts';
import { reject, Upgrades, type Asked } from './upgrades.ts';
import { MemberSockets } from './member-sockets.ts';
import { serveSharedLine } from './shared-line.ts';
import { serveShared } from './shared.ts';
import { ShowSockets } from './show-sockets.ts';
import type { Shows } from './shows.ts';

export interface ClassSockets {
  /** False if the path is not that of a class. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

export interface ClassSocketsHost {
  context: ListenerContext;
  classroom: Classroom;
  brokers: ClassBrokers;
  shared: SharedRooms;
  shows: Shows;
  memberRooms: Pick<MemberRooms, 'roomOf'>;
  isTeacher(request: IncomingMessage): boolean;
  /** `out` is called when the teacher's browser is signed out. */
  whenSignedOut(request: IncomingMessage, out: () => void): { close(): void };
  memberOf(request: IncomingMessage): MemberInClass | null;
}

export function classSockets(host: ClassSocketsHost): ClassSockets {
  return new Sockets(host);
}

class Sockets implements ClassSockets {
  readonly #host: ClassSocketsHost;
  readonly #up: Upgrades;
  readonly #shows: ShowSockets;
  readonly #ofMember = new MemberSockets();

  constructor(host: ClassSocketsHost) {
    this.#host = host;
    this.#up = new Upgrades(host.context);
    this.#shows = new ShowSockets({ ...host, up: this.#up });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const path = (request.url ?? '').split('?', 1)[0]!;
    if (!path.startsWith('/class/')) return false;
    const { context } = this.#host;
    if (!sameOrigin(context, request)) return reject(socket, '403 Forbidden');
    const asked = { request, socket, head, remote: context.proxies.sourceOf(request) };
    // Who asks is looked up then: a member may be removed, or a teacher signed out, while it waits.
    upgradeInTurn(context, { socket, remote: asked.remote, room: 'class' }, () => {
      this.#serve(asked, path);
    });
    return true;
  }

  #serve(asked: Asked, path: string): true {
    if (path === '/class/shared') return this.#shared(asked);
    if (path === '/class/show') return this.#shows.watch(asked, this.#memberOf(asked));
    return path === '/class/mqtt' ? this.#member(asked) : this.#teacher(asked, path);
  }

  #memberOf({ request }: Asked): { classId: string; member: string } | null {
    const found = this.#host.memberOf(request);
    return found && { classId: found.class.row.id, member: found.member.row.id };
  }

  #member(asked: Asked): true {
    const found = this.#host.memberOf(asked.request);
    if (!found) return reject(asked.socket, '403 Forbidden');
    const { id, name } = found.member.row;
    return this.#line(asked, found.class.row.id, { who: id, name });
  }

  /** A program of a member's page in the class's shared room. */
  #shared(asked: Asked): true {
    const { memberOf, shared, context } = this.#host;
    const { request, socket, remote } = asked;
    const found = memberOf(request);
    if (!found) return reject(socket, '403 Forbidden');
    if (!found.class.row.shared?.isOpen) return reject(socket, '404 Not Found');
    if (!offersMqtt(request)) return reject(socket, '400 Bad Request');
    this.#up.upgrade(asked, (opened) => {
      const turns = this.#up.turns(opened, asked, `shared ${found.class.row.id}`);
      serveSharedLine(opened, context, shared, { socket, remote, turns, member: found });
    });
    return true;
  }

  #teacher(asked: Asked, path: string): true {
    const { isTeacher, classroom, memberRooms, shared } = this.#host;
    const [, id, what, member] =
      /^\/class\/([\w-]{1,64})(?:\/(mqtt|watch|shared|shown?)(?:\/([\w-]{1,64}))?)?$/.exec(path) ??
      [];
    if (!isTeacher(asked.request)) return reject(asked.socket, '403 Forbidden');
    this.#endWhenSignedOut(asked);
    const found = classroom.classes.find(({ row }) => row.id === id);
    if (found && what === 'shared') {
      const one = found.row.id;
      if (member === 'watch') return this.#watch(asked, async () => shared.of(one).room);
      if (member === undefined) return this.#up.open(asked, `class ${one}`, (...to) => serveShared(...to, shared, one)); // prettier-ignore
    }
    const isThere = found && what !== 'shared' && (member === undefined || found.members.has(member)); // prettier-ignore
    if (!isThere) return reject(asked.socket, '404 Not Found');
    if (what === 'mqtt' && member === undefined)
      return this.#line(asked, found.row.id, { who: teacher, name: teacher });
    if (what === 'mqtt') {
      const as = { who: lookerAt(member!), name: teacher };
      return this.#line(asked, found.row.id, as, member);
    }
    if (what === 'show') return this.#shows.present(asked, found.row.id);
    if (what === 'shown') return this.#shows.watchOwn(asked, found.row.id);
    if (what === undefined) {
      const one = found.row.id;
      return this.#up.open(asked, `class ${one}`, (opened, turns) =>
        serveLive(opened, classroom, one, turns),
      );
    }
    if (member === undefined)
      return this.#watch(asked, async () => (await this.#host.brokers.of(found.row.id)).room);
    const query = new URLSearchParams(asked.request.url!.split('?', 2)[1]);
    const room = memberRooms.roomOf(member, query.get('room') ?? undefined);
    if (!room) return reject(asked.socket, '404 Not Found');
    return this.#watch(asked, async () => {
      await this.#look(asked.socket, found.row.id, member);
      return room;
    });
  }

  #endWhenSignedOut({ request, socket }: Asked): void {
    const session = this.#host.whenSignedOut(request, () => socket.destroy());
    socket.once('close', () => session.close());
  }

  #watch(asked: Asked, find: () => Promise<Room>): true {
    const { request, socket, remote } = asked;
    if (!this.#up.place(asked, 'class watch')) return true;
    const query = new URLSearchParams(request.url!.split('?', 2)[1]);
    this.#up.upgrade(asked, (opened) => {
      const turns = this.#up.turns(opened, asked, 'class watch');
      const { memory } = this.#host.context;
      find().then(
        (room) => serveWatchSocket(opened, socket, room, { query, turns, remote, memory, readOnly: true }), // prettier-ignore
        () => opened.close(1011),
      );
    });
    return true;
  }

  /** Resolves when the member's pages know that this connection looks; they are told when it ends. */
  async #look(socket: Duplex, id: string, member: string): Promise<void> {
    const look = await (await this.#host.brokers.of(id)).looks.begin(member);
    if (socket.destroyed) look.close();
    else socket.once('close', () => look.close());
  }

  /** @param looksAt the member whose screen comes over it */
  #line(asked: Asked, id: string, as: { who: Who; name: string }, looksAt?: string): true {
    const { request, socket } = asked;
    if (!offersMqtt(request)) return reject(socket, '400 Bad Request');
    this.#up.upgrade(asked, (opened) => {
      if (as.who !== teacher && looksAt === undefined) this.#ofMember.add(as.who, opened);
      const stream = new WebSocketStream(opened, socket);
      const looked = looksAt === undefined ? undefined : this.#look(socket, id, looksAt);
      void Promise.resolve(looked)
        .then(() => this.#attach(stream, opened, asked, id, as))
        .catch(() => opened.terminate());
    });
    return true;
  }

  async #attach(
    stream: WebSocketStream,
    opened: WebSocket,
    asked: Asked,
    id: string,
    { who, name }: { who: Who; name: string },
  ): Promise<void> {
    const turns = this.#up.turns(opened, asked, `class ${id}`);
    const { room } = await this.#host.brokers.of(id);
    const info = { transport: 'websocket', role: 'outside', who, name, turns } as const;
    const line = await attach(this.#host.context, room, stream, asked.remote, info);
    if (typeof line === 'string') opened.terminate();
  }

  close(): void {
    this.#up.close();
  }
}
