import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { FaultRule, LinkConditions } from '../../../sandbox/protocol/faults.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import { sharedHost } from '../../../sandbox/protocol/shared-room.ts';
import type { LineTarget } from '../device/messages.ts';
import { Emitter } from '../store/emitter.ts';
import { openSharedLine, type SharedRefusal } from './shared-line.ts';
import type { ConnectionStatus, Room, RoomEvent, RoomInfo, RoomPlace } from './room.ts';

/** A room that can be replaced by a fresh one in the other place while the page stays open. */
export class MovableRoom implements Room {
  readonly #events = new Emitter<RoomEvent>();
  readonly #create: (place: RoomPlace) => Room;
  #room: Room;
  #unsubscribe: () => void;

  constructor(place: RoomPlace, create: (place: RoomPlace) => Room) {
    this.#create = create;
    this.#room = create(place);
    this.#unsubscribe = this.#room.subscribe((event) => this.#events.emit(event));
  }

  /** The room of before ends for this page; the one at `place` is made when it is first needed. */
  move(place: RoomPlace): void {
    if (place === this.place) return;
    this.#unsubscribe();
    this.#room.dispose();
    this.#room = this.#create(place);
    this.#unsubscribe = this.#room.subscribe((event) => this.#events.emit(event));
    this.#events.emit({ type: 'moved', place });
  }

  get place(): RoomPlace {
    return this.#room.place;
  }
  get status(): ConnectionStatus {
    return this.#room.status;
  }
  get info(): RoomInfo | undefined {
    return this.#room.info;
  }
  get isSaved(): boolean {
    return this.#room.isSaved;
  }
  subscribe(listener: (event: RoomEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }
  connect(): Promise<RoomInfo> {
    return this.#room.connect();
  }
  retry(): void {
    this.#room.retry();
  }
  reset(files?: BrokerFiles): Promise<number> {
    return this.#room.reset(files);
  }
  arm(rules: readonly FaultRule[], replace?: boolean): Promise<void> {
    return this.#room.arm(rules, replace);
  }
  setConditions(conditions: LinkConditions): Promise<void> {
    return this.#room.setConditions(conditions);
  }
  cut(client: string): Promise<void> {
    return this.#room.cut(client);
  }
  disconnect(...whom: Parameters<Room['disconnect']>): Promise<void> {
    return this.#room.disconnect(...whom);
  }
  clearRetained(...what: Parameters<Room['clearRetained']>): Promise<void> {
    return this.#room.clearRetained(...what);
  }
  operate(...what: Parameters<Room['operate']>): Promise<void> {
    return this.#room.operate(...what);
  }
  state(): Promise<BrokerState> {
    return this.#room.state();
  }
  reportDevice(...reported: Parameters<Room['reportDevice']>): void {
    this.#room.reportDevice(...reported);
  }
  openLine(
    device: string,
    port: MessagePort,
    signal: AbortSignal,
    target?: LineTarget,
  ): Promise<void> {
    if (target?.host !== sharedHost) return this.#room.openLine(device, port, signal, target);
    // Wherever this exercise's room is: the class's is on the server.
    const refused = (why: SharedRefusal): void =>
      this.#events.emit({ type: 'shared-refused', device, why });
    return openSharedLine(port, signal, refused);
  }
  dispose(): void {
    this.#unsubscribe();
    this.#room.dispose();
  }
}
