/** One client's connection to the broker: its stream, its session, and what is under way on it. */
import type { Duplex } from 'readable-stream';
import { correctConnack, correctSuback, correctUnsuback, packetIdOf, withReason } from './answers.ts';
import type { FrameSink } from './client-limits.ts';
import { ClientStream, type ClientStreamHost } from './client-stream.ts';
import { headerLength } from './frame-length.ts';
import { isViolation, parsePacket } from './packet.ts';
import type { MqttVersion, QoS } from './protocol.ts';
import type { Session } from './session.ts';
import { hideShared } from './share-filters.ts';

export interface ConnectionHost {
  maxQoS: QoS;
  retainAvailable: boolean;
  /** Every packet, for the counts of $SYS. */
  received(frame: Uint8Array): void;
  sent(frame: Uint8Array): void;
  /** The line has ended; aedes may still read what came before. */
  ended(connection: Connection): void;
}

export class Connection implements ClientStreamHost, FrameSink {
  readonly stream: ClientStream;
  readonly line: number;
  /** That of the CONNECT. */
  version: MqttVersion = 4;
  session: Session | null = null;
  sessionPresent = false;
  /** CONNACK's reason code where aedes knows no such refusal. */
  refusal: number | undefined;
  /** Filters of the SUBSCRIBE packets that aedes has not answered yet, oldest first. */
  readonly subscribes: string[][] = [];
  /** Codes for the SUBACK and UNSUBACK packets that aedes writes next. */
  readonly subacks: number[][] = [];
  readonly unsubacks: number[][] = [];
  /** By packet identifier: reason codes for PUBACK and PUBREC other than those of aedes. */
  readonly ackCodes = new Map<number, number>();
  /** User properties of the PUBLISH packets that aedes reads next, those that have any. */
  readonly userProperties: [name: string, value: string][][] = [];
  readonly #host: ConnectionHost;

  constructor(line: Duplex, number: number, host: ConnectionHost) {
    this.line = number;
    this.#host = host;
    this.stream = new ClientStream(line, this);
  }

  send(frame: Uint8Array): void {
    this.stream.send(frame);
  }

  get unsent(): number {
    return this.stream.unsent;
  }

  ended(): void {
    this.#host.ended(this);
  }

  sent(frame: Uint8Array): void {
    this.#host.sent(frame);
  }

  incoming(frame: Uint8Array): Uint8Array {
    this.#host.received(frame);
    const kind = frame[0]! >> 4;
    if (kind === 3 && this.version === 5) this.#noteUserProperties(frame);
    if (kind !== 8 && kind !== 10) return frame;
    if (kind === 8) {
      const packet = parsePacket(frame, this.version, 'to-broker');
      const valid = !isViolation(packet) && packet.kind === 'SUBSCRIBE';
      this.subscribes.push(valid ? packet.subscriptions.map(({ filter }) => filter) : []);
    }
    return hideShared(frame, this.version);
  }

  outgoing(frame: Buffer): Uint8Array {
    switch (frame[0]! >> 4) {
      case 2: {
        const { maxQoS, retainAvailable } = this.#host;
        const { sessionPresent, refusal } = this;
        const granted = { sessionPresent, refusal, maxQoS, retainAvailable };
        return correctConnack(frame, this.version, granted);
      }
      case 4:
      case 5: {
        const id = packetIdOf(frame);
        const code = this.ackCodes.get(id);
        if (code === undefined) return frame;
        this.ackCodes.delete(id);
        return withReason(frame, code);
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
    if (isViolation(packet)) return;
    const pairs = packet.properties?.userProperties;
    if (pairs?.length) this.userProperties.push(pairs);
  }
}
