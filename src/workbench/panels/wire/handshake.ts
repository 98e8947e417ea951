/**
 * What the two sides of a QoS 1 or QoS 2 message hold, packet by packet: section 4.3 of MQTT 3.1.1
 * and 5.0 as a pure state machine. The sender and the receiver are those of the PUBLISH; either can
 * be the broker.
 */
import type { MqttVersion } from '../../../../sandbox/protocol/mqtt.ts';

export type HandshakeKind = 'PUBLISH' | 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP';
export type SenderState =
  | 'nothing'
  /** Holds the message until PUBACK comes. */
  | 'waits-puback'
  /** Holds the message until PUBREC comes. */
  | 'waits-pubrec'
  /** Has PUBREC and must answer it. */
  | 'owes-pubrel'
  /** Holds the packet identifier until PUBCOMP comes; the message is no longer sent again. */
  | 'waits-pubcomp';
export type ReceiverState =
  | 'nothing'
  | 'owes-puback'
  | 'owes-pubrec'
  /** Holds the packet identifier until PUBREL comes: the same PUBLISH again is no new message. */
  | 'waits-pubrel'
  | 'owes-pubcomp';
export interface Hold {
  readonly sender: SenderState;
  readonly receiver: ReceiverState;
}
export type Side = keyof Hold;

/** A packet leaves, it arrives (it may never), or a side loses its session and with it what it held. */
export type HandshakeEvent =
  | { do: 'sent' | 'arrived'; kind: HandshakeKind; qos: 1 | 2; refused?: boolean }
  | { do: 'lost'; side: Side };

export const nothingHeld: Hold = { sender: 'nothing', receiver: 'nothing' };

/** `refused` on an event: its reason code is 0x80 or greater (5.0). */
export function after(hold: Hold, event: HandshakeEvent): Hold {
  if (event.do === 'lost') return { ...hold, [event.side]: 'nothing' };
  return event.do === 'sent' ? sent(hold, event) : arrived(hold, event);
}

type Moved = Extract<HandshakeEvent, { kind: HandshakeKind }>;

function sent(hold: Hold, { kind, qos, refused }: Moved): Hold {
  switch (kind) {
    case 'PUBLISH':
      // 3.1.1 [MQTT-4.3.2-1], [MQTT-4.3.3-1]; 5.0 [MQTT-4.3.2-3], [MQTT-4.3.3-3]: unacknowledged.
      return { ...hold, sender: qos === 1 ? 'waits-puback' : 'waits-pubrec' };
    case 'PUBACK':
      // 3.1.1 [MQTT-4.3.2-2], 5.0 [MQTT-4.3.2-5]: the identifier is free for a new message.
      return { ...hold, receiver: 'nothing' };
    case 'PUBREC':
      // 3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-10]; after a refusal 5.0 [MQTT-4.3.3-9].
      return { ...hold, receiver: refused ? 'nothing' : 'waits-pubrel' };
    case 'PUBREL':
      // 3.1.1 [MQTT-4.3.3-1], 5.0 [MQTT-4.3.3-5].
      return { ...hold, sender: 'waits-pubcomp' };
    case 'PUBCOMP':
      // 3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-12].
      return { ...hold, receiver: 'nothing' };
  }
}

function arrived(hold: Hold, { kind, qos, refused }: Moved): Hold {
  switch (kind) {
    case 'PUBLISH':
      // 3.1.1 [MQTT-4.3.2-2], [MQTT-4.3.3-2]; 5.0 [MQTT-4.3.2-4], [MQTT-4.3.3-8]: it must be answered.
      return { ...hold, receiver: qos === 1 ? 'owes-puback' : 'owes-pubrec' };
    case 'PUBACK':
      return { ...hold, sender: 'nothing' };
    case 'PUBREC':
      // 5.0 [MQTT-4.4.0-2]: refused counts as acknowledged; else 3.1.1 [MQTT-4.3.3-1], 5.0 [MQTT-4.3.3-4].
      return { ...hold, sender: refused ? 'nothing' : 'owes-pubrel' };
    case 'PUBREL':
      // 3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-11].
      return { ...hold, receiver: 'owes-pubcomp' };
    case 'PUBCOMP':
      return { ...hold, sender: 'nothing' };
  }
}

export const isOver = ({ sender, receiver }: Hold): boolean =>
  sender === 'nothing' && receiver === 'nothing';

const statements: Record<string, readonly [v311: string, v5: string]> = {
  'waits-puback': ['MQTT-4.3.2-1', 'MQTT-4.3.2-3'],
  'owes-puback': ['MQTT-4.3.2-2', 'MQTT-4.3.2-4'],
  'waits-pubrec': ['MQTT-4.3.3-1', 'MQTT-4.3.3-3'],
  'owes-pubrel': ['MQTT-4.3.3-1', 'MQTT-4.3.3-4'],
  'waits-pubcomp': ['MQTT-4.3.3-1', 'MQTT-4.3.3-5'],
  'owes-pubrec': ['MQTT-4.3.3-2', 'MQTT-4.3.3-8'],
  'waits-pubrel': ['MQTT-4.3.3-2', 'MQTT-4.3.3-10'],
  'owes-pubcomp': ['MQTT-4.3.3-2', 'MQTT-4.3.3-11'],
};

/** The normative statement behind a state; none for `nothing`, and none in 3.1, which numbers nothing. */
export function statementOf(
  state: SenderState | ReceiverState,
  version: MqttVersion,
): string | undefined {
  return version === 3 ? undefined : statements[state]?.[version === 5 ? 1 : 0];
}
