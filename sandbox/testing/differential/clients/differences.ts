import type { MosquittoVersion } from '../../../protocol/mosquitto.ts';

/** Every difference between our clients and Debian's, and no other; `docs/mosquitto-differences.md` says why. */
export interface ClientDifference {
  id: string;
  /** By the command line: `-` the real program's, `+` ours. */
  seen: Seen;
  /** Instead of these, in a version. */
  in?: Partial<Record<MosquittoVersion, Seen>>;
}
type Seen = Readonly<Record<string, readonly string[]>>;

export const clientsSeenIn = (
  { seen, in: special }: ClientDifference,
  version: MosquittoVersion,
): Seen => ({ ...seen, ...special?.[version] });

const argon2 = 'mosquitto_passwd -H argon2id -c -b pw al secret && cat pw | cut -c 1-12';
const answered = 'mosquitto_rr -t ask -e answer -m question';
const asked = (version: number, more = '') =>
  `+ to-broker {"kind":"PUBLISH","version":${version},"topic":"ask","payload":"question","qos":0,"dup":false,"retain":false${more}}`;

export const clientDifferences: readonly ClientDifference[] = [
  {
    id: 'argon2id-is-there',
    seen: {},
    in: {
      '2.1.2': {
        [argon2]: [
          '- status 10',
          '+ status 0',
          '+ out al:$argon2id',
          '- err Error: Unable to hash password.',
          '- err ',
        ],
      },
    },
  },
  {
    id: 'a-request-is-sent-before-an-answer',
    seen: {},
    in: {
      '2.1.2': {
        [answered]: [asked(5, ',"properties":{"responseTopic":"answer"}')],
        [`${answered} -V 311 -v`]: [asked(4)],
      },
    },
  },
  {
    id: 'a-refused-client-does-not-say-that-it-goes',
    seen: {},
    in: {
      '2.1.2': {
        'mosquitto_sub -t a/b -u alice -P wrong -V 5 -d': ['- out Client null sending DISCONNECT'],
      },
    },
  },
  {
    id: 'properties-are-checked-at-once',
    seen: {},
    in: {
      '2.1.2': {
        'mosquitto_pub -t a -m hi -D publish topic-alias 0': [
          '- status 7',
          '- err Error: Protocol error when communicating with broker.',
          '- err Error: The connection was lost',
          '+ status 1',
          '+ err Error in PUBLISH properties: A network protocol error occurred when communicating with the broker.',
          '- to-broker {"kind":"CONNECT","version":5,"protocolName":"MQTT","clientId":"","clean":true,"keepAlive":60,"properties":{"receiveMaximum":20}}',
          '- to-broker {"kind":"DISCONNECT","version":5,"reasonCode":0}',
          '- to-client {"kind":"CONNACK","version":5,"sessionPresent":false,"reasonCode":0,"properties":{"assignedClientIdentifier":"<given>","maximumPacketSize":65536,"receiveMaximum":20,"topicAliasMaximum":10}}',
          "+ err Use 'mosquitto_pub --help' to see usage.",
          '+ err ',
        ],
      },
    },
  },
];
