/* eslint-disable max-lines -- both directions of a connection share its state, faults and end */
/**
 * One connection between a client and a room's broker. Every byte passes, in this order, the gate
 * (whole and valid packets only), the limits, the tap (the trace) and the faults.
 */
import type { Duplex } from 'readable-stream';
import type { AcceptedOn } from '../shared/accepted-on.ts';
import { BrokerEnd, unread } from './broker-end.ts';
import type { LimitName, LimitValues } from '../shared/config.ts';
import { DelayQueue } from './delay-queue.ts';
import type { Decision, Passing } from './faults.ts';
import { FrameCutter } from '../mqtt/frame-cutter.ts';
import { Gate, levelOf, type Unsolicited } from './gate.ts';
import { Ingress } from './ingress.ts';
import { endThenDestroy } from './end-socket.ts';
import { limitPacket, type Refused } from './limit-packet.ts';
import { exceeds, weightOf } from './packet-limits.ts';
import type { LineInfo, Unfit } from './line-info.ts';
import { Tap } from './tap.ts';
import { joined, Egress } from './egress.ts';
import { LostPower } from './lost-power.ts';
import type { LineRates, RatePool } from './rate-pool.ts';
import { atOnce, type Turns } from '../shared/turns.ts';
import { isViolation, kindOf, type Violation } from '../mqtt/packet.ts';
import { strip31Flags } from './strip-3.1-flags.ts';
import type { LinkConditions } from '../protocol/faults.ts';
import type { Direction, Packet, PacketKind } from '../protocol/mqtt.ts';
import type { ClosedBy, Fate } from '../protocol/trace.ts';
import { violation as violationOf } from '../mqtt/rules/index.ts';
import type { NewEntry } from '../protocol/trace.ts';

/** The parts of a room that a line calls. */
export interface LineHost {
  readonly limits: LimitValues;
  append(entry: NewEntry): number;
  /** What the armed rules and the link conditions decide; `null` if there is neither. */
  decide: ((passing: Passing) => Decision) | null;
  conditions(line: Line): LinkConditions | undefined;
  readonly rates: RatePool;
  /** Gives the broker its end. */
  connect(stream: Duplex, line: Line): void;
  closed(line: Line): void;
}

const passes: Decision = { do: 'pass' };

