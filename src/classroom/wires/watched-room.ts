/** A room that is only looked at: its trace as a record, its state, and nothing that changes it. */
import { brokerStateOf } from '../../workbench/room/broker-state.ts';
import { PendingRequests } from '../../workbench/room/pending-requests.ts';
import { RoomError } from '../../workbench/room/room.ts';
import { WatchStream } from '../../workbench/room/watch-stream.ts';
import { WatchedTrace } from '../../workbench/room/watched-trace.ts';
import { RunRecord } from '../../workbench/run/record.ts';
import type { CheckResult } from '../../../sandbox/protocol/exercise.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';

const againMs = 2_000;

export interface WatchedRoomEvents {
  status(isLive: boolean): void;
  /** What the room's checks have decided. */
  checks?(results: readonly CheckResult[]): void;
  /** The stream is pushed to many: it takes no requests, tells the broker's state by itself, and has messages of its own. */
  pushed?(text: string): void;
}

export class WatchedRoom {
  readonly record: RunRecord;
  readonly answer = {};
  readonly #url: URL;
  readonly #on: WatchedRoomEvents;
  readonly #requests = new PendingRequests();
  readonly #trace: WatchedTrace;
  #stream: WatchStream | undefined;
  #isClosed = false;
  /** Of a stream that is pushed. */
  #state = Promise.withResolvers<BrokerState>();

  /** @param path below `class/`, with a query or without */
  constructor(path: string, on: WatchedRoomEvents) {
    const url = new URL(`${import.meta.env.BASE_URL}class/${path}`, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    this.#url = url;
    this.#on = on;
    this.record = new RunRecord((notify) =>
      document.hidden ? setTimeout(notify, 200) : requestAnimationFrame(notify),
    );
    this.#trace = new WatchedTrace((event) => {
      if (event.type === 'reset') {
        this.record.clear();
        on.checks?.([]);
      }
      if (event.type === 'checks') on.checks?.(event.results);
      if (event.type === 'entries') this.record.addEntries(event.entries);
      if (event.type === 'missing') this.record.addMissing(event.count);
    });
    void this.#keepWatching();
  }

  async #keepWatching(): Promise<void> {
    while (!this.#isClosed) {
      this.#url.searchParams.set('run', String(this.#trace.run ?? 0));
      this.#url.searchParams.set('from', String(this.#trace.last + 1));
      this.#stream = new WatchStream(this.#url.href, {
        onMessage: (message) => {
          if (message.type === 'welcome') this.#on.status(true);
          this.#trace.handle(message);
          if (this.#on.pushed && message.type === 'state') this.#pushed(message.state);
          else this.#requests.handle(message);
        },
        onEntries: (entries) => this.#trace.handleEntries(entries),
        onOther: (text) => this.#on.pushed?.(text),
      });
      await this.#stream.ended;
      this.#stream = undefined;
      this.#requests.abandon();
      if (this.#isClosed) return;
      this.#on.status(false);
      // Another broker may be there after a restart: what the page has is of the one before.
      this.#trace.forget();
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }

  #pushed(state: Parameters<typeof brokerStateOf>[0]): void {
    const next = Promise.withResolvers<BrokerState>();
    next.resolve(brokerStateOf(state));
    this.#state.resolve(next.promise);
    this.#state = next;
    // Whoever shows it asks after changes.
    this.record.addEntries([]);
  }

  async state(): Promise<BrokerState> {
    if (this.#on.pushed) return this.#state.promise;
    const stream = this.#stream;
    const response = await this.#requests.send({ type: 'state' }, (request) =>
      stream?.send(request),
    );
    if (response.type !== 'state') throw new RoomError('internal', `state: ${response.type}`);
    return brokerStateOf(response.state);
  }

  close(): void {
    this.#isClosed = true;
    this.#stream?.drop();
  }
}
