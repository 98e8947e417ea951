import { describe, expect, test } from 'vitest';
import { encodePuback, encodePubcomp, encodePubrec, encodePubrel } from '../mqtt/encode.ts';
import { FrameCutter } from '../mqtt/frame-cutter.ts';
import { Gate } from './gate.ts';
import { connectedCases, firstCases } from '../testing/gate-cases.ts';
import { isViolation, parsePacket, type Violation } from '../mqtt/packet.ts';
import type { MqttVersion } from '../protocol/mqtt.ts';
import { refusalPacket } from './refusal-packet.ts';
import { ruleIds, ruleOf, type RuleId } from '../mqtt/rules/index.ts';

const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const CONNECT = {
  3: '100f 0006 4d5149736470 03 02 000a 0001 70',
  4: '100d 0004 4d515454 04 02 000a 0001 70',
  5: '100e 0004 4d515454 05 02 000a 00 0001 70',
};
const CONNACK = { 3: '2002 0000', 4: '2002 0000', 5: '2006 0000 03 22000a' };
const seen = new Set<RuleId>();

/** A gate whose client is connected; `connack` replaces the broker's answer. */
function connectedGate(
  version: MqttVersion,
  options: { connect?: string; connack?: string } = {},
): Gate {
  const gate = new Gate();
  expect(isViolation(gate.fromClient(hex(options.connect ?? CONNECT[version])))).toBe(false);
  gate.fromBroker(hex(options.connack ?? CONNACK[version]));
  expect(gate.connected).toBe(true);
  expect(gate.version).toBe(version);
  return gate;
}

function expectRefused(gate: Gate, bytes: string, rule: RuleId): Violation {
  const result = gate.fromClient(hex(bytes));
  if (!isViolation(result)) throw new Error(`${bytes} passed as ${result.kind}`);
  const { code, statements } = ruleOf(rule);
  expect(result).toEqual({
    rule,
    statement: statements[gate.version === 5 ? 1 : 0],
    reasonCode: code,
  });
  seen.add(rule);
  return result;
}

function expectPassed(gate: Gate, bytes: string): void {
  expect(gate.fromClient(hex(bytes))).not.toHaveProperty('rule');
  expect(gate.unsolicited).toBeNull();
}

describe('a connected client at 3.1.1: the line is closed in silence', () => {
  const cases = connectedCases.filter(([, , v4]) => v4 !== null);
  test.each(cases)('%s: %s', (rule, _, bytes) => {
    const gate = connectedGate(4);
    expect(gate.refusal(expectRefused(gate, bytes as string, rule))).toBeNull();
  });
});

describe('a connected client at 5.0: DISCONNECT with the code and the reason', () => {
  const cases = connectedCases.filter(([, , , v5]) => v5 !== null);
  test.each(cases)('%s: %s', (rule, _, __, bytes, code) => {
    const gate = connectedGate(5);
    const refused = expectRefused(gate, bytes as string, rule);
    const words = parsePacket(gate.refusal(refused) as Uint8Array, 5, 'to-client');
    expect(words).toMatchObject({
      kind: 'DISCONNECT',
      reasonCode: code,
      properties: { reasonString: expect.stringContaining(refused.statement) as string },
    });
  });
});

describe('a first packet', () => {
  test.each(firstCases)('%s: %s', (rule, _, v4, v5, code, connack, returnCode) => {
    expect(ruleOf(rule).code).toBe(code);
    if (v4 !== null) {
      const gate = new Gate();
      const words = gate.refusal(expectRefused(gate, v4, rule));
      expect(words).toEqual(
        returnCode === undefined ? null : Uint8Array.of(0x20, 2, 0, returnCode),
      );
    }
    if (v5 === null) return;
    const gate = new Gate();
    const words = gate.refusal(expectRefused(gate, v5, rule));
    expect(gate.version).toBe(5);
    if (connack === null) expect(words).toBeNull();
    else
      expect(parsePacket(words as Uint8Array, 5, 'to-client')).toMatchObject({
        reasonCode: connack,
      });
  });
});

