/** The session store of one broker, and its index of subscriptions. */
import type { Delivery, Read } from './message.ts';
import type { OutboundHost } from './outbound-queue.ts';
import { restoredSession, Session, type ConnectInfo, type Subscription } from './session.ts';
import { SharedGroup } from './shared-group.ts';
import { SubscriptionTree } from './subscription-tree.ts';
import { sharedFilter } from '../../mqtt/topic-match.ts';
import type { SavedSession } from '../saved-state.ts';

export interface SessionStoreHost extends OutboundHost {
  /** Deliveries of a shared subscription whose member's session has ended. */
  passOn(group: SharedGroup<Subscription>, delivery: Delivery): void;
  /** A disconnected session was ended to make room. */
  evicted(clientId: string): void;
}

export interface SessionStoreLimits {
  offlineSessions: number;
  offlineSessionMs: number;
}

export class SessionStore {
  readonly byId = new Map<string, Session>();
  readonly index = new SubscriptionTree<Subscription | SharedGroup<Subscription>>();
  #groups: Map<string, SharedGroup<Subscription>> | null = null;
  /** Of sessions whose clients are away, and that aedes does not end. */
  readonly #expiries = new Map<Session, ReturnType<typeof setTimeout>>();
  readonly #host: SessionStoreHost;
  readonly #limits: SessionStoreLimits;
  subscriptionCount = 0;
  sharedCount = 0;

  constructor(host: SessionStoreHost, limits: SessionStoreLimits) {
    this.#host = host;
    this.#limits = limits;
  }

  /** The session for a client that connects. The one before it must be disconnected. */
  open(clientId: string, connectInfo: ConnectInfo): { session: Session; present: boolean } {
    this.#sweep();
    const old = this.byId.get(clientId);
    // 3.1.1 [MQTT-3.1.2-6], 5.0 [MQTT-3.1.2-4]: a clean start discards the old session.
    if (old && connectInfo.clean) this.end(old);
    else if (old) {
      this.#neverExpires(old);
      old.connectInfo = connectInfo;
      old.connected = true;
      return { session: old, present: true };
    }
    const session = new Session(clientId, connectInfo, this.#host);
    this.byId.set(clientId, session);
    return { session, present: false };
  }

  /** Its connection has ended. `expiryInterval` in seconds: 0 ends the session now. */
  disconnected(session: Session, expiryInterval: number): void {
    session.connected = false;
    session.expiryInterval = expiryInterval;
    session.since = Date.now();
    session.outgoing.detach();
    if (expiryInterval === 0) return this.end(session);
    // aedes has timers for sessions of 5.0 only.
    if (session.connectInfo.version < 5) this.#endAfter(session, expiryInterval * 1000);
    this.#sweep();
  }

  /**
   * A session from the broker's file, whose client is away. `expiry`: seconds that it lasts if the file
   * does not say when it ends; undefined: until its client comes.
   */
  restore(saved: SavedSession, read: Read, expiry: number | undefined): void {
    const session = restoredSession(saved, this.#host, read);
    this.byId.set(session.clientId, session);
    for (const subscription of saved.subscriptions) this.subscribe(session, subscription);
    if (expiry === undefined) return;
    const left = saved.endsAt === undefined ? expiry * 1000 : saved.endsAt - Date.now();
    this.#endAfter(session, left);
  }

  /** Later than the limit needs no timer: `#sweep` ends it. */
  #endAfter(session: Session, ms: number): void {
    if (ms >= this.#limits.offlineSessionMs) return;
    this.#expiries.set(
      session,
      setTimeout(() => this.end(session), Math.max(0, ms)),
    );
  }

  /** No session ends by itself any more. */
  close(): void {
    for (const timer of this.#expiries.values()) clearTimeout(timer);
    this.#expiries.clear();
  }

  #neverExpires(session: Session): void {
    clearTimeout(this.#expiries.get(session));
    this.#expiries.delete(session);
  }

  end(session: Session): void {
    if (this.byId.get(session.clientId) !== session) return;
    this.#neverExpires(session);
    this.byId.delete(session.clientId);
    const groups = new Map<string, SharedGroup<Subscription>>();
    for (const { filter, group } of session.subscriptions.values()) {
      if (group) groups.set(filter, group);
    }
    for (const filter of [...session.subscriptions.keys()]) this.unsubscribe(session, filter);
    session.incoming.clear();
    for (const delivery of session.outgoing.end()) {
      const group = delivery.shared === undefined ? undefined : groups.get(delivery.shared);
      // [MQTT-4.8.2-5] only forbids it for QoS 2 messages that were sent: `end()` left those out.
      if (group) this.#host.passOn(group, delivery);
    }
    this.#host.changed();
  }

  /** Returns true if it is new; an existing one is replaced ([MQTT-3.8.4-3]). */
  subscribe(session: Session, wanted: Omit<Subscription, 'session' | 'group'>): boolean {
    const isNew = !session.subscriptions.has(wanted.filter);
    const subscription: Subscription = { ...wanted, session };
    const old = session.subscriptions.get(wanted.filter);
    if (old) {
      Object.assign(old, { identifier: undefined }, wanted);
    } else {
      session.subscriptions.set(wanted.filter, subscription);
      this.#add(subscription);
      this.subscriptionCount++;
    }
    this.#host.changed();
    return isNew;
  }

  /** Returns false if there was no such subscription. */
  unsubscribe(session: Session, filter: string): boolean {
    const subscription = session.subscriptions.get(filter);
    if (!subscription) return false;
    session.subscriptions.delete(filter);
    this.subscriptionCount--;
    const { group } = subscription;
    if (group) this.sharedCount--;
    if (!group) this.index.remove(filter, subscription);
    else {
      group.remove(subscription);
      if (group.members.length === 0) {
        this.#groups?.delete(filter);
        this.index.remove(sharedFilter(filter)!.filter, group);
      }
    }
    this.#host.changed();
    return true;
  }

  #add(subscription: Subscription): void {
    const shared = sharedFilter(subscription.filter);
    if (!shared) return this.index.add(subscription.filter, subscription);
    const groups = (this.#groups ??= new Map());
    let group = groups.get(subscription.filter);
    if (!group) {
      group = new SharedGroup(subscription.filter);
      groups.set(subscription.filter, group);
      this.index.add(shared.filter, group);
    }
    group.add(subscription);
    this.sharedCount++;
    subscription.group = group;
  }

  /** Ends sessions that have expired, and the oldest sessions if there are too many. */
  #sweep(): void {
    const now = Date.now();
    const offline = [...this.byId.values()].filter(
      (session) => !session.connected && !session.inner,
    );
    offline.sort((a, b) => a.since - b.since);
    let left = offline.length;
    for (const session of offline) {
      const tooMany = left > this.#limits.offlineSessions;
      if (!tooMany && now - session.since < this.#limits.offlineSessionMs) continue;
      left--;
      this.end(session);
      if (tooMany) this.#host.evicted(session.clientId);
    }
  }
}
