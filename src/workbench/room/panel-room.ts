import type { BrokerFiles, FileProblem } from '../../../sandbox/protocol/exercise.ts';
import type { FaultRule, LinkConditions } from '../../../sandbox/protocol/faults.ts';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import type { DeviceState } from '../../../sandbox/protocol/trace.ts';
import type { RoomResponse } from '../../../sandbox/protocol/api.ts';
import type { BrokerFileDrafts } from './broker-files.ts';
import { brokerStateOf } from './broker-state.ts';
import type { LineTarget } from '../device/messages.ts';
import { RoomError } from './api.ts';
import type { RoomClient } from './server-room.ts';
import { LineConditions } from './line-conditions.ts';

/** Requests to the room. Each makes the room where there is none yet, and rejects with an Error. */
export interface PanelRoom {
  /** Undefined until the room is made (`connect`, or any request). */
  readonly answer: RoomResponse | undefined;
  connect(): Promise<RoomResponse>;
  /** `replace`: in the place of what this page has armed before; the scene's rules stay. */
  arm(rules: FaultRule[], replace?: boolean): Promise<void>;
  /** Only what is given changes; `frozen: false` thaws. Answers to `weatherOf` are kept in step. */
  conditions(change: LinkConditions): Promise<void>;
  /** What lies on a client's line now; the device tabs freeze lines too. Empty after a reset. */
  conditionsOf(client: string): LinkConditions;
  onConditions(listener: () => void): () => void;
  cut(client: string): Promise<void>;
  /** The broker ends the connection of this client identifier; a 5.0 client is told so. */
  disconnect(clientId: string): Promise<void>;
  clearRetained(topic: string): Promise<void>;
  state(): Promise<BrokerState>;
  /**
   * Ends the run and starts the broker again with the scene. Files given here are the broker's from
   * now on, for later runs too. Resolves when the broker stands, whether or not it took the files.
   */
  reset(files?: BrokerFiles): Promise<void>;
  /** What the broker said of its files: now, where it has said it, and after each reset of a room that has some. */
  onFiles(listener: (answer: FilesStatus) => void): () => void;
  /** What became of a program that is no tab's, such as a terminal's; in the trace by this name. */
  report(program: string, state: DeviceState): void;
  /**
   * A line of the page's own, as a device's is: `Uint8Array` both ways on the port, null for its
   * end. `name` is its name in the trace. Resolves when the line is closed.
   */
  openLine(
    name: string,
    port: MessagePort,
    signal: AbortSignal,
    target?: LineTarget,
  ): Promise<void>;
}
export interface FilesStatus {
  started: boolean;
  problems: readonly FileProblem[];
}

export interface RoomRequestDeps {
  client: Pick<RoomClient, 'ask' | 'connect' | 'room' | 'openLine' | 'device'>;
  files: BrokerFileDrafts;
  /** Ends the run and resets the room (`Session.reset`). */
  reset(files: BrokerFiles | undefined): Promise<void>;
}

/** What panels may ask of the room, and what has been laid on its lines. */
export class RoomRequests implements PanelRoom {
  readonly lineConditions = new LineConditions();
  readonly #parts: RoomRequestDeps;
  #files: FilesStatus | undefined;
  readonly #filesListeners = new Set<(answer: FilesStatus) => void>();

  constructor(parts: RoomRequestDeps) {
    this.#parts = parts;
  }

  get answer(): RoomResponse | undefined {
    return this.#parts.client.room;
  }
  async connect(): Promise<RoomResponse> {
    await this.#parts.client.connect();
    if (!this.answer) throw new RoomError('unreachable', 'no room');
    return this.answer;
  }
  async arm(rules: FaultRule[], replace = false): Promise<void> {
    await this.#parts.client.ask({ type: 'arm', rules, ...(replace && { replace }) });
  }
  async conditions(change: LinkConditions): Promise<void> {
    const weather = this.lineConditions.changed(change);
    try {
      await this.#parts.client.ask({ type: 'weather', weather });
    } catch (error) {
      this.lineConditions.refused(weather);
      throw error;
    }
    this.lineConditions.took(weather);
  }
  conditionsOf(client: string): LinkConditions {
    return this.lineConditions.of(client);
  }
  onConditions(listener: () => void): () => void {
    return this.lineConditions.subscribe(listener);
  }
  async cut(client: string): Promise<void> {
    await this.#parts.client.ask({ type: 'cut', client });
  }
  async disconnect(clientId: string): Promise<void> {
    await this.#parts.client.ask({ type: 'disconnect', clientId });
  }
  async clearRetained(topic: string): Promise<void> {
    await this.#parts.client.ask({ type: 'clear-retained', topic });
  }
  async state(): Promise<BrokerState> {
    const answer = await this.#parts.client.ask({ type: 'state' });
    if (answer.type !== 'state') throw new RoomError('internal', `state: ${answer.type}`);
    return brokerStateOf(answer.state);
  }
  reset(files?: BrokerFiles): Promise<void> {
    if (files) this.#parts.files.apply(files);
    return this.#parts.reset(this.#parts.files.applied);
  }
  onFiles(listener: (answer: FilesStatus) => void): () => void {
    // A panel that is opened later has not missed it.
    if (this.#files) listener(this.#files);
    this.#filesListeners.add(listener);
    return () => this.#filesListeners.delete(listener);
  }
  /** A command that fails before it connects may be the first that is heard of the room. */
  report(program: string, state: DeviceState): void {
    const { client } = this.#parts;
    void client.connect().then(
      () => client.device(program, state),
      () => {},
    );
  }
  openLine(
    name: string,
    port: MessagePort,
    signal: AbortSignal,
    target?: LineTarget,
  ): Promise<void> {
    return this.#parts.client.openLine(name, port, signal, target);
  }

  /** The room has answered for its files. */
  hearFiles(answer: FilesStatus): void {
    this.#files = answer;
    for (const listener of this.#filesListeners) listener(answer);
  }
}