describe('what 3.1 allows and 3.1.1 does not', () => {
  test('flags in CONNECT', () => {
    expectPassed(new Gate(), '140f 0006 4d5149736470 03 02 000a 0001 70');
  });
  test('DUP on SUBSCRIBE, UNSUBSCRIBE and PUBREL', () => {
    const gate = connectedGate(3);
    expectPassed(gate, '8a06 0001 0001 70 00');
    expectPassed(gate, 'aa05 0001 0001 70');
    expectPassed(gate, '3405 0001 70 0001');
    expectPassed(gate, '6a02 0001');
    expectRefused(connectedGate(4), '8a06 0001 0001 70 00', 'header-flags');
  });
  test('and what it does not allow: an empty client identifier', () => {
    const gate = new Gate();
    const refused = expectRefused(
      gate,
      '100e 0006 4d5149736470 03 02 000a 0000',
      'client-id-empty',
    );
    expect(gate.refusal(refused)).toEqual(hex('2002 0002'));
  });
});

describe('what 5.0 allows and 3.1.1 does not', () => {
  test('an empty client identifier without clean start', () => {
    expectPassed(new Gate(), '100d 0004 4d515454 05 00 000a 00 0000');
  });
  test('a password without a user name', () => {
    expectPassed(new Gate(), '1011 0004 4d515454 05 42 000a 00 0001 70 0001 70');
  });
  test('an empty topic once its alias is set', () => {
    const gate = connectedGate(5);
    expectPassed(gate, '3006 0001 70 03 230001'.replace('3006', '3007'));
    const packet = gate.fromClient(hex('3006 0000 03 230001'));
    expect(packet).toMatchObject({ kind: 'PUBLISH', topic: '' });
    if (!isViolation(packet) && packet.kind === 'PUBLISH') expect(gate.topicOf(packet)).toBe('p');
  });
});

describe('acknowledgements of the client', () => {
  // PUBLISH from the broker with identifier 7 at QoS 1 and 2
  const QOS1 = { 3: '3205 0001 70 0007', 4: '3205 0001 70 0007', 5: '3206 0001 70 0007 00' };
  const QOS2 = { 3: '3405 0001 70 0007', 4: '3405 0001 70 0007', 5: '3406 0001 70 0007 00' };

  describe.each([3, 4, 5] as const)('version %i', (version) => {
    test('the exchanges of section 4.3 pass', () => {
      const gate = connectedGate(version);
      gate.fromBroker(hex(QOS1[version]));
      expectPassed(gate, '4002 0007');
      gate.fromBroker(hex(QOS2[version]));
      expectPassed(gate, '5002 0007');
      gate.fromBroker(encodePubrel(version, 7));
      expectPassed(gate, '5002 0007'); // crossed with the PUBREL
      expectPassed(gate, '7002 0007');
    });
    test.each([
      ['PUBREC for QoS 1', QOS1, '5002 0007'],
      ['PUBCOMP for QoS 1', QOS1, '7002 0007'],
      ['PUBACK for QoS 2', QOS2, '4002 0007'],
      ['PUBCOMP before PUBREC', QOS2, '7002 0007'],
    ])('%s is refused', (_, publish, answer) => {
      const gate = connectedGate(version);
      gate.fromBroker(hex(publish[version]));
      expectRefused(gate, answer, 'acknowledgement-wrong');
    });
    test('PUBACK after PUBREL is refused', () => {
      const gate = connectedGate(version);
      gate.fromBroker(hex(QOS2[version]));
      gate.fromClient(hex('5002 0007'));
      gate.fromBroker(encodePubrel(version, 7));
      expectRefused(gate, '4002 0007', 'acknowledgement-wrong');
    });
    test.each([
      ['PUBACK', '4002 0009', null],
      ['PUBREC', '5002 0009', encodePubrel(version, 9, 0x92)],
      ['PUBREL', '6202 0009', encodePubcomp(version, 9, 0x92)],
      ['PUBCOMP', '7002 0009', null],
    ])('%s of nothing is answered, not punished', (_, bytes, answer) => {
      const gate = connectedGate(version);
      expect(isViolation(gate.fromClient(hex(bytes)))).toBe(false);
      expect(gate.unsolicited?.answer).toEqual(answer);
      expect(gate.unsolicited?.violation.rule).toBe('acknowledgement-unknown');
      seen.add('acknowledgement-unknown');
      expectPassed(gate, 'c000');
    });
    test('in a session from before, identifiers from before it pass', () => {
      const connack = version === 5 ? '2003 0100 00' : '2002 0100';
      for (const bytes of ['4002 0009', '5002 0009', '6202 0009', '7002 0009']) {
        expectPassed(connectedGate(version, { connack }), bytes);
      }
    });
    test('before CONNACK the version is unknown', () => {
      const gate = new Gate();
      expectPassed(gate, CONNECT[version]);
      expectPassed(gate, '6202 0009');
    });
  });
});

