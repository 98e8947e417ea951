/**
 * In a lesson's page of a teacher: shows the run of an exercise to the class. The server takes the packets from the room
 * whose watch key this page has; program and output go from here. A reload goes on with the same show.
 */
import {
  screenJson,
  type Screen,
  type ScreenPart,
} from '../../../sandbox/protocol/class-screen.ts';
import { parseShowStatus, type ShowStatus } from '../../../sandbox/protocol/class-show.ts';
import { SavedRoom } from '../../workbench/room/saved-room.ts';
import { guardedStore } from '../../workbench/store/drafts.ts';
import { newId } from './ids.ts';
import { forgetShowing, keepShowing, type Showing } from './showing.ts';

export interface PresenterEvents {
  /** Null: nothing is connected; `needs`: what is missing before anything can be shown. */
  changed(status: ShowStatus | null, needs: 'room' | 'server-room' | 'connection' | null): void;
  /** It was ended, here or elsewhere. */
  over(): void;
}

/** How often the page looks at what it shows; at most so often a screen is sent. Milliseconds. */
const lookMs = 500;
const firstWaitMs = 1_000;
const mostWaitMs = 10_000;
const store = guardedStore(() => sessionStorage);

export const newShow = (classId: string, exercise: string): Showing => ({
  ...{ id: `show-${newId()}`, classId, exercise },
});

export class Presenter {
  readonly #showing: Showing;
  readonly #read: () => ScreenPart | undefined;
  readonly #on: PresenterEvents;
  readonly #room: SavedRoom;
  readonly #page = newId();
  readonly #timer: ReturnType<typeof setInterval>;
  #socket: WebSocket | undefined;
  #address = '';
  #status: ShowStatus | null = null;
  #sent = '';
  #waitMs = firstWaitMs;
  #triesAt = 0;
  #isOver = false;

  constructor(showing: Showing, read: () => ScreenPart | undefined, on: PresenterEvents) {
    this.#showing = showing;
    this.#read = read;
    this.#on = on;
    this.#room = new SavedRoom(store, showing.exercise);
    keepShowing(showing);
    this.#timer = setInterval(() => this.#look(), lookMs);
    // The constructor's caller has it before it hears of it.
    queueMicrotask(() => this.#look());
  }

  #look(): void {
    if (this.#isOver) return;
    const part = this.#read();
    const room = part?.place === 'server' && part.room !== null ? this.#room.load() : undefined;
    if (!room) {
      this.#drop();
      return this.#on.changed(null, part?.place === 'browser' ? 'server-room' : 'room');
    }
    if (room.address !== this.#address) this.#drop();
    if (!this.#socket && performance.now() >= this.#triesAt) this.#connect(room);
    if (!this.#status) return this.#on.changed(null, 'connection');
    const screen: Omit<Screen, 'isCut'> = { ...part!, page: this.#page, isShown: true };
    const json = screenJson(screen);
    if (json === this.#sent || this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#sent = json;
    this.#socket.send(`{"type":"screen","screen":${json}}`);
  }

  #connect({ address, watchKey }: { address: string; watchKey: string }): void {
    const { classId, exercise, id } = this.#showing;
    const url = new URL(`${import.meta.env.BASE_URL}class/${encodeURIComponent(classId)}/show`, location.href); // prettier-ignore
    url.protocol = url.protocol.replace('http', 'ws');
    for (const [name, value] of Object.entries({ address, key: watchKey, exercise, show: id }))
      url.searchParams.set(name, value);
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#address = address;
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      const status = parseShowStatus(String(data));
      if (!status || this.#socket !== socket) return;
      this.#waitMs = firstWaitMs;
      this.#status = status;
      this.#on.changed(status, null);
    };
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return;
      this.#drop();
      if (code === 4001) return this.#finish();
      this.#triesAt = performance.now() + this.#waitMs;
      this.#waitMs = Math.min(this.#waitMs * 2, mostWaitMs);
      this.#on.changed(null, 'connection');
    };
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#status = null;
    this.#address = '';
    this.#sent = '';
    socket?.close();
  }

  pause(isPaused: boolean): void {
    this.#send({ type: 'pause', isPaused });
  }

  #send(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  end(): void {
    this.#send({ type: 'end' });
    this.#finish();
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#timer);
    forgetShowing();
    this.#drop();
    this.#on.over();
  }
}
