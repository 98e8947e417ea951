/**
 * The WebSockets of a show. `/class/<id>/show?address=…&key=…&exercise=…` is the teacher's page that shows: it has the
 * watch key of its room. Those who watch have no key and send nothing: `/class/show` for members, or for whoever has the
 * show's own token (`?projector=…`), `/class/<id>/shown` for the teacher's other pages.
 */
import { parseShowRequest, showId } from '../../protocol/class-show.ts';
import { exerciseId } from '../../protocol/assignment.ts';
import { isA } from '../../protocol/parse-json.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import { findRoom, type ListenerContext } from '../admission/admit.ts';
import { reject, type Asked, type Upgrades } from './upgrades.ts';
import { MemberSockets } from './member-sockets.ts';
import type { Presenter, Show, Shows } from './shows.ts';

export interface ShowSocketsHost {
  context: ListenerContext;
  shows: Shows;
  up: Pick<Upgrades, 'open'>;
}

/** Pages of one member that watch at once; the oldest is closed. */
const mostOfMember = 3;
/** Of one show with the token, or of the teacher's own pages, at once. */
const mostProjectors = 8;
const messagesPerSecond = 5;

export class ShowSockets {
  readonly #host: ShowSocketsHost;
  readonly #open = new MemberSockets();

  constructor(host: ShowSocketsHost) {
    this.#host = host;
  }

  /** A member of the class, or null: the projector by its token. */
  watch(asked: Asked, of: { classId: string; member: string } | null): true {
    const { shows } = this.#host;
    if (of) return this.#watch(asked, shows.of(of.classId), of.member);
    const token = queryOf(asked).get('projector');
    if (token === null) return reject(asked.socket, '403 Forbidden');
    return this.#watch(asked, shows.ofProjector(token), null);
  }

  /** The teacher's own pages. */
  watchOwn(asked: Asked, classId: string): true {
    return this.#watch(asked, this.#host.shows.of(classId), null);
  }

  #watch(asked: Asked, show: Show | undefined, member: string | null): true {
    const { up } = this.#host;
    if (!show) return reject(asked.socket, '404 Not Found');
    return up.open(asked, 'class show', (opened, turns) => {
      const { socket } = asked;
      // Those of another class must not push these out.
      const who = member ?? `projectors of ${show.shown.id}`;
      this.#open.add(who, opened, member === null ? mostProjectors : mostOfMember);
      const unsent = (): number => opened.bufferedAmount;
      const send = (frame: Buffer): void => void (opened.readyState === 1 && socket.write(frame));
      const end = (): void => {
        if (opened.readyState === 1) opened.close(1000);
        // One that does not read does not answer the close either.
        setTimeout(() => opened.terminate(), 5_000).unref();
      };
      const watching = show.watch({ send, unsent, turns }, member, end);
      opened.on('message', () => opened.close(1008, 'this stream takes no messages'));
      opened.on('error', () => opened.terminate());
      opened.once('close', () => watching.close());
    });
  }

  /** The teacher's page: what it shows is of the room whose watch key it has. */
  present(asked: Asked, classId: string): true {
    const { context, shows, up } = this.#host;
    const query = queryOf(asked);
    const [address, key, exercise] = ['address', 'key', 'exercise'].map((name) => query.get(name));
    const room = findRoom(context, address ?? '', asked.remote, key ?? '');
    if (!room) return reject(asked.socket, '404 Not Found');
    if (!isA(exerciseId, exercise)) return reject(asked.socket, '400 Bad Request');
    const before = query.get('show');
    const id = isA(showId, before) ? before : undefined;
    return up.open(asked, `class ${classId}`, (opened, turns) => {
      const presenter: Presenter = {
        status: (status) => opened.readyState === 1 && opened.send(JSON.stringify(status)),
        replaced: () => opened.close(4001, 'over'),
      };
      const show = shows.begin(classId, { id, exercise, room, turns, presenter });
      const rate = new TokenBucket(messagesPerSecond, messagesPerSecond * 4);
      opened.on('message', (data, isBinary) => {
        const message = isBinary ? undefined : parseShowRequest(String(data));
        if (!message || !rate.tryTake()) return opened.close(1008, 'not a request');
        if (message.type === 'screen') show.screen(message.screen);
        if (message.type === 'pause') show.pause(message.isPaused);
        if (message.type === 'end') show.end();
      });
      opened.on('error', () => opened.terminate());
      opened.once('close', () => show.left(presenter));
    });
  }
}

const queryOf = ({ request }: Asked): URLSearchParams =>
  new URLSearchParams(request.url!.split('?', 2)[1]);
