/** The shared room of one class: a broker for the programs of all its members, and the picture of what they publish. */
import mqtt from 'mqtt';
import type { EngineFactory } from '../../engine/broker.ts';
import type { LineInfo } from '../../line/line-info.ts';
import type { LineRates } from '../../line/rate-pool.ts';
import { memoryPair } from '../../room/memory-pair.ts';
import { sharedLimits } from '../../protocol/shared-room.ts';
import { Room } from '../../room/room.ts';
import { limitValues, type LimitValues } from '../../shared/config.ts';
import { SandboxError } from '../../shared/errors.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import { mostMembers } from '../members.ts';
import { server, sharedRules, whoHas, type Who } from './access.ts';
import { mostRetained, RetainedShare } from './retained-share.ts';
import { Stage } from './stage.ts';

/** Sessions of a member whose clients are away; the oldest ends. */
export const mostAway = 4;
const sweepMs = 1_000;

/** Of one member, over all their connections together. */
export const memberRate = {
  packets: sharedLimits.rate,
  packetsBurst: 100,
  bytes: 16_384,
  bytesBurst: 65_536,
};

const roomLimits = {
  packetBytes: 8_192,
  subscriptionsPerClient: 20,
  // Each member has a share of their own; these are all of them together.
  retainedTopics: mostMembers * mostRetained.topics,
  retainedBytes: mostMembers * mostRetained.bytes,
  offlineSessions: mostMembers * (mostAway + 1),
  queuedMessages: 50,
  queuedBytes: 33_554_432,
  sessionMessages: 200,
  unsentBytes: 131_072,
  heldBytes: 131_072,
  traceEntries: 3_000,
  traceBytes: 1_048_576,
} as const satisfies Partial<LimitValues>;

export interface SharedRoomOptions {
  engine: EngineFactory;
  limits: LimitValues;
  isMember(who: Who): boolean;
  isPaused(): boolean;
}

/** A connection that may become a line. */
interface Entering {
  once(event: 'close', listener: () => void): unknown;
}

export class SharedRoom {
  readonly room: Room;
  readonly stage = new Stage();
  readonly #retained = new RetainedShare();
  readonly #members = new Map<Who, { lines: number; rates: LineRates }>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checkedRetained = 0;
  #isClosed = false;

  constructor({ engine, limits, isMember, isPaused }: SharedRoomOptions) {
    this.room = new Room({
      ...{ code: 'shared', engine, maxLines: mostMembers * sharedLimits.lines },
      limits: limitValues({ ...limits, ...roomLimits }),
      rules: sharedRules({
        ...{ isMember, isPaused },
        mayRetain: (...wanted) => this.#mayRetain(...wanted),
        published: (who, message) => this.stage.published(who, message),
        refused: () => this.stage.refused(),
      }),
    });
  }

  get retained(): number {
    return this.#retained.size;
  }

  linesOf(who: Who): number {
    return this.#members.get(who)?.lines ?? 0;
  }

  /** What a line of the member is; null if they have as many as they may. It counts until `socket` closes. */
  enter(who: Who, socket: Entering): Pick<LineInfo, 'who' | 'name' | 'rates'> | null {
    const { packets, packetsBurst, bytes, bytesBurst } = memberRate;
    // It outlives the connections: who connects anew goes on with what was left.
    const member = this.#members.get(who) ?? {
      lines: 0,
      rates: {
        packets: new TokenBucket(packets, packetsBurst),
        bytes: new TokenBucket(bytes, bytesBurst),
      },
    };
    if (member.lines >= sharedLimits.lines) return null;
    this.#members.set(who, member);
    member.lines++;
    this.stage.version++;
    socket.once('close', () => {
      member.lines--;
      this.stage.version++;
      this.#sweepSoon();
    });
    return { who, name: who, rates: member.rates };
  }

  #mayRetain(who: Who, topic: string, payloadBytes: number): boolean {
    if (this.#retained.take(who, topic, payloadBytes)) return true;
    // What has expired is nobody's any more; looked up now and then, since a flood would ask for each message.
    const now = performance.now();
    if (now - this.#checkedRetained < sweepMs) return false;
    this.#checkedRetained = now;
    this.#retained.keep(new Set(this.room.state.retained.map(({ topic: one }) => one)));
    return this.#retained.take(who, topic, payloadBytes);
  }

  #sweepSoon(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#sweep();
    }, sweepMs);
    this.#timer.unref();
  }

  /** Sessions of clients that may never return: a few for each member, the newest. */
  #sweep(): void {
    const away = Map.groupBy(
      this.room.state.clients.filter(({ connected }) => !connected),
      ({ clientId }) => whoHas(clientId),
    );
    for (const sessions of away.values())
      for (const { clientId } of sessions.slice(0, -mostAway)) this.#endSession(clientId);
  }

  /** As MQTT ends a session: its client comes with a clean start, and goes. */
  #endSession(clientId: string): void {
    const client = new mqtt.MqttClient(() => this.#dial() as never, {
      ...{ clientId, protocolVersion: 4, clean: true, reconnectPeriod: 0, timerVariant: 'native' },
    });
    client.on('error', () => {});
    client.once('connect', () => client.end());
  }

  #dial() {
    const [client, end] = memoryPair();
    const line = this.room.attach(end, { transport: 'memory', role: 'actor', name: server, who: server }); // prettier-ignore
    if (typeof line === 'string') end.destroy();
    return client;
  }

  /** Their connections end; those of somebody who may no longer be here are not accepted again. */
  cut(who: Who): void {
    if (this.room.run === 0) return;
    for (const { clientId, connected } of this.room.state.clients)
      if (connected && whoHas(clientId) === who) this.#disconnect(clientId);
  }

  #disconnect(clientId: string): void {
    try {
      this.room.disconnect(clientId);
    } catch (error) {
      // It has gone at this moment.
      if (!(error instanceof SandboxError)) throw error;
    }
  }

  /** Who was removed: nothing of them is left. */
  async forget(who: Who): Promise<void> {
    this.cut(who);
    this.stage.forget(who);
    for (const topic of this.#retained.of(who)) {
      this.#retained.forget(topic);
      await this.room.clearRetained(topic);
    }
    if (this.room.run === 0) return;
    for (const { clientId } of this.room.state.clients)
      if (whoHas(clientId) === who) this.#endSession(clientId);
  }

  /** It begins empty; clients connect anew. */
  async clear(): Promise<void> {
    await this.room.reset();
    this.#retained.clear();
    this.stage.clear();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.room.close('stopping');
  }
}
