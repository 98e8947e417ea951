import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import { type PolledRoom, type StateListener, StatePoll } from '../room/state-poll.ts';
import type { Moment } from './moment.ts';

/**
 * What the broker holds at the moment that is shown: the broker itself is asked about now, the trace about
 * the past. Its calls are those of `StatePoll`.
 */
export class MomentState {
  readonly #moment: Moment;
  readonly #listener: StateListener;
  readonly #poll: StatePoll;
  #shown = false;

  constructor(room: PolledRoom, moment: Moment, listener: StateListener) {
    this.#moment = moment;
    this.#listener = listener;
    this.#poll = new StatePoll(room, {
      // A response may come after the reader has gone back.
      onState: (state: BrokerState) => moment.isNow && listener.onState(state),
      onUnavailable: () => moment.isNow && listener.onUnavailable(),
    });
  }

  show(): void {
    this.#shown = true;
    this.#poll.show();
    this.changed();
  }
  hide(): void {
    this.#shown = false;
    this.#poll.hide();
  }
  changed(): void {
    if (this.#moment.isNow) this.#poll.changed();
    else if (this.#shown) this.#listener.onState(this.#moment.brokerState());
  }
  restart(): void {
    if (this.#moment.isNow) this.#poll.restart();
    else this.changed();
  }
}
