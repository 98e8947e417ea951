/**
 * Every difference that the comparison finds, and no other: the test fails when one appears, and
 * when one is gone. `docs/mosquitto-differences.md` gives each its reason, under its id.
 */
export interface Difference {
  id: string;
  /** By the case's name: the lines, `-` Mosquitto's, `+` the sandbox's. */
  seen: Readonly<Record<string, readonly string[]>>;
}

const long = (count: number) => 'x'.repeat(count);

export const differences: readonly Difference[] = [
  {
    id: 'refusals-tell-no-limits',
    seen: {
      'Windows line ends': [
        '- wrong5 connects (user:alice,password:no,version:5): connack 135 maximumQoS 1',
        '- nameless5 connects (version:5): connack 135 maximumQoS 1',
        '+ wrong5 connects (user:alice,password:no,version:5): connack 135',
        '+ nameless5 connects (version:5): connack 135',
      ],
    },
  },
  {
    id: 'empty-client-id-refused-by-name',
    seen: {
      'client ids must be given': [
        '- b connects (version:5): connack 128',
        '+ b connects (version:5): connack 133',
      ],
    },
  },
  {
    id: 'no-subscriber-that-may-read',
    seen: {
      'write only': [
        '- pub5 publishes a/b=one q1: puback 0',
        '- pub5 publishes a/b=two q2: pubrec 0, pubcomp',
        '+ pub5 publishes a/b=one q1: puback 16',
        '+ pub5 publishes a/b=two q2: pubrec 16, pubcomp',
      ],
    },
  },
  {
    id: 'a-will-that-cannot-be-is-answered',
    seen: {
      'QoS 1 at most': [
        '- will2 connects (will:topic:w,payload:w,qos:2): closed',
        '- will25 connects (version:5,will:topic:w,payload:w,qos:2): connack 155 maximumQoS 1',
        '+ will2 connects (will:topic:w,payload:w,qos:2): connack 5',
        '+ will25 connects (version:5,will:topic:w,payload:w,qos:2): connack 155',
      ],
      'nothing is retained': [
        '- will connects (will:topic:w,payload:w,retain:true): closed',
        '+ will connects (will:topic:w,payload:w,retain:true): connack 5',
      ],
    },
  },
  {
    id: 'message-size-limit',
    seen: {
      'small payloads': [
        `+   c gets x=${long(11)} q1 r0`,
        '- b publishes x=xxxxxxxxxxx q1: closed',
        `+   c gets x=${long(11)} q0 r0`,
        '+ b publishes x=xxxxxxxxxxx q1: puback 0',
        `+   c gets x=${long(11)} q1 r0`,
      ],
    },
  },
  {
    id: 'packet-size-counts-every-byte',
    seen: {
      'small packets': [
        '- a publishes x=96 bytes q0: alive',
        `-   c gets x=${long(96)} q0 r0`,
        '+ a publishes x=96 bytes q0: closed',
      ],
      'packets of some size': [
        '- a publishes x=996 bytes q0: alive',
        '+ a publishes x=996 bytes q0: closed',
      ],
    },
  },
  {
    id: 'long-keep-alive-of-old-clients',
    seen: {
      'short keep alives': [
        '- a connects (keepAlive:60): connack 0',
        '+ a connects (keepAlive:60): connack 2',
      ],
    },
  },
  {
    id: 'no-keep-alive-stays-none',
    seen: {
      'no keep alive at all': [
        '- b connects (keepAlive:0,version:5): connack 0 serverKeepAlive 65535 receiveMaximum 20',
        '+ b connects (keepAlive:0,version:5): connack 0 receiveMaximum 20',
      ],
    },
  },
  {
    id: 'any-number-in-flight-is-said',
    seen: {
      'any number in flight': [
        '- pub5 connects (version:5): connack 0',
        '+ pub5 connects (version:5): connack 0 receiveMaximum 65535',
      ],
    },
  },
];

/** Options that say something else at the start: Mosquitto's own machine speaks, or its log. */
export const optionDifferences: Readonly<Record<string, string>> = {
  log_timestamp_format: 'log-form',
  memory_limit: 'no-machine',
  pid_file: 'no-machine',
};
