/**
 * Validates each frame of a line: by itself (`packet.ts`) and against the earlier packets of the
 * connection. A frame that breaks the specification never reaches the broker.
 */
import { encodeDisconnect, encodePubcomp, encodePubrel } from '../mqtt/encode.ts';
import { PacketIds } from './packet-ids.ts';
import { isViolation, kindOf, parsePacket, type Violation } from '../mqtt/packet.ts';
import { headerLength } from '../mqtt/varint.ts';
import type {
  AcknowledgePacket,
  ConnectPacket,
  DisconnectPacket,
  MqttVersion,
  Packet,
  PacketKind,
  PublishPacket,
} from '../protocol/mqtt.ts';
import { refusalPacket } from './refusal-packet.ts';
import { violation, type RuleId } from '../mqtt/rules/index.ts';
import { InboundAliases } from './inbound-aliases.ts';

/**
 * What the broker grants a client. A 5.0 CONNACK that names a value replaces it; the others hold
 * from the first packet on, as a client may publish before it has seen CONNACK (section 3.1.4).
 */
interface GateLimits {
  /** Unacknowledged QoS 1 and 2 messages of a 5.0 client: section 3.2.2.3.3. */
  receiveMaximum: number;
  /** Highest topic alias; 0: none. Section 3.2.2.3.8. */
  topicAliasMaximum: number;
  maximumQoS: number;
  retainAvailable: boolean;
}

/** An acknowledgement of nothing: no reason to close, and nothing that the broker should see. */
export interface Unsolicited {
  violation: Violation;
  /** The bytes that the client receives for it; null: none. */
  answer: Uint8Array | null;
}

// Packets that only a server sends (3.1.1 table 2.1, 5.0 table 2-1).
const SERVER_ONLY: ReadonlySet<PacketKind> = new Set(['CONNACK', 'SUBACK', 'UNSUBACK', 'PINGRESP']);

export class Gate {
  /** The version of the CONNECT; 3.1.1 before it. */
  version: MqttVersion = 4;
  /** True from the broker's CONNACK with code 0 on. */
  connected = false;
  /** The client has sent DISCONNECT: the client ended the connection, whichever side closes it. */
  disconnected = false;
  /**
   * Set by each `fromClient`. If not null, the returned packet must not go to the broker, and the
   * client receives `answer`.
   */
  unsolicited: Unsolicited | null = null;