export class Line {
  readonly id: number;
  readonly info: LineInfo;
  /** Known once the CONNECT has passed. */
  clientId: string | undefined;
  /** The listener of the room's files that it came by; undefined without files. */
  readonly #port: number | undefined;
  readonly #host: LineHost;
  readonly #socket: Duplex;
  readonly #broker: BrokerEnd;
  readonly #gate = new Gate();
  readonly #tap: Tap;
  readonly #out = new FrameCutter();
  readonly #ingress: Ingress;
  readonly #turns: Turns;
  readonly #rates: LineRates | null;
  readonly #egress: Egress;
  readonly #toBroker: DelayQueue;
  readonly #toClient: DelayQueue;
  /** While one chunk is processed, the packets that pass are collected and sent together. */
  #forBroker: Uint8Array[] = [];
  #usedAt = 0;
  #closed = false;
  #frozen = false;
  /** Nobody is at the other end, and the client does not know. */
  #lostPower: LostPower | undefined;
  /** The client has closed; the broker does not know yet. */
  #left = false;
  #connectTimer: ReturnType<typeof setTimeout> | undefined;
  #leftTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: LineHost,
    id: number,
    socket: Duplex,
    { info, port, turns = atOnce }: { info: LineInfo; port?: number | undefined; turns?: Turns },
  ) {
    const { limits } = host;
    this.#host = host;
    this.id = id;
    this.info = info;
    this.#port = port;
    this.#socket = socket;
    this.#turns = turns;
    this.#tap = new Tap(host, id, this.#gate);
    const { packetBytes: maxPacketBytes, connectBytes: maxConnectBytes } = limits;
    this.#rates = info.role === 'actor' ? null : (info.rates ?? host.rates.take(info.remote ?? ''));
    this.#ingress = new Ingress(socket, {
      cutter: new FrameCutter({ maxPacketBytes, maxConnectBytes }),
      turns,
      rates: this.#rates,
      exceeded: (limit) => this.#tap.limit(limit, 'paused'),
      frame: (frame) => this.#frameFromClient(frame),
      pass: () => this.#flushToBroker(),
      refused: (violation, chunk, alone) => this.#notMqtt(violation, chunk, alone),
      unread: () => this.#frozen || this.#broker.emit(unread),
    });
    this.#egress = new Egress(socket, {
      limits,
      waiting: () => this.#toClient.bytes,
      slow: () => this.#frozen || this.#overLimit('unsentMs'),
    });
    this.#toBroker = new DelayQueue((frame) =>
      this.#broker.push(strip31Flags(frame, this.#gate.version)),
    );
    this.#toClient = new DelayQueue((frame) => this.#egress.write(frame));
    this.#broker = new BrokerEnd({
      fromBroker: (bytes) => this.#fromBroker(bytes),
      brokerReads: () => this.#ingress.resume(),
      brokerGone: () => this.#brokerGone(),
    });
    this.#connectTimer = setTimeout(() => this.#overLimit('connectMs'), limits.connectMs);
    this.#open();
  }

  #open(): void {
    const { transport, role, name, target, on } = this.info;
    this.#host.append({
      type: 'line-opened',
      line: this.id,
      transport,
      role,
      ...(name !== undefined && { name }),
      ...(on && { on }),
      ...(target && { target: { port: target.port, protocol: target.protocol } }),
    });
    const socket = this.#socket;
    socket.on('data', (chunk: Uint8Array) => this.#fromClient(chunk));
    // At its turn: thousands of clients may leave in one moment.
    const gone = (): void => {
      if (!this.#closed && !this.#left) this.#turns.run(() => this.#clientGone());
    };
    for (const end of ['end', 'close', 'error']) socket.on(end, gone);
    socket.on('unfit', (unfit: Unfit) => this.#unfit(unfit));
    this.#host.connect(this.#broker, this);
    // A socket whose CONNECT was read by the admission is paused.
    socket.resume();
  }

  /** By which listener it came, and as whom. */
  get acceptedOn(): AcceptedOn | undefined {
    if (this.#port === undefined) return undefined;
    return { port: this.#port, clientId: this.clientId, certificate: this.info.certificate };
  }

  /** Ends the line both ways; the first reason given stands in the trace. */
  close(by: ClosedBy, lastWords?: Uint8Array | null): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#connectTimer);
    clearTimeout(this.#leftTimer);
    this.#flushToBroker();
    this.#ingress.close();
    if (this.#rates && !this.info.rates) this.#host.rates.give(this.info.remote ?? '', this.#rates);
    this.#egress.close();
    this.#toBroker.close();
    this.#toClient.close();
    if (lastWords) {
      this.#tap.packet('to-client', lastWords, 'passed');
      this.#socket.write(lastWords);
    }
    this.#host.append({ type: 'line-closed', line: this.id, by });
    this.#host.closed(this);
    // The broker reads what has passed (for example a DISCONNECT), then the end.
    if (by !== 'broker') this.#broker.push(null);
    endThenDestroy(this.#socket);
  }

  /** When the client last sent something; 0 before. */
  get usedAt(): number {
    return this.#usedAt;
  }

  /** Bytes that wait in the line, both directions. */
  get waiting(): number {
    return this.#ingress.waiting + this.#toBroker.bytes + this.#egress.unsent;
  }

  /** Closes the line, because the server needs its place or its memory. */
  evict(limit: LimitName): void {
    this.#overLimit(limit);
  }

  /** Nothing passes in either direction until the line is thawed; the socket stays open. */
  freeze(frozen: boolean): void {
    this.#egress.flush();
    this.#frozen = frozen;
    this.#toBroker.freeze(frozen);
    this.#toClient.freeze(frozen);
    if (!frozen) this.#ingress.resume();
    this.#boundHalfLine();
  }

  /** The broker's machine is gone: no end reaches the client, and what it sends reaches nobody. */
  losePower(): void {
    if (this.#left) this.close('client');
    if (this.#closed) return;
    this.#flushToBroker();
    this.#egress.flush();
    clearTimeout(this.#connectTimer);
    clearTimeout(this.#leftTimer);
    this.#lostPower = new LostPower(this.#tap, () => this.close('reset'));
    // A client that never speaks would keep its place for ever.
    this.#leftTimer = setTimeout(() => this.close('reset'), this.#host.limits.frozenMs);
    this.#toBroker.close();
    this.#toClient.close();
    this.#broker.push(null);
    // What the client sends is read, and its end is seen.
    this.#ingress.resume();
  }

  /** The machine runs again: TCP resets the line once the client speaks. */
  powerIsBack(): void {
    this.#lostPower?.back();
  }

  /**
   * The end of a line travels behind the packets that are still on their way. On a frozen line it
   * doesn't travel at all: the broker keeps a half-open connection until the keep alive has passed
   * (3.1.1 [MQTT-3.1.2-24], 5.0 [MQTT-3.1.2-22]).
   */
  #clientGone(): void {
    if (this.#closed || this.#left) return;
    if (this.#lostPower) return this.close('client');
    this.#left = true;
    this.#ingress.end(() => this.#toBroker.end(() => this.close('client')));
    this.#boundHalfLine();
  }

  /** Without a keep alive a broker's patience has no end. */
  #boundHalfLine(): void {
    clearTimeout(this.#leftTimer);
    if (!this.#frozen || !this.#left || this.#closed) return;
    this.#leftTimer = setTimeout(() => this.#overLimit('frozenMs'), this.#host.limits.frozenMs);
  }

  #brokerGone(): void {
    if (this.#closed || this.#lostPower) return;
    // A client that sends DISCONNECT ends the line, although the broker closes it:
    // 3.1.1 [MQTT-3.14.4-1], 5.0 [MQTT-3.14.4-2].
    const by = this.#gate.disconnected ? 'client' : 'broker';
    if (this.#frozen || this.#left) this.close(by);
    else this.#toClient.end(() => this.close(by));
  }

  // ── Client → broker ──

  #fromClient(chunk: Uint8Array): void {
    if (this.#closed || (this.#broker.destroyed && !this.#lostPower)) return;
    this.#usedAt = performance.now();
    this.#ingress.took(chunk);
  }

  #notMqtt(violation: Violation, chunk: Uint8Array, alone: boolean): void {
    if (this.#lostPower) return this.close('reset');
    // A CONNECT that is too large is never read as a whole, but its client still gets a response.
    if (this.clientId === undefined && alone) this.#gate.version = levelOf(chunk);
    this.#refuse(violation, chunk);
  }

  /** Returns false if it closes the line. */
  #frameFromClient(frame: Uint8Array): boolean {
    if (this.#lostPower) {
      this.#ingress.tookPacket(1);
      this.#lostPower.frame(frame);
      return !this.#closed;
    }
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
      this.#tap.packet('to-broker', frame, 'refused');
      this.#overLimit(exceeded.limit, exceeded);
      return false;
    }
    this.#ingress.tookPacket(weightOf(packet));
    if (packet.kind === 'CONNECT') this.#connected(packet);
    this.#pass('to-broker', packet.kind, frame);
    return !this.#closed;
  }

  #connected(packet: Packet & { kind: 'CONNECT' }): void {
    clearTimeout(this.#connectTimer);
    this.clientId = packet.clientId;
    if (this.#host.conditions(this)?.frozen) this.freeze(true);
  }

  #flushToBroker(): void {
    if (this.#lostPower) this.#forBroker = [];
    if (this.#forBroker.length === 0) return;
    const bytes = joined(this.#forBroker);
    this.#forBroker = [];
    if (!this.#broker.push(bytes)) this.#ingress.pause();
  }

  // ── Broker → client ──

  #fromBroker(bytes: Uint8Array): void {
    if (this.#closed || this.#lostPower) return;
    for (const frame of this.#out.push(bytes).frames) {
      this.#gate.fromBroker(frame);
      const kind = kindOf(frame[0]!)!;
      // QoS 0 may be lost: a slow reader loses it before it costs others anything.
      if (kind === 'PUBLISH' && (frame[0]! & 0x06) === 0 && this.#egress.behind) {
        this.#tap.packet('to-client', frame, 'dropped');
        this.#tap.limit('unsentBytes', 'dropped');
      } else this.#pass('to-client', kind, frame);
      if (this.#closed) return;
    }
    this.#egress.flushSoon();
  }

  // ── Faults ──

  /** Passes one good packet on as the faults decide. */
  #pass(direction: Direction, kind: PacketKind, frame: Uint8Array): void {
    const conveyor = direction === 'to-broker' ? this.#toBroker : this.#toClient;
    const { name } = this.info;
    const decision =
      this.#host.decide?.({ direction, kind, name, clientId: this.clientId }) ?? passes;
    if (decision.do === 'pass' && conveyor.clear) {
      this.#tap.packet(direction, frame, 'passed');
      if (direction === 'to-client') this.#egress.gather(frame);
      else this.#forBroker.push(strip31Flags(frame, this.#gate.version));
      return;
    }
    // Packets that passed earlier are sent first.
    this.#flushToBroker();
    this.#egress.flush();
    const packet = this.#tap.packet(direction, frame, this.#frozen ? 'held' : fateOf[decision.do]);
    if (decision.do !== 'pass') {
      const ms = decision.do === 'delay' && { ms: decision.ms };
      this.#host.append({ type: 'fault', line: this.id, action: decision.do, packet, ...ms });
    }
    this.#strike(decision, conveyor, frame);
  }

  #strike(decision: Decision, conveyor: DelayQueue, frame: Uint8Array): void {
    if (decision.do === 'drop') return;
    if (decision.do === 'drop-and-cut') return this.close('fault');
    // A waiting packet outlives this turn, so it is copied: its chunk may be large.
    const kept = new Uint8Array(frame);
    if (decision.do === 'freeze') this.freeze(true);
    if (decision.do === 'duplicate') conveyor.put(kept);
    conveyor.put(kept, decision.do === 'delay' ? decision.ms : 0);
    if (decision.do === 'cut') this.close('fault');
    else if (conveyor.bytes > this.#host.limits.heldBytes) this.#overLimit('heldBytes');
  }

  // ── Refusals and limits ──

  /** The packet is not for the broker and no reason to close: the line responds itself. */
  #turnAway(frame: Uint8Array, { violation, answer }: Unsolicited): void {
    this.#tap.refused(violation, frame);
    if (!answer) return;
    this.#egress.flush();
    this.#tap.packet('to-client', answer, 'passed');
    this.#egress.write(answer);
  }

  #refuse(violation: Violation, bytes: Uint8Array): void {
    this.#flushToBroker();
    this.#tap.refused(violation, bytes);
    // That limit is the sandbox's, not MQTT's.
    if (violation.rule === 'packet-too-large')
      this.#tap.limit(this.clientId === undefined ? 'connectBytes' : 'packetBytes', 'closed');
    this.close('gate', this.#gate.refusal(violation));
  }

  /** The WebSocket frame was invalid, and the transport has reported it. */
  #unfit(unfit: Unfit): void {
    if (this.#closed) return;
    this.#flushToBroker();
    if ('rule' in unfit) {
      this.#tap.refused(violationOf(unfit.rule, this.#gate.version), unfit.bytes);
      this.close('gate');
    } else {
      this.#tap.limit(unfit.limit, 'closed');
      this.close('limit');
    }
  }

  #overLimit(limit: LimitName, codes: Pick<Refused, 'reasonCode' | 'returnCode'> = {}): void {
    this.#tap.limit(limit, 'closed');
    const { reasonCode, returnCode } = codes;
    const value = this.#host.limits[limit];
    this.close('limit', limitPacket({ limit, value, reasonCode, returnCode }, this.#gate));
  }
}

const fateOf: Record<Decision['do'], Fate> = {
  pass: 'passed',
  drop: 'dropped',
  'drop-and-cut': 'dropped',
  delay: 'delayed',
  duplicate: 'duplicated',
  cut: 'passed',
  freeze: 'held',
};
