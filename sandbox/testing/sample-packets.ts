/* eslint-disable max-lines -- one table: a packet a row */
/**
 * For tests: random packets of every kind and version, each as mqtt-packet writes it and as ours
 * must read it. The same seed gives the same packets.
 */
import type { Packet as TheirPacket } from 'mqtt-packet';
import type { Direction, MqttVersion, Packet, Properties, QoS } from '../protocol/mqtt.ts';
import { propertyShapes, type PropertyPlace } from '../mqtt/properties.ts';
import { reasonCodesOf } from '../mqtt/reason-codes.ts';

export interface Sample {
  version: MqttVersion;
  direction: Direction;
  theirs: TheirPacket;
  /** Without `length`, which only the bytes tell. */
  ours: Omit<Packet, 'length'>;
}

/** Numbers 0 ≤ n < 1 (mulberry32): good enough for cases, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TEXTS = [
  'a',
  'home/kitchen/light',
  '客廳/溫度',
  'é',
  '𪛔',
  '\ufeffbom',
  ' ',
  '/',
  'x'.repeat(200),
];

export class PacketMaker {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
  maybe(): boolean {
    return this.#random() < 0.5;
  }
  text(): string {
    return this.pick(TEXTS);
  }
  bytes(limit = 40): Uint8Array {
    return Uint8Array.from({ length: this.below(limit) }, () => this.below(256));
  }
  id(): number {
    return 1 + this.below(65_535);
  }
  qos(): QoS {
    return this.below(3) as QoS;
  }

  /** Some of the properties that may stand in a place, with values that may stand there too. */
  properties(place: PropertyPlace): Properties | undefined {
    const properties: Record<string, unknown> = {};
    for (const { name, type, places, fault } of propertyShapes.values()) {
      if (!places.includes(place) || this.maybe()) continue;
      if (name === 'authenticationData' && !('authenticationMethod' in properties)) continue;
      // Aliases need a history; the gate's own test has them.
      if (name === 'subscriptionIdentifier' && place === 'PUBLISH') continue;
      properties[name] = this.#value(type, fault !== undefined);
    }
    return Object.keys(properties).length === 0 ? undefined : properties;
  }

  #value(type: string, bounded: boolean): unknown {
    switch (type) {
      case 'byte':
        return this.below(2);
      case 'uint16':
        return bounded ? 1 + this.below(65_535) : this.below(65_536);
      case 'uint32':
        return this.pick([1, 255, 65_536, 2 ** 31, 2 ** 32 - 1]);
      case 'varint':
        return [this.pick([1, 127, 128, 16_383, 16_384, 2_097_152, 268_435_455])];
      case 'text':
        return this.text();
      case 'binary':
        return this.bytes();
      default:
        return [
          ['one', this.text()],
          ['two', this.text()],
          ['two', 'again'],
        ];
    }
  }
}

/** Ours to mqtt-packet's: flags as booleans, user properties by name, one identifier as a number. */
function theirProperties(properties: Properties | undefined): Record<string, unknown> {
  if (properties === undefined) return {};
  const flags = new Set([
    'payloadFormatIndicator',
    'requestProblemInformation',
    'requestResponseInformation',
    'retainAvailable',
    'wildcardSubscriptionAvailable',
    'subscriptionIdentifiersAvailable',
    'sharedSubscriptionAvailable',
  ]);
  const theirs: Record<string, unknown> = {};
  for (const [ours, value] of Object.entries(properties) as [string, unknown][]) {
    // mqtt-packet says Identifiers where the specification says Identifier
    const name =
      ours === 'subscriptionIdentifierAvailable' ? 'subscriptionIdentifiersAvailable' : ours;
    if (flags.has(name)) theirs[name] = value === 1;
    else if (name === 'userProperties') {
      theirs[name] = Object.fromEntries(
        Map.groupBy(value as [string, string][], ([key]) => key)
          .entries()
          .map(([key, pairs]) => [key, pairs.map(([, text]) => text)]),
      );
    } else if (name === 'subscriptionIdentifier') theirs[name] = (value as number[])[0];
    else if (value instanceof Uint8Array) theirs[name] = Buffer.from(value);
    else theirs[name] = value;
  }
  return { properties: theirs };
}

const ACKNOWLEDGEMENTS = ['PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'] as const;