  readonly #limits: GateLimits = {
    receiveMaximum: 65_535,
    topicAliasMaximum: 0,
    maximumQoS: 2,
    retainAvailable: true,
  };
  readonly #inFlight = new PacketIds();
  readonly #aliases = new InboundAliases();
  #connect: ConnectPacket | null = null;
  /** CONNACK had Session Present set. */
  #resumed = false;

  /**
   * One whole frame of the client. Returns its packet, or the violation for which the line must
   * close.
   */
  fromClient(frame: Uint8Array): Packet | Violation {
    this.unsolicited = null;
    const early = this.#outOfPlace(frame[0] ?? 0);
    if (early !== null) return violation(early, this.version);
    // A refused CONNECT may still contain its version.
    if (this.#connect === null) this.version = levelOf(frame);
    const packet = parsePacket(frame, this.version, 'to-broker');
    if (isViolation(packet)) return packet;
    const rule = this.#judge(packet);
    return rule === null ? packet : violation(rule, this.version);
  }

  /** Called with every frame that the broker sends, before faults apply. Cheap. */
  fromBroker(frame: Uint8Array): void {
    const first = frame[0] as number;
    switch (first >> 4) {
      case 2:
        return this.#connack(frame);
      case 3:
        if (first & 0x06) this.#publishSent(frame, (first >> 1) & 3);
        return;
      case 4: // PUBACK
      case 7: // PUBCOMP
        return this.#inFlight.completed(uint16(frame, 2));
      case 5: // PUBREC: a reason code stands behind the identifier
        if (frame.length > 4 && (frame[4] as number) >= 0x80) {
          this.#inFlight.completed(uint16(frame, 2));
        }
        return;
      case 6:
        return this.#inFlight.releaseSent(uint16(frame, 2));
    }
  }

  /** The topic of a PUBLISH that has an alias instead. */
  topicOf({ topic, properties }: PublishPacket): string {
    return topic === '' ? (this.#aliases.topicOf(properties?.topicAlias ?? 0) ?? '') : topic;
  }

  /** The last bytes to a refused client before its line is closed; null: none. */
  refusal(refused: Violation): Uint8Array | null {
    const words = refusalPacket(refused, this.version, this.connected);
    const limit = this.#connect?.properties?.maximumPacketSize;
    // [MQTT-3.1.2-24], [MQTT-3.14.2-3]: without the reason string if the client can't take it
    if (words === null || limit === undefined || words.length <= limit) return words;
    const bare = this.connected ? encodeDisconnect(refused.reasonCode) : null;
    return bare !== null && bare.length <= limit ? bare : null;
  }

  /** The violation of a packet of this type at this point of the connection. */
  #outOfPlace(first: number): RuleId | null {
    const kind = kindOf(first);
    if (kind === null) return 'reserved-type';
    if (this.#connect === null) return kind === 'CONNECT' ? null : 'first-not-connect'; // [MQTT-3.1.0-1]
    if (this.disconnected) return 'after-disconnect'; // [MQTT-3.14.4-2], 5.0 [MQTT-3.14.4-1]
    if (kind === 'CONNECT') return 'second-connect'; // [MQTT-3.1.0-2]
    if (SERVER_ONLY.has(kind)) return 'server-only';
    // An authentication method in CONNECT was refused, so no AUTH is allowed: [MQTT-4.12.0-7]
    if (kind === 'AUTH') return this.version === 5 ? 'auth-not-started' : 'reserved-type';
    return null;
  }

  #judge(packet: Packet): RuleId | null {
    switch (packet.kind) {
      case 'CONNECT':
        return this.#judgeConnect(packet);
      case 'PUBLISH':
        return this.#judgePublish(packet);
      case 'PUBREL':
        return this.#judgeRelease(packet);
      case 'PUBACK':
      case 'PUBREC':
      case 'PUBCOMP':
        return this.#judgeAcknowledgement(packet);
      case 'DISCONNECT':
        return this.#judgeDisconnect(packet);
      default:
        return null;
    }
  }

  #judgeConnect(packet: ConnectPacket): RuleId | null {
    this.#connect = packet;
    // [MQTT-4.12.0-1]: a method that the server does not know is refused
    return packet.properties?.authenticationMethod === undefined ? null : 'authentication-method';
  }

  #judgePublish(packet: PublishPacket): RuleId | null {
    const limits = this.#limits;
    if (packet.retain && !limits.retainAvailable) return 'retain-not-supported'; // [MQTT-3.2.2-14]
    if (packet.properties !== undefined) {
      const rule = this.#aliases.judge(packet, limits.topicAliasMaximum);
      if (rule !== null) return rule;
    }
    if (packet.qos === 0) return null;
    if (packet.qos > limits.maximumQoS) return 'qos-not-supported'; // [MQTT-3.2.2-11]
    this.#inFlight.publishReceived(packet);
    // [MQTT-3.3.4-7]; before 5.0 no CONNACK names it
    return this.#inFlight.received > limits.receiveMaximum ? 'receive-maximum' : null;
  }

  /**
   * A PUBREL for an unknown message is acknowledged; the connection stays open: 3.1.1
   * [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-11].
   */
  #judgeRelease({ packetId }: AcknowledgePacket): null {
    if (this.#mayBeOlder || this.#inFlight.mayRelease(packetId)) return null;
    return this.#note(encodePubcomp(this.version, packetId, 0x92));
  }

  #judgeAcknowledgement(packet: AcknowledgePacket): RuleId | null {
    const verdict = this.#inFlight.acknowledged(packet);
    if (verdict === 'wrong') return 'acknowledgement-wrong';
    if (verdict === 'expected' || this.#mayBeOlder) return null;
    // A PUBREC with an error code gets no PUBREL (5.0 section 4.3.3).
    const asksForPubrel = packet.kind === 'PUBREC' && packet.reasonCode < 0x80;
    return this.#note(asksForPubrel ? encodePubrel(this.version, packet.packetId, 0x92) : null);
  }

  #judgeDisconnect({ properties }: DisconnectPacket): RuleId | null {
    this.disconnected = true;
    // Section 3.14.2.2.2
    const before = this.#connect?.properties?.sessionExpiryInterval ?? 0;
    return before === 0 && (properties?.sessionExpiryInterval ?? 0) > 0
      ? 'session-expiry-raised'
      : null;
  }

  /** The session, and with it an identifier, may be older than this connection. */
  get #mayBeOlder(): boolean {
    return this.#resumed || !this.connected;
  }

  #note(answer: Uint8Array | null): null {
    this.unsolicited = { violation: violation('acknowledgement-unknown', this.version), answer };
    return null;
  }

  #connack(frame: Uint8Array): void {
    const packet = parsePacket(frame, this.version, 'to-client');
    if (isViolation(packet) || packet.kind !== 'CONNACK') return;
    this.connected = packet.reasonCode === 0;
    this.#resumed = packet.sessionPresent;
    if (this.version !== 5) return;
    const { maximumQoS, receiveMaximum, retainAvailable, topicAliasMaximum } =
      packet.properties ?? {};
    const limits = this.#limits;
    // An absent property has the specification's default, not the sandbox's.
    limits.receiveMaximum = receiveMaximum ?? 65_535;
    limits.topicAliasMaximum = topicAliasMaximum ?? 0;
    limits.maximumQoS = maximumQoS ?? 2;
    limits.retainAvailable = retainAvailable !== 0;
  }

  #publishSent(frame: Uint8Array, qos: number): void {
    const at = headerLength(frame);
    this.#inFlight.publishSent(uint16(frame, at + 2 + uint16(frame, at)), qos);
  }
}

const uint16 = (frame: Uint8Array, at: number): number =>
  ((frame[at] as number) << 8) | (frame[at + 1] as number);

/** The version of a CONNECT that may be unreadable otherwise; 3.1.1 if it has none. */
export function levelOf(frame: Uint8Array): MqttVersion {
  const at = headerLength(frame);
  const nameLength = uint16(frame, at);
  const level = frame[at + 2 + nameLength];
  // A bridge's has another bit.
  if (nameLength === 6) return level === 3 || level === 0x83 ? 3 : 4;
  return level === 5 ? 5 : 4;
}
