/**
 * Rows of the table of changes: passwords, the start, and what a running broker does. Sources:
 * src/mosquitto.c, src/net.c, src/loop.c, src/handle_connect.c, plugins/ of each version.
 */
import type { LogWords } from '../../engine/broker.ts';
import type { Held } from '../../protocol/process.ts';
import type { LogLine } from './problem.ts';
import type { Since } from './since.ts';

/** src/loop.c and src/handle_connect.c of 2.1. */
const recentLogWords: LogWords = {
  connected({ clientId, line, version, clean, keepAlive, userName, bridge }) {
    const user = userName === undefined ? '' : `, u'${userName}'`;
    return (
      `New ${bridge ? 'bridge' : 'client'} connected from line ${line} as ${clientId} ` +
      `(p${version}, c${clean ? 1 : 0}, k${keepAlive}${user}).`
    );
  },
  ended(how, clientId, line) {
    const causes = {
      refused: ': not authorised',
      timeout: ': exceeded timeout',
      disconnected: '',
      lost: ': connection closed by client',
      'taken over': ': session taken over',
    };
    return {
      level: 'notice',
      text: `Client ${clientId} [line ${line}] disconnected${causes[how]}.`,
    };
  },
};

interface PasswordFaults {
  noUser(path: string): string;
  twice(user: string, path: string): string;
  invalid(path: string, line: string): string;
  undecoded(path: string): string;
}

export const runChanges = {
  // ── Passwords ──
  /** `iterations`: of PBKDF2; `dollar`: a hash begins with `$` and its type. */
  passwordHash: {
    '2.0.11': { saltLength: 12, iterations: 101, longSalts: false, argon2id: false, dollar: false },
    '2.1.2': { saltLength: 64, iterations: 1000, longSalts: true, argon2id: true, dollar: true },
  } as Since<{
    saltLength: number;
    iterations: number;
    longSalts: boolean;
    argon2id: boolean;
    dollar: boolean;
  }>,
  /** With such a line the broker does not start; before, the line is left out. */
  passwordFaults: {
    '2.0.11': undefined,
    '2.1.2': {
      noUser: (path) => `password-file: Error: Empty username in password file '${path}'.`,
      twice: (user, path) =>
        `password-file: Error: Duplicate user '${user}' in password file '${path}'.`,
      invalid: (path, line) =>
        `password-file: Error: Invalid line in password file '${path}': ${line}`,
      undecoded: (path) =>
        `password-file: Error: Unable to decode line in password file '${path}'.`,
    },
  } as Since<PasswordFaults | undefined>,
  noPasswordFile: {
    '2.0.11': (path) => [
      `Error: Unable to open pwfile "${path}".`,
      `Error opening password file "${path}".`,
    ],
    '2.1.2': (path) => [`password-file: Error: Unable to open pwfile "${path}".`],
  } as Since<(path: string) => string[]>,
  /** What follows each remark on the owner, group and mode of a file with secrets; undefined: none is made. */
  remarks: { '2.0.11': undefined, '2.0.21': [], '2.1.2': [''] } as Since<
    readonly string[] | undefined
  >,

  // ── The start and the end ──
  /** What it logs before it says that it starts. */
  runsAs: {
    '2.0.11': () => [],
    '2.1.2': (user) => [`Info: running mosquitto as user: ${user}.`],
  } as Since<(user: string) => string[]>,
  features: {
    '2.0.11': [],
    '2.1.2': [
      ...['Bridge support available.', 'Persistence support available.', 'TLS support available.'],
      ...['TLS-PSK support available.', 'Websockets support available.'],
    ],
  } as Since<readonly string[]>,
  /** Said whenever it ends, after an error at the start too. */
  saysThatItEnds: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  /** A plugin, or the broker's own security, says that it is asked about something. */
  registered: {
    '2.0.11': () => [],
    '2.1.2': (who, what) => [`Plugin ${who} has registered to receive '${what}' events.`],
  } as Since<(who: string, what: string) => string[]>,
  /** Plugins that come with it, by the name of their file. */
  plugins: {
    '2.0.11': {},
    '2.1.2': {
      'mosquitto_password_file.so': 'password-file',
      'mosquitto_acl_file.so': 'acl-file',
      'mosquitto_persist_sqlite.so': 'persist-sqlite',
    },
  } as Since<Readonly<Record<string, string>>>,
  plugin: {
    '2.0.11': (path) => `Error: Unable to load auth plugin "${path}".`,
    '2.1.2': (path) => `Error: Unable to load plugin "${path}".`,
  } as Since<(path: string) => string>,
  /** Each level of security's files is read for all listeners before the next. */
  pluginsFirst: { '2.0.11': false, '2.1.2': true } as Since<boolean>,

  /** Enough to start with, without a listener for MQTT over TCP. */
  websocketsAreEnough: { '2.0.11': false, '2.0.21': true } as Since<boolean>,
  /** Undefined: each family is told to have failed. */
  missingInterface: {
    '2.0.11': undefined,
    '2.0.21': (name) => `Error: Interface ${name} does not exist.`,
  } as Since<((name: string) => string) | undefined>,
  /** http_dir is looked for when the conf is read, and missed without a word. */
  readsHttpDir: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  /** Its own WebSocket server instead of libwebsockets: those listeners open as the others do. */
  websocketsAreBuiltIn: { '2.0.11': false, '2.1.2': true } as Since<boolean>,

  // ── What outlives the process ──
  /** What it logs if it can't write its file. */
  unsaved: {
    '2.0.11': (path, why) => [
      {
        level: 'information',
        text: `Error saving in-memory database, unable to open ${path} for writing.`,
      },
      { level: 'error', text: `Error: ${why}.` },
    ],
    '2.1.2': (path, why) => [
      {
        level: 'error',
        text: `Error saving in-memory database, unable to open ${path} for writing, error ${why}`,
      },
    ],
  } as Since<(path: string, why: string) => LogLine[]>,
  /** What it logs of the file that it has read, before it says that it starts. */
  restored: {
    '2.0.11': () => [],
    '2.1.2': ({ messages, retained, sessions, subscriptions, queued, inflight }) => [
      `Restored ${messages} base messages`,
      `Restored ${retained} retained messages`,
      `Restored ${sessions} clients`,
      `Restored ${subscriptions} subscriptions`,
      `Restored ${queued + inflight} client messages`,
    ],
  } as Since<(file: Held & { messages: number }) => string[]>,
  /** Sessions that it reads from its file may end before their clients come back. */
  restoredExpire: { '2.0.11': false, '2.0.21': true } as Since<boolean>,
  /** The wills of a broker that stops are published before it says that it ends. */
  willsFirst: { '2.0.11': false, '2.1.2': true } as Since<boolean>,

  // ── Settings and their defaults ──
  /** Seconds; 0: clients choose. */
  maxKeepAlive: { '2.0.11': 65_535, '2.0.21': 0 } as Since<number>,
  /** A client before 5.0 with a longer keep alive, or none, is refused (return code 2). */
  keepAliveIsAsked: { '2.0.11': false, '2.0.21': true } as Since<boolean>,
  /** A 5.0 client learns that another took its session. */
  tellsTakeOver: { '2.0.11': false, '2.0.21': true } as Since<boolean>,
  /** Undefined: those of 2.0. */
  logWords: { '2.0.11': undefined, '2.1.2': recentLogWords } as Since<LogWords | undefined>,
  /** Bytes of a packet; 0: as many as MQTT allows. */
  maxPacketSize: { '2.0.11': 0, '2.1.2': 2_000_000 } as Since<number>,
} as const;
