/** What the cases have in common: users, confs, and clients that do the usual things. */
import type { ConfigFiles } from '../../../mosquitto/conf/problem.ts';
import type { FileModes } from '../../../protocol/exercise.ts';
import type { MosquittoVersion } from '../../../protocol/mosquitto.ts';
import { connects, publishes, subscribes } from '../steps.ts';
import type { Connect, ClientStep } from '../steps.ts';
import { passwordLine } from '../../../mosquitto/auth/make-hash.ts';

export interface Case {
  name: string;
  files: ConfigFiles;
  /** Only root can set them: elsewhere the case is skipped. */
  modes?: FileModes;
  /** The versions that it is for: from this one on, up to before that one. */
  since?: MosquittoVersion;
  until?: MosquittoVersion;
  /** Absent: only the start is compared. */
  steps?: ClientStep[];
  /** What is logged meanwhile is compared too; everybody has left at the end. */
  log?: true;
  /** What holds everywhere (`room-packet-limit`) is compared here. */
  everything?: true;
}

export const salt = new Uint8Array(12).fill(7);
export const alice = passwordLine('alice', 'secret', { salt });
export const bob = passwordLine('bob', 'hunter2', { salt });
export const oldAlice = passwordLine('alice', 'secret', { type: 6, salt });
export const passwd = `${alice}\n${bob}\n`;

export const open = 'listener 1883\nallow_anonymous true\n';
export const guarded = 'listener 1883\npassword_file /etc/mosquitto/passwd\n';
export const ruled = `${open}acl_file /etc/mosquitto/acl\n`;
export const as = (user: string, password: string, more: Connect = {}): Connect => ({
  user,
  password,
  ...more,
});

export const conf = (
  name: string,
  text: string,
  steps?: ClientStep[],
  more: ConfigFiles = {},
): Case => ({
  name,
  files: { 'mosquitto.conf': text, ...more },
  ...(steps ? { steps } : {}),
});

/** Clients of all kinds: right, wrong and unknown user, no user, no password; each version. */
export const knocking: ClientStep[] = [
  connects('right', as('alice', 'secret')),
  connects('wrong', as('alice', 'Secret')),
  connects('unknown', as('carol', 'secret')),
  connects('nameless'),
  connects('silent', { user: 'alice' }),
  connects('right5', as('alice', 'secret', { version: 5 })),
  connects('wrong5', as('alice', 'no', { version: 5 })),
  connects('nameless5', { version: 5 }),
  connects('right3', as('alice', 'secret', { version: 3 })),
  connects('wrong3', as('alice', 'no', { version: 3 })),
];

/** A publisher and a subscriber, at each QoS and in both versions, on one topic. */
export const talking = (topic: string, filter: string, options: Connect = {}): ClientStep[] => [
  connects('pub', options),
  connects('pub5', { ...options, version: 5 }),
  connects('sub', options),
  subscribes('sub', filter, 2),
  publishes('pub', topic, 'zero', 0),
  publishes('pub', topic, 'one', 1),
  publishes('pub', topic, 'two', 2),
  publishes('pub5', topic, 'zero', 0),
  publishes('pub5', topic, 'one', 1),
  publishes('pub5', topic, 'two', 2),
];
