/**
 * What differs between the versions of Mosquitto's clients: a row for each behaviour and message,
 * with the version that brought it (client/*.c, lib/, libcommon/ of each). Options have theirs in
 * options.ts.
 */
import { inVersion, type Since } from '../../../../sandbox/mosquitto/conf/changes.ts';
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';

/** `mosquitto_strerror` and the like end with a full stop. */
const withoutStop = (text: string): string => text.replace(/\.$/, '');

const table = {
  /** The library's own version, which 2.1.2 does not name right. */
  library: { '2.0.11': '2.0.11', '2.0.21': '2.0.21', '2.1.2': '2.1.0' } as Since<string>,
  /** The words of libmosquitto for errors and return codes. */
  spell: { '2.0.11': (text) => text, '2.1.2': withoutStop } as Since<(text: string) => string>,
  /** `-d` without a client identifier. */
  nameless: { '2.0.11': '(null)', '2.0.21': 'null' } as Since<string>,
  /** The same where it tells of CONNACK. */
  namelessConnack: { '2.0.11': '(null)', '2.0.21': 'null', '2.1.2': '(null)' } as Since<string>,
  /** What ends mosquitto_pub is a broker's acknowledgement: its own DISCONNECT stays unsent. */
  endsUnsaid: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  /** An empty topic is refused before the client connects. */
  topicsHaveLength: { '2.0.11': false, '2.0.21': true } as Since<boolean>,
  /** Between the time and its zone, in `-F %j`. */
  zoneMark: { '2.0.11': 'Z', '2.0.21': '' } as Since<string>,
  /** How the cJSON of that Debian prints minus zero. */
  minusZero: { '2.0.11': '-0', '2.0.21': '0' } as Since<string>,
  /** `retain` in `-F %j` is true or false. */
  retainIsBoolean: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  /** `%8x`: 2.0 counts the width in bytes, 2.1 in digits. */
  hexWidthIsDigits: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  noFile: {
    '2.0.11': (name) => `Error: Unable to open file "${name}".`,
    '2.1.2': (name) => `Error: Unable to read file "${name}": No such file or directory.`,
  } as Since<(name: string) => string>,
  /** 2.1 has closed its socket by then, and that is the last error of the system. */
  systemError: {
    '2.0.11': (words) => words,
    '2.1.2': () => 'Bad file descriptor',
  } as Since<(words: string) => string>,
  unsupportedUrl: {
    '2.0.11': 'Error: unsupported URL scheme.\n\n',
    '2.1.2': 'Error: Unsupported URL scheme.\n\n',
  } as Since<string>,
  urlSchemes: {
    '2.0.11': /^mqtts?:\/\//i,
    '2.1.2': /^(?:mqtt|ws)s?:\/\//i,
  } as Since<RegExp>,
  unknownProperty: {
    '2.0.11': () => 'Error: Invalid property name given in --property argument.\n\n',
    '2.1.2': (name) => `Error: Invalid property name ${name} given in --property argument.\n\n`,
  } as Since<(name: string) => string>,
  unknownCommand: {
    '2.0.11': () => 'Error: Invalid command given in --property argument.\n\n',
    '2.1.2': (name) => `Error: Invalid command ${name} given in --property argument.\n\n`,
  } as Since<(name: string) => string>,
  noTopic: {
    '2.0.11': 'Error: You must specify a topic to subscribe to.\n',
    '2.1.2': 'Error: You must specify a topic to subscribe to (-t) or unsubscribe from (-U).\n',
  } as Since<string>,
  /** `-U` alone is enough for mosquitto_sub. */
  unsubscribesAlone: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  /** `-x` is about MQTT 5.0, and turns it on. */
  expiryIsFive: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  /** `-l` ends well if its line is lost once all is read. */
  givesUpLines: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  rrNeedsFive: {
    '2.0.11': '. mosquitto_rr only supports connecting to an MQTT v5 broker',
    '2.1.2': '. Try connecting to an MQTT v5 broker, or use MQTT v3.x mode.',
  } as Since<string>,
  // ── mosquitto_passwd ──
  /** Values of `mosquitto_passwd -H`. */
  passwordTypes: {
    '2.0.11': { sha512: 6, 'sha512-pbkdf2': 7 },
    '2.1.2': { sha512: 6, 'sha512-pbkdf2': 7, argon2id: 'argon2id' },
  } as Since<Readonly<Record<string, 6 | 7 | 'argon2id'>>>,
  /** What mosquitto_passwd says that it does; `-` is then standard output. */
  passwdSays: {
    '2.0.11': undefined,
    '2.1.2': { adding: 'Adding', updating: 'Updating', keepsFiles: true },
  } as Since<{ adding: string; updating: string; keepsFiles: boolean } | undefined>,
  /** The mode of a file that it makes. */
  passwdBits: { '2.0.11': 0o644, '2.0.21': 0o600 } as Since<number>,
  /** Where it puts a copy of the file that it is about to change. */
  passwdBackup: {
    '2.0.11': (path) => `${path}.tmp`,
    '2.0.21': (path) => `${path}.backup.${Math.random().toString(36).slice(2, 8)}`,
  } as Since<(path: string) => string>,
} as const;

type Table = typeof table;
export type ClientFacts = {
  readonly [K in keyof Table]: Table[K] extends Since<infer T> ? T : never;
} & { readonly version: MosquittoVersion };

export function clientFactsOf(version: MosquittoVersion): ClientFacts {
  const rows = Object.entries(table as Record<string, Since<unknown>>);
  const values = rows.map(([key, since]) => [key, inVersion(since, version)]);
  return { version, ...Object.fromEntries(values) } as ClientFacts;
}
