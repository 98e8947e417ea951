/**
 * One connection between a client and a room's broker. Every byte passes, in this order, the gate
 * (whole and valid packets only), the limits, the tap (the trace) and the faults.
 */
import type { Duplex } from 'readable-stream';
import type { Arrival } from './broker-rules.ts';
import { BrokerSide } from './broker-side.ts';
import { Bucket } from './bucket.ts';
import type { LimitName, LimitValues } from './config.ts';
import { Conveyor } from './conveyor.ts';
import { encodeConnack, encodeDisconnect } from './encode.ts';
import type { Decision, Passing } from './faults.ts';
import { FrameCutter } from './frames.ts';
import { Gate, levelOf, type Unsolicited } from './gate.ts';
import { exceeds } from './limits.ts';
import { isViolation, kindOf, type Violation } from './packet.ts';
import { plainFrame } from './plain-frame.ts';
import type {
  ClosedBy,
  Direction,
  Fate,
  LineRole,
  LineWeather,
  Packet,
  PacketKind,
  Transport,
} from './protocol.ts';
import { violation as violationOf, type RuleId } from './rules.ts';
import type { NewEntry } from './trace.ts';
import { atTurnEnd } from './turn-end.ts';

export interface LineInfo {
  transport: Transport;
  role: LineRole;
  /** Device or actor name. */
  name?: string;
  /** Where the program wanted to go: the port and protocol of its URL. */
  target?: { port: number; protocol: 'mqtt' | 'websockets' };
  /** The client is on the sandbox's own machine. */
  loopback?: boolean;
  /** What a TLS client has shown, signed by the sandbox's authority. */
  certificate?: { commonName: string; subject: string };
}

/** A socket's event `unfit`: the frame around the bytes is wrong, and its sender has been told. */
export type Unfit = { rule: RuleId; bytes: Uint8Array } | { limit: LimitName };

/** What a line needs of its room. */
export interface LineHost {
  readonly limits: LimitValues;
  append(entry: NewEntry): number;
  /** What the armed rules and the weather say; `null` where there is neither. */
  decide: ((passing: Passing) => Decision) | null;
  weather(line: Line): LineWeather | undefined;
  /** Gives the broker its end. */
  connect(stream: Duplex, line: Line): void;
  closed(line: Line): void;
}

/** More than this doesn't wait for the turn's end. */
const flushBytes = 65_536;

/** Quota exceeded, the MQTT 5.0 reason code that most limits give (section 2.4). */
const quotaExceeded = 0x97;

