import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { FaultRule, LinkConditions } from '../../../sandbox/protocol/faults.ts';
import type { BrokerDeed } from '../../../sandbox/protocol/process.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import type { DeviceDetails, DeviceState, OnCloud } from '../../../sandbox/protocol/trace.ts';
import type { LineTarget } from '../device/messages.ts';
import { Emitter } from '../store/emitter.ts';
import { brokerStateOf } from './broker-state.ts';
import type { PendingRequest } from './pending-requests.ts';
import {
  type ConnectionStatus,
  type Room,
  RoomError,
  type RoomEvent,
  type RoomInfo,
  type RoomPlace,
} from './room.ts';
import type { RoomConnection } from './room-connection.ts';

/** A room that is reached over a connection: each request is a message of the watch stream. */
export class ConnectedRoom implements Room {
  readonly #events = new Emitter<RoomEvent>();
  readonly #connection: RoomConnection;
  #lines = 0;

  /** @param connect makes the connection; it calls `emit` with the room's events */
  constructor(connect: (emit: (event: RoomEvent) => void) => RoomConnection) {
    this.#connection = connect((event) => this.#events.emit(event));
  }

  get place(): RoomPlace {
    return this.#connection.place;
  }
  get status(): ConnectionStatus {
    return this.#connection.status;
  }
  get info(): RoomInfo | undefined {
    return this.#connection.info;
  }
  get isSaved(): boolean {
    return this.#connection.isSaved;
  }
  subscribe(listener: (event: RoomEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  async connect(): Promise<RoomInfo> {
    await this.#connection.connect();
    if (!this.info) throw new RoomError('unreachable', 'no room');
    return this.info;
  }
  retry(): void {
    this.#connection.retry();
  }
  async reset(files?: BrokerFiles): Promise<number> {
    const response = await this.#connection.request({ type: 'reset', ...(files && { files }) });
    return response.type === 'done' ? response.run : this.#connection.run;
  }
  arm(rules: readonly FaultRule[], replace = false): Promise<void> {
    return this.#do({ type: 'arm', rules: [...rules], ...(replace && { replace }) });
  }
  setConditions(conditions: LinkConditions): Promise<void> {
    return this.#do({ type: 'set-conditions', conditions });
  }
  cut(client: string): Promise<void> {
    return this.#do({ type: 'cut', client });
  }
  disconnect(clientId: string, on?: OnCloud): Promise<void> {
    return this.#do({ type: 'disconnect', clientId, ...(on && { on }) });
  }
  clearRetained(topic: string, on?: OnCloud): Promise<void> {
    return this.#do({ type: 'clear-retained', topic, ...(on && { on }) });
  }
  operate(deed: BrokerDeed, files?: BrokerFiles, on?: OnCloud): Promise<void> {
    return this.#do({ type: 'broker', deed, ...(files && { files }), ...(on && { on }) });
  }
  async state(): Promise<BrokerState> {
    const response = await this.#connection.request({ type: 'state' });
    if (response.type !== 'state') throw new RoomError('internal', `state: ${response.type}`);
    return brokerStateOf(response.state);
  }
  reportDevice(device: string, state: DeviceState, details: DeviceDetails = {}): void {
    this.#connection.send({ type: 'device', device, state, ...details });
  }

  openLine(
    device: string,
    port: MessagePort,
    signal: AbortSignal,
    target?: LineTarget,
  ): Promise<void> {
    if (this.info) {
      const line = ++this.#lines;
      this.#events.emit({ type: 'line-opened', line, device });
      return this.#connection.openLine({ device, port, target }, signal, (bytes) =>
        this.#events.emit({ type: 'line-data', line, bytes }),
      );
    }
    port.postMessage(null);
    port.close();
    return Promise.resolve();
  }

  dispose(): void {
    this.#connection.close();
  }

  async #do(request: PendingRequest): Promise<void> {
    await this.#connection.request(request);
  }
}
