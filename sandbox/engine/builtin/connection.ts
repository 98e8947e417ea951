/** One client's connection to the broker: its stream, its session, and what is under way on it. */
import type { Buffer } from 'buffer';
import type { Duplex } from 'readable-stream';
import { TokenBucket } from '../../shared/token-bucket.ts';
import { correctConnack, correctSuback, correctUnsuback } from './aedes/rewrite-responses.ts';
import type { AedesClient } from './aedes/types.ts';
import type { BrokerLimits, BrokerOptions } from '../broker.ts';
import type { BrokerStats } from './stats.ts';
import type { FrameSink } from './client-window.ts';
import { encodePuback, encodePubrec } from '../../mqtt/encode.ts';
import { ClientStream, type ClientStreamHost } from './aedes/stream.ts';
import { headerLength } from '../../mqtt/varint.ts';
import { isViolation, parsePacket } from '../../mqtt/packet.ts';
import type { MqttVersion, QoS } from '../../protocol/mqtt.ts';
import type { ConnectInfo, Session } from './session.ts';
import { filtersOf, escapeFilters } from './aedes/escaped-filters.ts';

/** What is decided of one filter of a SUBSCRIBE. */
export interface Grant {
  /** For SUBACK: the granted QoS, or a refusal from 0x80 on. */
  code: number;
  /** Retained messages follow. */
  retained?: boolean;
}

/** What a connection asks of its broker. */
export interface ConnectionHost {
  readonly options: Pick<BrokerOptions, 'maxQoSOf'>;
  readonly limits: Pick<BrokerLimits, 'retainedPerSecond'>;
  readonly maxQoS: QoS;
  readonly retainAvailable: boolean;
  readonly stats: BrokerStats;
  /** Ends the connection; a 5.0 client receives DISCONNECT with the reason code. */
  end(connection: Connection, reasonCode: number): void;
}

export class Connection implements ClientStreamHost, FrameSink {
  readonly stream: ClientStream;
  readonly line: number;
  /** The most that it may publish with, and is granted. */
  readonly maxQoS: QoS;
  /** That of the CONNECT. */
  version: MqttVersion = 4;
  /** What its CONNECT says. */
  connectInfo: ConnectInfo | null = null;
  client: AedesClient | null = null;
  /** From the moment that it is let in until it is gone. */
  session: Session | null = null;
  sessionPresent = false;
  /** The client identifier that the broker made up. */
  assignedId: string | undefined;
  /** Why the connection ended, where it was not the client's line. */
  endedBy: 'client' | 'broker' | null = null;
  /** CONNACK has been sent, and it was not a refusal. */
  acknowledged = false;
  /** CONNACK's reason code where aedes knows no such refusal. */
  refusal: number | undefined;
  /** Filters of the SUBSCRIBE packets that aedes has not answered yet, oldest first. */
  readonly subscribes: string[][] = [];
  /** What has been decided of the SUBSCRIBE that aedes works on, by filter. */
  granted = new Map<string, Grant>();
  /** Codes for the SUBACK and UNSUBACK packets that aedes writes next. */
  readonly subacks: number[][] = [];
  readonly unsubacks: number[][] = [];
  /** User properties of the PUBLISH packets that aedes reads next, those that have any. */
  readonly userProperties: [name: string, value: string][][] = [];
  /** Retained messages that it may still be sent: a filter of one byte may ask for all there are. */
  readonly retained: TokenBucket;
  readonly #core: ConnectionHost;

  constructor(line: Duplex, number: number, core: ConnectionHost) {
    this.line = number;
    this.#core = core;
    const { retainedPerSecond } = core.limits;
    this.retained = new TokenBucket(retainedPerSecond, retainedPerSecond * 20);
    this.maxQoS = core.options.maxQoSOf?.(number) ?? core.maxQoS;
    this.stream = new ClientStream(line, this);
  }

  send(frame: Uint8Array): void {
    this.stream.send(frame);
  }

  get unsent(): number {
    return this.stream.unsent;
  }

  /** Answers a PUBLISH. `reason`: only 5.0 has it, and only some clients want it. */
  acknowledge(kind: 'PUBACK' | 'PUBREC', packetId: number, code: number, reason?: string): void {
    const { version } = this;
    const encode = kind === 'PUBACK' ? encodePuback : encodePubrec;
    // [MQTT-3.1.2-29] Only where the client has not asked to be spared of it.
    const wanted = this.connectInfo?.wantsReasons === true ? reason : undefined;
    let frame = encode(version, packetId, code, wanted);
    // [MQTT-3.4.2-2], [MQTT-3.5.2-2]: the reason string is what can be left out.
    if (wanted && !this.#fits(frame)) frame = encode(version, packetId, code);
    if (this.#fits(frame)) this.send(frame);
    else this.#endOversized();
  }

  #fits(frame: Uint8Array): boolean {
    const most = this.version === 5 ? this.client?.maximumPacketSize : undefined;
    return most === undefined || frame.length <= most;
  }

  /** 5.0 [MQTT-3.1.2-24] It must be said and can't be: whoever waits for it waits no longer. */
  #endOversized(): void {
    queueMicrotask(() => this.#core.end(this, 0x95));
  }

  ended(): void {
    // aedes may still read what came before, but nothing can be sent any more.
    this.session?.outgoing.detach();
  }

  sent(frame: Uint8Array): void {
    this.#core.stats.sent(frame);
  }

  incoming(frame: Uint8Array): Uint8Array {
    this.#core.stats.received(frame);
    const kind = frame[0]! >> 4;
    if (kind === 3 && this.version === 5) this.#noteUserProperties(frame);
    if (kind === 14) this.endedBy = 'client';
    if (kind !== 8 && kind !== 10) return frame;
    if (kind === 8) this.subscribes.push(filtersOf(frame, this.version));
    return escapeFilters(frame, this.version);
  }

  outgoing(frame: Buffer): Uint8Array | null {
    const corrected = this.#correct(frame);
    if (this.#fits(corrected)) return corrected;
    if (corrected[0]! >> 4 === 2) this.acknowledged = false;
    this.#endOversized();
    return null;
  }

  #correct(frame: Buffer): Uint8Array {
    switch (frame[0]! >> 4) {
      case 2: {
        const { retainAvailable } = this.#core;
        const { sessionPresent, refusal, assignedId, maxQoS } = this;
        const granted = { sessionPresent, refusal, assignedId, maxQoS, retainAvailable };
        this.acknowledged = frame[3] === 0;
        return correctConnack(frame, this.version, granted);
      }
      case 9:
        return correctSuback(frame, this.version, this.subacks.shift() ?? []);
      case 11:
        return correctUnsuback(frame, this.version, this.unsubacks.shift() ?? []);
      default:
        return frame;
    }
  }

  /** mqtt-packet gathers them by name and so loses their order ([MQTT-3.3.2-18]). */
  #noteUserProperties(frame: Uint8Array): void {
    const at = headerLength(frame);
    const topic = (frame[at]! << 8) | frame[at + 1]!;
    const properties = at + 2 + topic + ((frame[0]! & 6) > 0 ? 2 : 0);
    if (frame[properties] === 0) return;
    const packet = parsePacket(frame, 5, 'to-broker');
    if (isViolation(packet) || packet.kind !== 'PUBLISH') return;
    const pairs = packet.properties?.userProperties;
    if (pairs?.length) this.userProperties.push(pairs);
  }
}
