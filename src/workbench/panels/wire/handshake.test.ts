import { expect, test } from 'vitest';
import {
  after,
  type HandshakeEvent,
  type HandshakeKind,
  isOver,
  nothingHeld,
  statementOf,
} from './handshake.ts';

/** `PUBACK` passed; `PUBACK!` was lost on the way; `PUBREC~` refuses; `-sender` lost its session. */
function events(text: string, qos: 1 | 2): HandshakeEvent[] {
  return text.split(' ').flatMap((word): HandshakeEvent[] => {
    if (word.startsWith('-')) return [{ do: 'lost', side: word.slice(1) as 'sender' | 'receiver' }];
    const kind = word.replace(/[!~]/, '') as HandshakeKind;
    const moved = { kind, qos, refused: word.endsWith('~') };
    const sent = { do: 'sent' as const, ...moved };
    return word.endsWith('!') ? [sent] : [sent, { do: 'arrived', ...moved }];
  });
}

/** Section 4.3, case by case: what went over the wire → what sender and receiver hold then. */
const cases: [qos: 1 | 2, packets: string, sender: string, receiver: string][] = [
  // QoS 1: 4.3.2
  [1, 'PUBLISH!', 'waits-puback', 'nothing'],
  [1, 'PUBLISH', 'waits-puback', 'owes-puback'],
  [1, 'PUBLISH PUBACK!', 'waits-puback', 'nothing'],
  [1, 'PUBLISH PUBACK', 'nothing', 'nothing'],
  // Sent again with DUP [MQTT-3.3.1-1]: to the receiver it is a new message 5.0 [MQTT-4.3.2-5].
  [1, 'PUBLISH PUBACK! PUBLISH', 'waits-puback', 'owes-puback'],
  [1, 'PUBLISH PUBACK! PUBLISH PUBACK', 'nothing', 'nothing'],
  [1, 'PUBLISH! PUBLISH PUBACK', 'nothing', 'nothing'],
  // A refusal is an acknowledgement too [MQTT-4.4.0-2].
  [1, 'PUBLISH PUBACK~', 'nothing', 'nothing'],
  [1, 'PUBLISH -receiver', 'waits-puback', 'nothing'],
  [1, 'PUBLISH -receiver -sender', 'nothing', 'nothing'],
  // QoS 2: 4.3.3
  [2, 'PUBLISH!', 'waits-pubrec', 'nothing'],
  [2, 'PUBLISH', 'waits-pubrec', 'owes-pubrec'],
  [2, 'PUBLISH PUBREC!', 'waits-pubrec', 'waits-pubrel'],
  [2, 'PUBLISH PUBREC', 'owes-pubrel', 'waits-pubrel'],
  [2, 'PUBLISH PUBREC PUBREL!', 'waits-pubcomp', 'waits-pubrel'],
  [2, 'PUBLISH PUBREC PUBREL', 'waits-pubcomp', 'owes-pubcomp'],
  [2, 'PUBLISH PUBREC PUBREL PUBCOMP!', 'waits-pubcomp', 'nothing'],
  [2, 'PUBLISH PUBREC PUBREL PUBCOMP', 'nothing', 'nothing'],
  // PUBREC lost: the PUBLISH comes again and must be answered again, not delivered [MQTT-4.3.3-10].
  [2, 'PUBLISH PUBREC! PUBLISH', 'waits-pubrec', 'owes-pubrec'],
  [2, 'PUBLISH PUBREC! PUBLISH PUBREC', 'owes-pubrel', 'waits-pubrel'],
  // PUBCOMP lost: only PUBREL comes again, never the PUBLISH [MQTT-4.3.3-6].
  [2, 'PUBLISH PUBREC PUBREL PUBCOMP! PUBREL', 'waits-pubcomp', 'owes-pubcomp'],
  [2, 'PUBLISH PUBREC PUBREL PUBCOMP! PUBREL PUBCOMP', 'nothing', 'nothing'],
  // 0x80 or greater in PUBREC ends it [MQTT-4.3.3-9], [MQTT-4.4.0-2].
  [2, 'PUBLISH PUBREC~', 'nothing', 'nothing'],
  [2, 'PUBLISH PUBREC -receiver', 'owes-pubrel', 'nothing'],
];

test.each(cases)('QoS %i: %s → sender %s, receiver %s', (qos, packets, sender, receiver) => {
  const hold = events(packets, qos).reduce(after, nothingHeld);
  expect(hold).toEqual({ sender, receiver });
  expect(isOver(hold)).toBe(sender === 'nothing' && receiver === 'nothing');
});

test.each([
  ['waits-pubrel', 4, 'MQTT-4.3.3-2'],
  ['waits-pubrel', 5, 'MQTT-4.3.3-10'],
  ['waits-puback', 5, 'MQTT-4.3.2-3'],
  ['waits-puback', 3, undefined],
  ['nothing', 5, undefined],
] as const)('%s in version %i: %s', (state, version, statement) => {
  expect(statementOf(state, version)).toBe(statement);
});
