/**
 * One client's connection to the broker: its packet stream, its session, the values of CONNECT and
 * CONNACK.
 */
import type { Duplex } from 'readable-stream';
import { TokenBucket } from '../../shared/token-bucket.ts';
import type { ConnectionLife } from './aedes/lifecycle.ts';
import type { BrokerLimits, BrokerOptions } from '../broker.ts';
import type { BrokerStats } from './stats.ts';
import type { FrameSink } from './client-window.ts';
import { encodePuback, encodePubrec } from '../../mqtt/encode.ts';
import { FrameStream, type FrameStreamHost } from './frame-stream.ts';
import { isViolation, kindOf, parseAccepted } from '../../mqtt/packet.ts';
import type { ConnectPacket, MqttVersion, Packet, QoS } from '../../protocol/mqtt.ts';
import type { ConnectInfo, Session } from './session.ts';

/** The parts of a broker that a connection calls. */
export interface ConnectionHost {
  readonly options: Pick<BrokerOptions, 'maxQoSOf'>;
  readonly limits: Pick<BrokerLimits, 'retainedPerSecond'>;
  readonly maxQoS: QoS;
  readonly stats: BrokerStats;
  /** Ends the connection; a 5.0 client receives DISCONNECT with the reason code. */
  end(connection: Connection, reasonCode: number): void;
  /** A PUBLISH, SUBSCRIBE, UNSUBSCRIBE or acknowledgement of a connected client. */
  packet(connection: Connection, session: Session, packet: Packet): void;
}

export class Connection implements FrameStreamHost, FrameSink {
  readonly line: number;
  /** The most that it may publish with, and is granted. */
  readonly maxQoS: QoS;
  readonly life: ConnectionLife;
  /** From CONNECT to the client's authentication. */
  connect: ConnectPacket | null = null;
  /** From CONNECT on. */
  version: MqttVersion = 4;
  clientId = '';
  connectInfo: ConnectInfo | null = null;
  /** From the acceptance of the client to the end of the connection. */
  session: Session | null = null;
  sessionPresent = false;
  /** The client identifier that the broker made up. */
  assignedId: string | undefined;
  /** Seconds, if the broker shortened the client's keep alive. */
  serverKeepAlive: number | undefined;
  /** CONNACK's 5.0 reason code, if it is not the one for aedes' return code. */
  refusal: number | undefined;
  /** The return code of older versions, if it is not aedes' either. */
  returnCode: number | undefined;
  /** CONNACK has been sent, and it was not a refusal. */
  acknowledged = false;
  /** Which side ended the connection, if it was not the end of the byte stream. */
  endedBy: 'client' | 'broker' | null = null;
  /** Topic aliases that the client has set (5.0 section 3.3.2.3.4). */
  aliases: Map<number, string> | null = null;
  /** Retained messages that it may still be sent: a filter of one byte may match all of them. */
  readonly retained: TokenBucket;
  readonly #frames: FrameStream;
  readonly #core: ConnectionHost;

  constructor(
    stream: Duplex,
    line: number,
    core: ConnectionHost,
    open: (connection: Connection) => ConnectionLife,
  ) {
    this.line = line;
    this.#core = core;
    const { retainedPerSecond } = core.limits;
    this.retained = new TokenBucket(retainedPerSecond, retainedPerSecond * 20);
    this.maxQoS = core.options.maxQoSOf?.(line) ?? core.maxQoS;
    this.life = open(this);
    this.#frames = new FrameStream(stream, this);
  }

  // ── To the client ──

  send(frame: Uint8Array): void {
    this.#frames.send(frame);
  }

  get unsent(): number {
    return this.#frames.unsent;
  }

  /** A packet that the client waits for: if its maximum packet size forbids it, the connection ends (5.0 [MQTT-3.1.2-24]). */
  respond(frame: Uint8Array): boolean {
    const fits = this.#fits(frame);
    if (fits) this.send(frame);
    else queueMicrotask(() => this.#core.end(this, 0x95));
    return fits;
  }

  /** PUBACK or PUBREC. `reason`: only 5.0 has it, and only some clients want it. */
  acknowledge(kind: 'PUBACK' | 'PUBREC', packetId: number, code: number, reason?: string): void {
    const { version } = this;
    const encode = kind === 'PUBACK' ? encodePuback : encodePubrec;
    const wanted = this.connectInfo?.wantsReasons ? reason : undefined;
    let frame = encode(version, packetId, code, wanted);
    // [MQTT-3.4.2-2], [MQTT-3.5.2-2]: the reason string can be left out.
    if (wanted && !this.#fits(frame)) frame = encode(version, packetId, code);
    this.respond(frame);
  }

  #fits(frame: Uint8Array): boolean {
    return frame.length <= (this.connectInfo?.maximumPacketSize ?? Number.POSITIVE_INFINITY);
  }

  // ── From the client ──

  received(frame: Uint8Array): void {
    this.#core.stats.received(frame);
    // 3.1.1 [MQTT-3.14.4-2], 5.0 [MQTT-3.14.4-1]: nothing follows a DISCONNECT.
    if (this.endedBy === 'client') return;
    switch (kindOf(frame[0]!)) {
      case 'DISCONNECT':
        this.endedBy = 'client';
        return this.life.pass(frame);
      case 'PINGREQ':
      case 'AUTH':
        return this.life.pass(frame);
      default:
        return this.#packet(frame);
    }
  }

  #packet(frame: Uint8Array): void {
    // Of a CONNECT something is kept: not the chunk that it came in.
    const first = this.connectInfo === null;
    const packet = parseAccepted(first ? new Uint8Array(frame) : frame, this.version);
    if (isViolation(packet)) return this.#core.end(this, packet.reasonCode);
    if (!first) {
      this.life.restartKeepAlive();
      if (this.session) this.#core.packet(this, this.session, packet);
    } else if (packet.kind === 'CONNECT') {
      this.connect = packet;
      // aedes registers a client in later turns of the event loop.
      this.#frames.hold();
      this.life.pass(frame);
    } else this.life.close();
  }

  /** Its keep alive runs while it is listened to. */
  unread(): void {
    if (this.acknowledged) this.life.restartKeepAlive();
  }

  /** The byte stream has ended: nothing can be sent any more. */
  ended(): void {
    this.session?.outgoing.detach();
    this.life.ended();
  }

  sent(frame: Uint8Array): void {
    this.#core.stats.sent(frame);
  }

  /**
   * CONNACK has been sent, and the session attached: the packets that the client has sent since are
   * processed.
   */
  open(): void {
    this.#frames.open();
  }

  /** Lets go of the byte stream. */
  close(): void {
    this.#frames.close();
  }
}