/** One random packet of each kind that the version has, both directions. */
export function samplesOf(maker: PacketMaker, version: MqttVersion): Sample[] {
  const five = version === 5;
  const props = (place: PropertyPlace): Properties | undefined =>
    five ? maker.properties(place) : undefined;
  const both = (properties: Properties | undefined) => ({
    ours: properties === undefined ? {} : { properties },
    theirs: theirProperties(properties),
  });
  const samples: Sample[] = [];
  const add = (direction: Direction, ours: object, theirs: object): void => {
    samples.push({
      version,
      direction,
      ours: { version, ...ours } as Sample['ours'],
      theirs: theirs as TheirPacket,
    });
  };

  add('to-broker', ...connect(maker, version, both(props('CONNECT')), props('WILL')));

  const reasonCode = maker.pick(reasonCodesOf('CONNACK', version));
  const sessionPresent = reasonCode === 0 && maker.maybe();
  const connack = both(props('CONNACK'));
  add(
    'to-client',
    { kind: 'CONNACK', sessionPresent, reasonCode, ...connack.ours },
    { cmd: 'connack', sessionPresent, returnCode: reasonCode, reasonCode, ...connack.theirs },
  );

  for (const direction of ['to-broker', 'to-client'] as const) {
    const qos = maker.qos();
    const properties = props('PUBLISH');
    const payload = maker.bytes(300);
    if (properties?.payloadFormatIndicator === 1) properties.payloadFormatIndicator = 0;
    const publish = both(properties);
    const packetId = maker.id();
    const head = { topic: maker.text(), qos, dup: qos > 0 && maker.maybe(), retain: maker.maybe() };
    add(
      direction,
      { kind: 'PUBLISH', ...head, payload, ...(qos > 0 && { packetId }), ...publish.ours },
      {
        cmd: 'publish',
        ...head,
        payload: Buffer.from(payload),
        messageId: packetId,
        ...publish.theirs,
      },
    );
    for (const kind of ACKNOWLEDGEMENTS) {
      const code = five ? maker.pick(reasonCodesOf(kind, 5)) : 0;
      const answer = both(props(kind));
      add(
        direction,
        { kind, packetId, reasonCode: code, ...answer.ours },
        { cmd: kind.toLowerCase(), messageId: packetId, reasonCode: code, ...answer.theirs },
      );
    }
  }
  addSubscriptions(maker, version, add, (place) => both(props(place)));
  add('to-broker', { kind: 'PINGREQ' }, { cmd: 'pingreq' });
  add('to-client', { kind: 'PINGRESP' }, { cmd: 'pingresp' });
  for (const kind of five ? (['DISCONNECT', 'AUTH'] as const) : (['DISCONNECT'] as const)) {
    const code = five ? maker.pick(reasonCodesOf(kind, 5)) : 0;
    const end = both(props(kind));
    add(
      'to-broker',
      { kind, reasonCode: code, ...end.ours },
      { cmd: kind.toLowerCase(), reasonCode: code, ...end.theirs },
    );
  }
  return samples;
}

interface Both {
  ours: object;
  theirs: object;
}

function connect(
  maker: PacketMaker,
  version: MqttVersion,
  properties: Both,
  willProperties: Properties | undefined,
): [ours: object, theirs: object] {
  const protocolName = version === 3 ? 'MQIsdp' : 'MQTT';
  const head = { clientId: maker.text(), clean: maker.maybe() };
  const keepAlive = maker.below(65_536);
  const userName = maker.maybe() ? maker.text() : undefined;
  const password = userName !== undefined && maker.maybe() ? maker.bytes() : undefined;
  const will = maker.maybe()
    ? { topic: maker.text(), payload: maker.bytes(), qos: maker.qos(), retain: maker.maybe() }
    : undefined;
  return [
    {
      kind: 'CONNECT',
      protocolName,
      ...head,
      keepAlive,
      ...properties.ours,
      ...(userName !== undefined && { userName }),
      ...(password && { password }),
      ...(will && { will: { ...will, ...(willProperties && { properties: willProperties }) } }),
    },
    {
      cmd: 'connect',
      protocolId: protocolName,
      protocolVersion: version,
      ...head,
      keepalive: keepAlive,
      ...properties.theirs,
      ...(userName !== undefined && { username: userName }),
      ...(password && { password: Buffer.from(password) }),
      ...(will && {
        will: { ...will, payload: Buffer.from(will.payload), ...theirProperties(willProperties) },
      }),
    },
  ];
}

function addSubscriptions(
  maker: PacketMaker,
  version: MqttVersion,
  add: (direction: Direction, ours: object, theirs: object) => void,
  propertiesOf: (place: PropertyPlace) => Both,
): void {
  const packetId = maker.id();
  const filters = Array.from({ length: 1 + maker.below(4) }, () =>
    maker.pick(['#', '+', 'a/+/b', 'home/#', '/', '$SYS/#', '$share/g/a/+', maker.text()]),
  );
  const options = filters.map((filter) => ({
    filter,
    qos: maker.qos(),
    noLocal: !filter.startsWith('$share') && maker.maybe(),
    retainAsPublished: maker.maybe(),
    retainHandling: maker.below(3),
  }));
  const subscribe = propertiesOf('SUBSCRIBE');
  add(
    'to-broker',
    {
      kind: 'SUBSCRIBE',
      packetId,
      ...subscribe.ours,
      subscriptions: version === 5 ? options : options.map(({ filter, qos }) => ({ filter, qos })),
    },
    {
      cmd: 'subscribe',
      messageId: packetId,
      ...subscribe.theirs,
      subscriptions: options.map(({ filter, qos, noLocal, retainAsPublished, retainHandling }) => ({
        topic: filter,
        qos,
        nl: noLocal,
        rap: retainAsPublished,
        rh: retainHandling,
      })),
    },
  );
  const granted = filters.map(() => maker.pick(reasonCodesOf('SUBACK', version)));
  const suback = propertiesOf('SUBACK');
  add(
    'to-client',
    { kind: 'SUBACK', packetId, reasonCodes: granted, ...suback.ours },
    { cmd: 'suback', messageId: packetId, granted, ...suback.theirs },
  );
  const unsubscribe = propertiesOf('UNSUBSCRIBE');
  add(
    'to-broker',
    { kind: 'UNSUBSCRIBE', packetId, filters, ...unsubscribe.ours },
    { cmd: 'unsubscribe', messageId: packetId, unsubscriptions: filters, ...unsubscribe.theirs },
  );
  const codes = version === 5 ? filters.map(() => maker.pick(reasonCodesOf('UNSUBACK', 5))) : [];
  const unsuback = propertiesOf('UNSUBACK');
  add(
    'to-client',
    { kind: 'UNSUBACK', packetId, reasonCodes: codes, ...unsuback.ours },
    { cmd: 'unsuback', messageId: packetId, granted: codes, ...unsuback.theirs },
  );
}