describe('the receive maximum of a 5.0 broker', () => {
  const connack = '2006 0000 03 210002';
  const publish = (id: number, qos: 1 | 2): string =>
    `3${qos * 2}06 0001 70 ${id.toString(16).padStart(4, '0')} 00`;
  test('one more than allowed is refused', () => {
    const gate = connectedGate(5, { connack });
    expectPassed(gate, publish(1, 1));
    expectPassed(gate, publish(2, 2));
    expectRefused(gate, publish(3, 1), 'receive-maximum');
  });
  test.each([
    ['PUBACK', encodePuback(5, 1), true],
    ['PUBCOMP', encodePubcomp(5, 1), true],
    ['PUBREC with an error', encodePubrec(5, 1, 0x97), true],
    ['PUBREC', encodePubrec(5, 1), false],
  ])('%s', (_, answer, frees) => {
    const gate = connectedGate(5, { connack });
    expectPassed(gate, publish(1, 2));
    expectPassed(gate, publish(2, 2));
    gate.fromBroker(answer);
    if (frees) expectPassed(gate, publish(3, 1));
    else expectRefused(gate, publish(3, 1), 'receive-maximum');
  });
  test('a redelivery is not one more', () => {
    const gate = connectedGate(5, { connack });
    for (let i = 0; i < 5; i++) expectPassed(gate, publish(1, 1));
  });
  test('3.1.1 has none', () => {
    const gate = connectedGate(4);
    for (let id = 1; id <= 0xffff; id++) {
      expectPassed(gate, `3205 0001 70 ${id.toString(16).padStart(4, '0')}`);
    }
  });
});

describe('what the broker does not offer', () => {
  test.each([
    ['qos-not-supported', '3406 0001 70 0001 00', '2005 0000 02 2401'],
    ['retain-not-supported', '3104 0001 70 00', '2005 0000 02 2500'],
  ] as const)('%s, said in a 5.0 CONNACK', (rule, bytes, connack) => {
    expectRefused(connectedGate(5, { connack }), bytes, rule);
  });
});

test.each([4, 5] as const)('nothing may follow DISCONNECT, version %i', (version) => {
  const gate = connectedGate(version);
  expectPassed(gate, 'e000');
  expectRefused(gate, 'c000', 'after-disconnect');
});

test('a session that has an expiry may be given another at DISCONNECT', () => {
  const connect = '1013 0004 4d515454 05 02 000a 05 1100000005 0001 70';
  expectPassed(connectedGate(5, { connect }), 'e007 00 05 1100000001');
});

describe('last words', () => {
  test('a 5.0 client before its CONNACK gets CONNACK, not DISCONNECT', () => {
    const gate = new Gate();
    expectPassed(gate, CONNECT[5]);
    const words = gate.refusal(expectRefused(gate, CONNECT[5], 'second-connect'));
    expect(parsePacket(words as Uint8Array, 5, 'to-client')).toMatchObject({
      kind: 'CONNACK',
      reasonCode: 0x82,
    });
  });
  test('a code that CONNACK does not have becomes a protocol error', () => {
    const words = refusalPacket(
      { rule: 'receive-maximum', statement: '', reasonCode: 0x93 },
      5,
      false,
    );
    expect(parsePacket(words as Uint8Array, 5, 'to-client')).toMatchObject({ reasonCode: 0x82 });
  });
  test('a client that takes only small packets gets no reason string', () => {
    const connect = '1013 0004 4d515454 05 02 000a 05 2700000014 0001 70';
    const gate = connectedGate(5, { connect });
    expect(gate.refusal(expectRefused(gate, 'c100', 'header-flags'))).toEqual(hex('e00181'));
  });
});

test('every rule has a case', () => {
  // Judged before there is a frame: frame-cutter.test.ts, limits.test.ts. From a broker only: packet.test.ts.
  for (const rule of [
    'packet-too-large',
    'remaining-length',
    'websocket-text-frame',
    'connack-flags',
  ] as const) {
    seen.add(rule);
  }
  expect(ruleIds.filter((rule) => !seen.has(rule))).toEqual([]);
});

test('each case is one whole frame', () => {
  for (const [, what, v4, v5] of [...connectedCases, ...firstCases]) {
    for (const bytes of [v4, v5]) {
      if (bytes === null || bytes.startsWith('00')) continue;
      const cut = new FrameCutter().push(hex(bytes));
      expect(
        cut.frames.map((frame) => frame.length),
        what,
      ).toEqual([hex(bytes).length]);
    }
  }
});
