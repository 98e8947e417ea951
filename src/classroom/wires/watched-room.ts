/** A room that is only looked at: its trace as a record, its state, and nothing that changes it. */
import { brokerStateOf } from '../../workbench/room/broker-state.ts';
import { PendingRequests } from '../../workbench/room/pending-requests.ts';
import { RoomError } from '../../workbench/room/room.ts';
import { WatchStream } from '../../workbench/room/watch-stream.ts';
import { WatchedTrace } from '../../workbench/room/watched-trace.ts';
import { RunRecord } from '../../workbench/run/record.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';

const againMs = 2_000;

export class WatchedRoom {
  readonly record: RunRecord;
  readonly answer = {};
  readonly #url: string;
  readonly #onStatus: (isLive: boolean) => void;
  readonly #requests = new PendingRequests();
  readonly #trace: WatchedTrace;
  #stream: WatchStream | undefined;

  /** @param path below `class/` */
  constructor(path: string, onStatus: (isLive: boolean) => void) {
    const url = new URL(`${import.meta.env.BASE_URL}class/${path}`, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    this.#url = url.href;
    this.#onStatus = onStatus;
    this.record = new RunRecord((notify) =>
      document.hidden ? setTimeout(notify, 200) : requestAnimationFrame(notify),
    );
    this.#trace = new WatchedTrace((event) => {
      if (event.type === 'reset') this.record.clear();
      if (event.type === 'entries') this.record.addEntries(event.entries);
      if (event.type === 'missing') this.record.addMissing(event.count);
    });
    void this.#keepWatching();
  }

  async #keepWatching(): Promise<never> {
    for (;;) {
      const query = `?run=${this.#trace.run ?? 0}&from=${this.#trace.last + 1}`;
      this.#stream = new WatchStream(this.#url + query, {
        onMessage: (message) => {
          if (message.type === 'welcome') this.#onStatus(true);
          this.#trace.handle(message);
          this.#requests.handle(message);
        },
        onEntries: (entries) => this.#trace.handleEntries(entries),
      });
      await this.#stream.ended;
      this.#stream = undefined;
      this.#requests.abandon();
      this.#onStatus(false);
      // Another broker may be there after a restart: what the page has is of the one before.
      this.#trace.forget();
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }

  async state(): Promise<BrokerState> {
    const stream = this.#stream;
    const response = await this.#requests.send({ type: 'state' }, (request) =>
      stream?.send(request),
    );
    if (response.type !== 'state') throw new RoomError('internal', `state: ${response.type}`);
    return brokerStateOf(response.state);
  }
}
