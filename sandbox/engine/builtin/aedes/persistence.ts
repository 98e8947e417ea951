/**
 * The part of aedes' persistence interface that it calls for the life of connections. It keeps the
 * wills that aedes has accepted; the broker keeps sessions, subscriptions and messages.
 */
import type { AedesStream } from './stream.ts';

interface ClientLike {
  id: string;
  conn?: unknown;
}

export class LifecyclePersistence<C> {
  /** Connections with a will, and ended ones whose will waits for its delay; by aedes' client identifier. */
  readonly #wills = new Map<string, C>();

  /** aedes requires an async function here. */
  async setup(): Promise<void> {}

  takeWill(id: string): C | undefined {
    const connection = this.#wills.get(id);
    this.#wills.delete(id);
    return connection;
  }

  takeWills(): C[] {
    const all = [...this.#wills.values()];
    this.#wills.clear();
    return all;
  }

  putWill(client: ClientLike): SyncThenable {
    this.#wills.set(client.id, (client.conn as AedesStream<C>).connection);
    return DONE;
  }

  delWill({ id }: ClientLike): SyncThenable {
    this.#wills.delete(id);
    return DONE;
  }

  /** None: the broker restores a session's subscriptions itself. */
  subscriptionsByClient(): SyncThenable {
    return DONE;
  }

  cleanSubscriptions(): SyncThenable {
    return DONE;
  }

  outgoingStream(): never[] {
    return [];
  }

  streamWill(): never[] {
    return [];
  }
}

/**
 * A promise-like that calls back at once. aedes only chains `then` and `finally`; with a promise,
 * another client could take over between the acceptance of a client and its registration.
 */
interface SyncThenable {
  then(onValue?: (value: never[]) => void): SyncThenable;
  finally(callback: () => void): SyncThenable;
}

const DONE: SyncThenable = {
  then(onValue) {
    onValue?.([]);
    return DONE;
  },
  finally(callback) {
    callback();
    return DONE;
  },
};
