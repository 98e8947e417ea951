/**
 * The built-in broker of a room. aedes runs the life cycle of connections (`aedes/`): CONNECT to
 * DISCONNECT, keep alive, wills, session expiry. Sessions, subscriptions, routing and delivery are
 * here; `docs/broker.md` says which file does what.
 */
import { Buffer } from 'buffer';
import type { Duplex } from 'readable-stream';
import { acknowledged } from './acknowledgements.ts';
import { engineVersion, Lifecycle } from './aedes/lifecycle.ts';
import { BrokerContext } from './context.ts';
import { brokerState } from './state.ts';
import type {
  Broker,
  BrokerOptions,
  EngineCapabilities,
  InnerClient,
  InnerClientOptions,
  RoomMessage,
} from '../broker.ts';
import { ConnectHandler } from './connect.ts';
import { Connection } from './connection.ts';
import { SubscribeHandler } from './subscribe.ts';
import { PublishHandler } from './publish.ts';
import type { Packet } from '../../protocol/mqtt.ts';
import type { BrokerState } from '../../protocol/state.ts';
import { restoreState, savedState } from './saving.ts';
import type { SavedState } from '../saved-state.ts';
import type { Session } from './session.ts';

export async function createBroker(options: BrokerOptions = {}): Promise<Required<Broker>> {
  const broker = new BuiltinBroker(options);
  await broker.listen();
  return broker;
}

class BuiltinBroker implements Required<Broker> {
  readonly #core: BrokerContext;
  readonly #lifecycle: Lifecycle<Connection>;
  readonly #subscribes: SubscribeHandler;
  readonly #publishes: PublishHandler;

  constructor(options: BrokerOptions) {
    const core = (this.#core = new BrokerContext(options, {
      version: engineVersion,
      packet: (connection, session, packet) => this.#packet(connection, session, packet),
      evicted: (clientId) => this.#lifecycle.forgetSession(clientId),
    }));
    this.#subscribes = new SubscribeHandler(core);
    this.#publishes = new PublishHandler(core);
    const connects = new ConnectHandler(core, {
      publishWill: (connection) => this.#publishes.publishWill(connection),
      publishPendingWill: (clientId) => this.#lifecycle.publishPendingWill(clientId),
    });
    const { connectMs, offlineSessionMs } = core.limits;
    const most = Math.ceil(offlineSessionMs / 1000);
    const sessionExpirySeconds = Math.min(options.maxSessionExpiry || most, most);
    this.#lifecycle = new Lifecycle({ connectMs, sessionExpirySeconds }, connects);
    const { restore, restoredExpire = true } = options;
    if (restore) restoreState(restore, core, restoredExpire ? sessionExpirySeconds : undefined);
  }

  listen(): Promise<void> {
    return this.#lifecycle.listen();
  }

  handle(stream: Duplex, { line }: { line: number }): void {
    const core = this.#core;
    core.logConnection('notice', `New connection from line ${line}.`);
    core.connections.add(
      new Connection(stream, line, core, (connection) => this.#lifecycle.open(connection)),
    );
  }

  state(): BrokerState {
    return brokerState(this.#core.sessions, this.#core.retained);
  }

  onChange(listener: () => void): void {
    this.#core.changeListeners.push(listener);
  }

  onLog(listener: Parameters<EngineCapabilities['onLog']>[0]): void {
    this.#core.logListeners.push(listener);
  }

  publish({ topic, payload, qos = 0, retain = false }: RoomMessage): Promise<void> {
    this.#core.publish({ topic, payload: Buffer.from(payload), qos, retain });
    return Promise.resolve();
  }

  clearRetained(topic: string): Promise<void> {
    if (this.#core.retained.delete(topic)) this.#core.change();
    return Promise.resolve();
  }

  disconnect(clientId: string): boolean {
    const connection = this.#core.connectionWith(clientId);
    if (!connection) return false;
    this.#core.end(connection, 0x98);
    return true;
  }

  /** Most brokers have none: it is loaded when one is asked for. */
  async innerClient(options: InnerClientOptions): Promise<InnerClient> {
    const { InnerSession } = await import('./inner-client.ts');
    return new InnerSession(this.#core, options);
  }

  save(everything = false): SavedState {
    return savedState(this.#core.sessions, this.#core.retained, everything);
  }

  publishWills(): void {
    this.#lifecycle.publishWills();
  }

  async close(): Promise<void> {
    const { connections, sys, sessions } = this.#core;
    sys?.stop();
    sessions.close();
    for (const connection of connections) this.#core.end(connection, 0x8b);
    await this.#lifecycle.close();
    for (const connection of connections) connection.close();
    connections.clear();
  }

  #packet(connection: Connection, session: Session, packet: Packet): void {
    switch (packet.kind) {
      case 'PUBLISH':
        return this.#publishes.publish(connection, session, packet);
      case 'SUBSCRIBE':
        return this.#subscribes.subscribe(connection, session, packet);
      case 'UNSUBSCRIBE':
        return this.#subscribes.unsubscribe(connection, session, packet);
      case 'PUBACK':
      case 'PUBREC':
      case 'PUBREL':
      case 'PUBCOMP':
        return acknowledged(connection, session, packet, () => this.#core.change());
      default:
        // Only servers send the others, or only once.
        return connection.life.close();
    }
  }
}
