/** What teachers show to their classes at the moment: at most one run a class. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { ClassBrokers } from '../../classroom/class-brokers.ts';
import type { Classroom } from '../../classroom/classroom.ts';
import { isSame } from '../../classroom/codes.ts';
import {
  showAgainSeconds,
  showAwaySeconds,
  showSeconds,
  type Shown,
  type ShowStatus,
} from '../../protocol/class-show.ts';
import type { Screen } from '../../protocol/class-screen.ts';
import { classTopics } from '../../protocol/class-topics.ts';
import type { Room } from '../../room/room.ts';
import type { Turns } from '../../shared/turns.ts';
import { ShowCast, type CastViewer } from './show-cast.ts';

/** The teacher's page that shows. */
export interface Presenter {
  status(status: ShowStatus): void;
  /** Another page shows now, or the show is over. */
  replaced(): void;
}
export interface Begin {
  /** Of a page that showed before, and comes back; undefined: a new show. */
  id: string | undefined;
  exercise: string;
  room: Room;
  turns: Turns;
  presenter: Presenter;
}
/** The end of a viewer's connection. */
type End = () => void;

interface ShowHost {
  /** To the class's broker; an empty text ends it. */
  announce(payload: string): Promise<void>;
  ended(): void;
}

/** The teacher's page is told at most so often how many watch. */
const statusMs = 1_000;

export class Shows {
  readonly #classroom: Classroom;
  readonly #brokers: ClassBrokers;
  readonly #all = new Map<string, Show>();

  constructor(classroom: Classroom, brokers: ClassBrokers) {
    this.#classroom = classroom;
    this.#brokers = brokers;
  }

  of(classId: string): Show | undefined {
    return this.#all.get(classId);
  }

  /** Of whichever class; undefined if no show has this token. */
  ofProjector(token: string): Show | undefined {
    return [...this.#all.values()].find(({ projector }) => isSame(token, projector));
  }

  begin(classId: string, begin: Begin): Show {
    const before = this.#all.get(classId);
    if (before && before.shown.id === begin.id) {
      before.present(begin);
      return before;
    }
    before?.end();
    const { exercise, id = randomUUID() } = begin;
    const shown = { id, exercise, since: this.#classroom.now() };
    const show = new Show(shown, {
      announce: async (payload) => {
        const broker = await this.#brokers.of(classId);
        await broker.tell(classTopics.show, payload, payload === '' ? 0 : showSeconds);
      },
      ended: () => {
        listening.close();
        if (this.#all.get(classId) === show) this.#all.delete(classId);
      },
    });
    const listening = this.#classroom.listen(classId, {
      work: () => {},
      kept: () => {},
      changed: () => {
        const { members } = this.#classroom.class(classId);
        show.keepOnly((member) => members.has(member));
      },
      out: (member) => show.keepOnly((one) => one !== member),
      ended: () => show.end(),
    });
    this.#all.set(classId, show);
    show.present(begin);
    return show;
  }

  close(): void {
    for (const show of this.#all.values()) show.end();
  }
}

export class Show {
  shown: Shown;
  /** Whoever has it watches this show. */
  readonly projector = randomBytes(24).toString('base64url');
  readonly cast = new ShowCast();
  readonly #host: ShowHost;
  readonly #viewers = new Map<CastViewer, { member: string | null; end: End }>();
  readonly #again: ReturnType<typeof setInterval>;
  #presenter: Presenter | undefined;
  #away: ReturnType<typeof setTimeout> | undefined;
  #statusTimer: ReturnType<typeof setTimeout> | undefined;
  #isPaused = false;
  /** The last screen while it is paused. */
  #held: Screen | undefined;
  #isOver = false;

  constructor(shown: Shown, host: ShowHost) {
    this.shown = shown;
    this.#host = host;
    this.#again = setInterval(() => this.#announce(), showAgainSeconds * 1_000);
  }

  /** The teacher's page is here, for the first time or again; another one of it gives way. */
  present({ exercise, room, turns, presenter }: Begin): void {
    const before = this.#presenter;
    this.#presenter = presenter;
    if (before && before !== presenter) before.replaced();
    clearTimeout(this.#away);
    this.shown = { ...this.shown, exercise };
    this.#announce();
    this.cast.show(room, turns);
    if (this.#isPaused) this.cast.pause();
    this.#tell();
    this.#status();
  }

  /** The page is gone: it may come back for a while. */
  left(presenter: Presenter): void {
    if (this.#presenter !== presenter || this.#isOver) return;
    this.#presenter = undefined;
    this.#away = setTimeout(() => this.end(), showAwaySeconds * 1_000);
    this.#tell();
  }

  #announce(): void {
    void this.#host.announce(JSON.stringify(this.shown)).catch(() => {});
  }

  #tell(): void {
    const message = { ...this.shown, isPaused: this.#isPaused, isAway: !this.#presenter };
    this.cast.tell('show', JSON.stringify({ type: 'show', ...message }));
  }

  screen(screen: Screen): void {
    if (this.#isPaused) this.#held = screen;
    // Nothing of the room's address, and no hints of a test.
    else this.cast.tell('screen', JSON.stringify({ type: 'screen', screen: { ...screen, room: null, checks: [] } })); // prettier-ignore
  }

  pause(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.cast.pause();
    else this.cast.resume();
    const held = this.#held;
    this.#held = undefined;
    if (!isPaused && held) this.screen(held);
    this.#tell();
    this.#status();
  }

  /** @param member null: the projector, or the teacher */
  watch(viewer: CastViewer, member: string | null, end: End): { close(): void } {
    const seat = this.cast.add(viewer);
    this.#viewers.set(viewer, { member, end });
    this.#statusSoon();
    return {
      close: () => {
        seat.close();
        this.#viewers.delete(viewer);
        this.#statusSoon();
      },
    };
  }

  keepOnly(isHere: (member: string) => boolean): void {
    for (const { member, end } of [...this.#viewers.values()])
      if (member !== null && !isHere(member)) end();
  }

  #statusSoon(): void {
    this.#statusTimer ??= setTimeout(() => this.#status(), statusMs);
  }
  #status(): void {
    clearTimeout(this.#statusTimer);
    this.#statusTimer = undefined;
    this.#presenter?.status({
      ...{ type: 'status', id: this.shown.id, projector: this.projector },
      ...{ isPaused: this.#isPaused, viewers: this.#viewers.size },
    });
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#again);
    clearTimeout(this.#away);
    clearTimeout(this.#statusTimer);
    this.cast.close();
    for (const { end } of [...this.#viewers.values()]) end();
    this.#presenter?.replaced();
    this.#host.ended();
    void this.#host.announce('').catch(() => {});
  }
}