export class Line {
  readonly id: number;
  readonly info: LineInfo;
  /** Known once the CONNECT has passed. */
  clientId: string | undefined;
  /** The listener of the room's files that it came by; undefined without files. */
  readonly #port: number | undefined;
  readonly #host: LineHost;
  readonly #socket: Duplex;
  readonly #broker: BrokerSide;
  readonly #gate: Gate;
  readonly #in: FrameCutter;
  readonly #out: FrameCutter;
  readonly #toBroker: Conveyor;
  readonly #toClient: Conveyor;
  readonly #packets: Bucket | null;
  readonly #bytes: Bucket | null;
  /** While one chunk is worked on, what may pass is gathered and leaves in one piece. */
  #forBroker: Uint8Array[] = [];
  #forClient: Uint8Array[] = [];
  #forClientBytes = 0;
  #flushing = false;
  #closed = false;
  #paused = false;
  #frozen = false;
  #limitNoted = -Infinity;
  #connectTimer: ReturnType<typeof setTimeout> | undefined;
  #resumeTimer: ReturnType<typeof setTimeout> | undefined;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  /** The client has gone, and the broker doesn't know yet. */
  #left = false;
  #leftTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LineHost, id: number, socket: Duplex, info: LineInfo, port?: number) {
    const { limits } = host;
    this.#host = host;
    this.id = id;
    this.info = info;
    this.#port = port;
    this.#socket = socket;
    this.#gate = new Gate();
    this.#in = new FrameCutter({
      maxPacketBytes: limits.packetBytes,
      maxConnectBytes: limits.connectBytes,
    });
    this.#out = new FrameCutter();
    // A scene's own clients are ours: they may be as fast as the lesson wants.
    const limited = info.role !== 'actor';
    this.#packets = limited ? new Bucket(limits.packetsPerSecond, limits.packetsBurst) : null;
    this.#bytes = limited ? new Bucket(limits.bytesPerSecond, limits.bytesBurst) : null;
    this.#toBroker = new Conveyor((frame) =>
      this.#broker.push(plainFrame(frame, this.#gate.version)),
    );
    this.#toClient = new Conveyor((frame) => this.#write(frame));
    this.#broker = new BrokerSide({
      fromBroker: (bytes) => this.#fromBroker(bytes),
      brokerReads: () => this.#resume(),
      brokerGone: () => this.#brokerGone(),
    });
    this.#connectTimer = setTimeout(() => this.#overLimit('connectMs'), limits.connectMs);
    const { transport, role, name } = info;
    host.append({
      type: 'line-opened',
      line: id,
      transport,
      role,
      ...(name !== undefined && { name }),
    });
    socket.on('data', (chunk: Uint8Array) => this.#fromClient(chunk));
    socket.on('end', () => this.#clientGone());
    socket.on('close', () => this.#clientGone());
    socket.on('error', () => this.#clientGone());
    socket.on('unfit', (unfit: Unfit) => this.#unfit(unfit));
    host.connect(this.#broker, this);
    // A socket whose CONNECT was read elsewhere comes paused.
    socket.resume();
  }

  /** By which listener it came, and as whom. */
  get arrival(): Arrival | undefined {
    if (this.#port === undefined) return undefined;
    return { port: this.#port, clientId: this.clientId, certificate: this.info.certificate };
  }

  /** Ends the line both ways; the first reason given stands in the trace. */
  close(by: ClosedBy, lastWords?: Uint8Array | null): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of [this.#connectTimer, this.#resumeTimer, this.#slowTimer, this.#leftTimer])
      clearTimeout(timer);
    this.#flushToBroker();
    this.#flushToClient();
    this.#toBroker.close();
    this.#toClient.close();
    if (lastWords) {
      this.#tap('to-client', lastWords, 'passed');
      this.#socket.write(lastWords);
    }
    this.#host.append({ type: 'line-closed', line: this.id, by });
    this.#host.closed(this);
    // The broker reads what has passed already (a DISCONNECT, say) and then sees the end.
    if (by !== 'broker') this.#broker.push(null);
    this.#endSocket();
  }

  /** Nothing passes either way until thawed; the socket stays open. */
  freeze(frozen: boolean): void {
    this.#flushToClient();
    this.#frozen = frozen;
    this.#toBroker.freeze(frozen);
    this.#toClient.freeze(frozen);
    if (!frozen) this.#resume();
    this.#boundHalfLine();
  }

  /**
   * The end of a line travels behind the packets that are still on their way. On a frozen line it
   * doesn't travel at all: the broker is left with half a line until its patience ends
   * (3.1.1 [MQTT-3.1.2-24], 5.0 [MQTT-3.1.2-22]).
   */
  #clientGone(): void {
    if (this.#closed || this.#left) return;
    this.#left = true;
    this.#toBroker.end(() => this.close('client'));
    this.#boundHalfLine();
  }

  /** Without a keep alive a broker's patience has no end. */
  #boundHalfLine(): void {
    clearTimeout(this.#leftTimer);
    if (!this.#frozen || !this.#left || this.#closed) return;
    this.#leftTimer = setTimeout(() => this.#overLimit('frozenMs'), this.#host.limits.frozenMs);
  }

  #brokerGone(): void {
    if (this.#closed) return;
    // Whoever says DISCONNECT ends the line, although the broker closes it: 3.1.1 [MQTT-3.14.4-1],
    // 5.0 [MQTT-3.14.4-2].
    const by = this.#gate.disconnected ? 'client' : 'broker';
    if (this.#frozen || this.#left) this.close(by);
    else this.#toClient.end(() => this.close(by));
  }

  // ── Client → broker ──

  #fromClient(chunk: Uint8Array): void {
    if (this.#closed || this.#broker.destroyed) return;
    const debt = this.#bytes?.take(chunk.length) ?? 0;
    if (debt > 0) this.#pause('bytesPerSecond', debt);
    const { frames, violation } = this.#in.push(chunk);
    for (const frame of frames) {
      if (!this.#frameFromClient(frame)) return;
    }
    this.#flushToBroker();
    if (!violation) return;
    // A CONNECT that is too large is never read as a whole, but its client can still be told.
    if (this.clientId === undefined && frames.length === 0) this.#gate.version = levelOf(chunk);
    this.#refuse(violation, chunk);
  }

  /** False where the line is closed by it. */
  #frameFromClient(frame: Uint8Array): boolean {
    const packet = this.#gate.fromClient(frame);
    if (isViolation(packet)) {
      this.#refuse(packet, frame);
      return false;
    }
    if (this.#gate.unsolicited) {
      this.#turnAway(frame, this.#gate.unsolicited);
      return true;
    }
    const exceeded = exceeds(packet, this.#host.limits);
    if (exceeded) {
      this.#tap('to-broker', frame, 'refused');
      this.#overLimit(exceeded.limit, exceeded.reasonCode, exceeded.returnCode);
      return false;
    }
    const debt = this.#packets?.take(1) ?? 0;
    if (debt > 0) this.#pause('packetsPerSecond', debt);
    if (packet.kind === 'CONNECT') this.#connected(packet);
    this.#pass('to-broker', packet.kind, frame);
    return !this.#closed;
  }

  #connected(packet: Packet & { kind: 'CONNECT' }): void {
    clearTimeout(this.#connectTimer);
    this.clientId = packet.clientId;
    const weather = this.#host.weather(this);
    if (weather?.frozen) this.freeze(true);
  }

  #flushToBroker(): void {
    if (this.#forBroker.length === 0) return;
    const bytes = joined(this.#forBroker);
    this.#forBroker = [];
    if (!this.#broker.push(bytes)) this.#setPaused(true);
  }

  // ── Broker → client ──

  #fromBroker(bytes: Uint8Array): void {
    if (this.#closed) return;
    for (const frame of this.#out.push(bytes).frames) {
      this.#gate.fromBroker(frame);
      const kind = kindOf(frame[0]!)!;
      const tooSlow =
        kind === 'PUBLISH' && (frame[0]! & 0x06) === 0 && this.#socket.writableLength > 0
          ? this.#unsent() > this.#host.limits.unsentBytes
          : false;
      if (tooSlow) {
        this.#tap('to-client', frame, 'dropped');
        this.#note('unsentBytes');
      } else this.#pass('to-client', kind, frame);
      if (this.#closed) return;
    }
    if (this.#forClient.length === 0 || this.#flushing) return;
    if (this.#forClientBytes > flushBytes) return this.#flushToClient();
    this.#flushing = true;
    atTurnEnd(this.#flushAtTurnEnd);
  }

  readonly #flushAtTurnEnd = (): void => {
    this.#flushing = false;
    this.#flushToClient();
  };

  #flushToClient(): void {
    if (this.#forClient.length === 0) return;
    const bytes = joined(this.#forClient);
    this.#forClient = [];
    this.#forClientBytes = 0;
    this.#write(bytes);
  }

  #unsent(): number {
    return this.#socket.writableLength + this.#forClientBytes + this.#toClient.bytes;
  }

  #write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
    if (this.#slowTimer || this.#closed || this.#unsent() <= this.#host.limits.unsentBytes) return;
    this.#slowTimer = setTimeout(() => {
      this.#slowTimer = undefined;
      if (!this.#frozen && this.#unsent() > this.#host.limits.unsentBytes)
        this.#overLimit('unsentMs');
    }, this.#host.limits.unsentMs);
  }

  // ── Tap and faults ──

  /** Passes one good packet on as the faults decide. */
  #pass(direction: Direction, kind: PacketKind, frame: Uint8Array): void {
    const conveyor = direction === 'to-broker' ? this.#toBroker : this.#toClient;
    const decision = this.#decide(direction, kind);
    if (decision.do === 'pass' && conveyor.clear) {
      this.#tap(direction, frame, 'passed');
      if (direction === 'to-client') {
        this.#forClient.push(frame);
        this.#forClientBytes += frame.length;
      } else this.#forBroker.push(plainFrame(frame, this.#gate.version));
      return;
    }
    // What passed before it goes before it.
    this.#flushToBroker();
    this.#flushToClient();
    const fate = this.#frozen ? 'held' : fateOf[decision.do];
    const packet = this.#tap(direction, frame, fate);
    if (decision.do !== 'pass')
      this.#host.append({ type: 'fault', line: this.id, action: decision.do, packet });
    // What waits outlives this turn: the chunk that it stands in may be large.
    const kept = new Uint8Array(frame);
    switch (decision.do) {
      case 'drop':
        return;
      case 'drop-and-cut':
        this.close('fault');
        return;
      case 'cut':
        conveyor.put(kept);
        this.close('fault');
        return;
      case 'freeze':
        this.freeze(true);
        break;
      case 'duplicate':
        conveyor.put(kept);
        break;
    }
    conveyor.put(kept, decision.do === 'delay' ? decision.ms : 0);
    if (conveyor.bytes > this.#host.limits.heldBytes) this.#overLimit('heldBytes', quotaExceeded);
  }

  #decide(direction: Direction, kind: PacketKind): Decision {
    return (
      this.#host.decide?.({ direction, kind, name: this.info.name, clientId: this.clientId }) ?? {
        do: 'pass',
      }
    );
  }

  #tap(direction: Direction, frame: Uint8Array, fate: Fate): number {
    return this.#host.append({
      type: 'packet',
      line: this.id,
      direction,
      version: this.#gate.version,
      // A Buffer's slice() is a view: this is a copy.
      bytes: new Uint8Array(frame),
      fate,
    });
  }

  // ── Refusals and limits ──

  /** Not for the broker, and no reason to close: the line answers for it. */
  #turnAway(frame: Uint8Array, { violation, answer }: Unsolicited): void {
    this.#noteRefused(violation, frame);
    if (!answer) return;
    this.#flushToClient();
    this.#tap('to-client', answer, 'passed');
    this.#write(answer);
  }

  #noteRefused({ rule, statement }: Violation, bytes: Uint8Array): void {
    this.#host.append({
      type: 'refused',
      line: this.id,
      version: this.#gate.version,
      rule,
      statement,
      bytes: new Uint8Array(bytes.subarray(0, 1024)),
    });
  }

  #refuse(violation: Violation, bytes: Uint8Array): void {
    this.#flushToBroker();
    this.#noteRefused(violation, bytes);
    // That one is ours, not MQTT's.
    if (violation.rule === 'packet-too-large')
      this.#note(this.clientId === undefined ? 'connectBytes' : 'packetBytes');
    this.close('gate', this.#gate.refusal(violation));
  }

  /** Something was wrong with the frame around the bytes, and its transport has said so. */
  #unfit(unfit: Unfit): void {
    if (this.#closed) return;
    this.#flushToBroker();
    if ('rule' in unfit) {
      this.#noteRefused(violationOf(unfit.rule, this.#gate.version), unfit.bytes);
      this.close('gate');
    } else {
      this.#note(unfit.limit);
      this.close('limit');
    }
  }

  /** Refuses as MQTT can say it: CONNACK before the session, DISCONNECT in 5.0, else in silence. */
  #overLimit(limit: LimitName, reasonCode = quotaExceeded, returnCode = 3): void {
    this.#note(limit);
    const { version, connected } = this.#gate;
    const reasonString = `the sandbox's limit ${limit} is ${this.#host.limits[limit]}`;
    let words: Uint8Array | null = null;
    if (version === 5)
      words = connected
        ? encodeDisconnect(reasonCode, reasonString)
        : encodeConnack(5, reasonCode, { reasonString });
    else if (!connected) words = encodeConnack(version, returnCode);
    this.close('limit', speechless.has(limit) ? null : words);
  }

  /** One trace entry a second for each line: a limit that bites often says it once. */
  #note(limit: LimitName): void {
    const now = performance.now();
    if (now - this.#limitNoted < 1000) return;
    this.#limitNoted = now;
    this.#host.append({
      type: 'limit',
      line: this.id,
      limit,
      value: this.#host.limits[limit],
    });
  }

  #pause(limit: LimitName, ms: number): void {
    this.#note(limit);
    this.#setPaused(true);
    clearTimeout(this.#resumeTimer);
    this.#resumeTimer = setTimeout(() => {
      this.#resumeTimer = undefined;
      this.#resume();
    }, ms);
  }

  #setPaused(paused: boolean): void {
    this.#paused = paused;
    if (paused) this.#socket.pause();
    else this.#socket.resume();
  }

  #resume(): void {
    if (this.#paused && !this.#resumeTimer && !this.#closed) this.#setPaused(false);
  }

  #endSocket(): void {
    this.#socket.end();
    // A peer that never reads must not keep the socket.
    const timer = setTimeout(() => this.#socket.destroy(), 1000);
    this.#socket.once('close', () => clearTimeout(timer));
    this.#socket.resume();
  }
}

/** Who says nothing, or doesn't listen, isn't told. */
const speechless: ReadonlySet<LimitName> = new Set(['connectMs', 'unsentMs', 'frozenMs']);

const joined = (frames: Uint8Array[]): Uint8Array =>
  frames.length === 1 ? frames[0]! : Buffer.concat(frames);

const fateOf: Record<Decision['do'], Fate> = {
  pass: 'passed',
  drop: 'dropped',
  'drop-and-cut': 'dropped',
  delay: 'delayed',
  duplicate: 'duplicated',
  cut: 'passed',
  freeze: 'held',
};
