import type { MosquittoVersion } from '../../protocol/mosquitto.ts';

/**
 * Every difference that the comparison finds, and no other: the test fails when one appears, and
 * when one is gone. `docs/mosquitto-differences.md` gives each its reason, under its id.
 */
export interface Difference {
  id: string;
  /** By the case's name: the lines, `-` Mosquitto's, `+` the sandbox's. */
  seen: Seen;
  /** Instead of these, in a version. */
  in?: Partial<Record<MosquittoVersion, Seen>>;
}
type Seen = Readonly<Record<string, readonly string[]>>;

export const seenIn = ({ seen, in: special }: Difference, version: MosquittoVersion): Seen => ({
  ...seen,
  ...special?.[version],
});

const refused = ['wrong', 'nameless5'].flatMap((who) => [
  '- Client <unknown> disconnected, not authorised.',
  `+ Client ${who} disconnected, not authorised.`,
]);
const denied = "Denied PUBLISH from taken (d0, q1, r0, m1, '$SYS/mine', ... (6 bytes))";
/** Newer ones name the client, too. */
const named = { 'log: log_type notice': [], 'log: log_type error, log_type notice': [] };
const deniedOnly = {
  'log: log_dest stderr': [`+ ${denied}`],
  'log: connection_messages true': [`+ ${denied}`],
};

const long = (count: number) => 'x'.repeat(count);

export const knownDifferences: readonly Difference[] = [
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
    id: 'a-will-that-cannot-be-is-answered',
    seen: {
      'QoS 1 at most': [
        '- will2 connects (will:topic:w,payload:w,qos:2): closed',
        '+ will2 connects (will:topic:w,payload:w,qos:2): connack 5',
      ],
      'nothing is retained': [
        '- will connects (will:topic:w,payload:w,retain:true): closed',
        '+ will connects (will:topic:w,payload:w,retain:true): connack 5',
      ],
    },
  },
  {
    id: 'too-large-payload-is-told',
    seen: {
      'small payloads': [
        '- b publishes x=xxxxxxxxxxx q1: closed',
        '+ b publishes x=xxxxxxxxxxx q1: disconnect 149',
      ],
      'log: message_size_limit 3, connection_messages false': [
        '- five publishes x=too large q1: closed',
        '+ five publishes x=too large q1: disconnect 149',
        "+ Dropped too large PUBLISH from four (d0, q1, r0, m1, 'x', ... (9 bytes))",
        "+ Dropped too large PUBLISH from five (d0, q1, r0, m1, 'x', ... (9 bytes))",
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
    id: 'room-packet-limit',
    seen: {
      'the limits that 5.0 clients are told': [
        '- a connects (version:5): connack 0 receiveMaximum 20',
        '+ a connects (version:5): connack 0 maximumPacketSize 65536 receiveMaximum 20',
      ],
    },
  },
  {
    id: 'control-topics-do-not-answer',
    seen: {},
    in: {
      '2.1.2': {
        'topics that begin with $': [
          '-   a gets $CONTROL/x/response={"error": "endpoint not available"} q0 r0',
        ],
      },
    },
  },
  {
    id: 'refused-client-is-named',
    seen: {
      'log: log_type notice': refused,
      'log: log_type error, log_type notice': refused,
    },
    in: { '2.0.21': named, '2.1.2': named },
  },
  {
    id: 'denied-publish-is-logged',
    seen: {
      'log: log_dest stderr': [...refused, `+ ${denied}`],
      'log: connection_messages true': [...refused, `+ ${denied}`],
      'log: connection_messages false': [`+ ${denied}`],
      'log: log_type information': [`+ ${denied}`],
      'log: log_type debug': [`- ${denied}`],
    },
    in: { '2.0.21': deniedOnly, '2.1.2': deniedOnly },
  },
];

/** Options that say something else at the start: Mosquitto's own machine speaks, or its log. */
export const optionDifferences: Readonly<Record<string, string>> = {
  log_timestamp_format: 'log-form',
  memory_limit: 'no-machine',
};
