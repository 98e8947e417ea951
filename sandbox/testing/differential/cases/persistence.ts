/** What outlives the broker's process: one script of publishes, ends and starts. */
import type { Case } from './shared.ts';
import { conf, open } from './shared.ts';
import {
  begins,
  broker,
  completes,
  connects,
  leaves,
  pause,
  publishes,
  subscribes,
  vanishes,
} from '../steps.ts';
import type { Connect, ClientStep } from '../steps.ts';

const location = 'persistence_location /var/lib/mosquitto/\n';
const saving = `${open}persistence true\n${location}`;
const sqlite = 'plugin /usr/lib/x86_64-linux-gnu/mosquitto/mosquitto_persist_sqlite.so\n';
const kept: Connect = { clean: false };
const kept5: Connect = { clean: false, version: 5 };

/** Sessions, retained and queued messages of both versions, and sessions that end with their lines. */
const filled: ClientStep[] = [
  connects('old', kept),
  subscribes('old', 'in/#', 2),
  connects('new', kept5),
  subscribes('new', ['in/+', '$share/group/in/#'], 1),
  connects('clean', { version: 5, expiry: 60 }),
  subscribes('clean', 'in/#', 1),
  connects('brief'),
  subscribes('brief', 'in/#', 2),
  connects('pub'),
  publishes('pub', 'in/note', 'retained', 1, true),
  publishes('pub', 'in/gone', 'retained', 1, true),
  publishes('pub', 'in/gone', '', 0, true),
  ...['old', 'new', 'clean'].map(vanishes),
  publishes('pub', 'in/queue', 'zero', 0),
  publishes('pub', 'in/queue', 'one', 1),
  publishes('pub', 'in/queue', 'two', 2),
];
/** What is there afterwards. */
const read: ClientStep[] = [
  connects('old', kept),
  connects('new', kept5),
  connects('clean', { ...kept5, expiry: 60 }),
  connects('brief', kept),
  connects('pub'),
  publishes('pub', 'in/later', 'one', 1),
  connects('reader'),
  subscribes('reader', '#', 1),
  ...['old', 'new', 'clean', 'brief', 'pub', 'reader'].map(leaves),
];
const again = (end: 'stop' | 'kill'): ClientStep[] => [broker(end), broker('start')];

export const persistence: Case[] = [
  conf('persistence: stopped and started', saving, [...filled, ...again('stop'), ...read]),
  conf('persistence: stopped twice', saving, [
    ...filled,
    ...[...again('stop'), ...again('stop')],
    ...read,
  ]),
  conf('persistence: killed', saving, [...filled, ...again('kill'), ...read]),
  conf('persistence: saved, then killed', saving, [
    ...filled,
    broker('save'),
    publishes('pub', 'in/late', 'lost', 1, true),
    ...again('kill'),
    ...read,
  ]),
  conf('persistence: at each change', `${saving}autosave_on_changes true\nautosave_interval 1\n`, [
    ...filled,
    // It saves when its loop comes round.
    pause(300),
    ...again('kill'),
    ...read,
  ]),
  conf('persistence: after two seconds', `${saving}autosave_interval 1\n`, [
    ...filled,
    pause(2_600),
    ...again('kill'),
    ...read,
  ]),
  conf('persistence: never by itself', `${saving}autosave_interval 0\n`, [
    ...filled,
    ...again('kill'),
    ...read,
  ]),
  conf(
    'persistence: another file',
    `${open}retained_persistence yes\npersistence_file own.db\n${location}`,
    [...filled, ...again('stop'), ...read],
  ),
  conf('persistence: none', `${open}persistence false\n${location}`, [
    ...filled,
    ...again('stop'),
    ...read,
  ]),
  ...(['stop', 'kill'] as const).map((way) =>
    conf(`persistence: in flight, ${way}`, `${saving}max_inflight_messages 2\n`, [
      connects('slow', { ...kept, mute: true }),
      subscribes('slow', 'a', 2),
      connects('pub'),
      ...([1, 2, 1, 2] as const).map((qos, i) => publishes('pub', 'a', `${i}`, qos)),
      ...(way === 'kill' ? [broker('save')] : []),
      ...again(way),
      connects('slow', { ...kept, mute: true }),
      ...again(way),
      connects('slow', kept),
    ]),
  ),
  conf('persistence: acknowledged after the save', saving, [
    connects('till', kept),
    subscribes('till', 'order', 1),
    vanishes('till'),
    connects('pub'),
    publishes('pub', 'lamp', 'on', 0, true),
    publishes('pub', 'order', 'tea', 1),
    broker('save'),
    connects('till', kept),
    leaves('till'),
    ...again('kill'),
    connects('till', kept),
    connects('reader'),
    subscribes('reader', 'lamp', 1),
  ]),
  conf('persistence: half of an exchange', saving, [
    connects('half', kept),
    connects('phone', kept),
    subscribes('phone', 'a', 2),
    vanishes('phone'),
    begins('half', 'a', 77),
    ...again('stop'),
    connects('half', kept),
    completes('half', 77),
    connects('phone', kept),
  ]),
  conf('persistence: wills', saving, [
    connects('reader', kept),
    subscribes('reader', 'will/#', 1),
    connects('one', { will: { topic: 'will/one', payload: 'gone', qos: 1, retain: true } }),
    ...again('kill'),
    connects('reader', kept),
    connects('two', { will: { topic: 'will/two', payload: 'gone', qos: 1, retain: true } }),
    connects('away', kept),
    subscribes('away', 'will/#', 1),
    vanishes('away'),
    ...again('stop'),
    connects('away', kept),
    connects('reader', kept),
    subscribes('reader', 'will/#', 1),
  ]),
  conf('persistence: a session ends while nobody runs', saving, [
    connects('short', { clean: false, version: 5, expiry: 1 }),
    subscribes('short', 'a', 1),
    vanishes('short'),
    broker('stop'),
    pause(2_500),
    broker('start'),
    pause(1_500),
    connects('short', { clean: false, version: 5, expiry: 1 }),
  ]),
  {
    ...conf('persistence: a session ends early', `${saving}persistent_client_expiration 1s\n`, [
      connects('old', kept),
      connects('new', kept5),
      connects('again', kept),
      ...['old', 'new', 'again'].map(vanishes),
      connects('again', kept),
      pause(2_600),
      connects('old', kept),
      connects('new', kept5),
      ...['old', 'new'].map(vanishes),
      ...again('stop'),
      pause(2_600),
      connects('old', kept),
      connects('new', kept5),
      connects('again', kept),
    ]),
    since: '2.1.2',
  },
  conf('persistence: a session ends much later', `${saving}persistent_client_expiration 1h\n`, [
    ...filled,
    ...again('stop'),
    ...read,
  ]),
  ...(['stop', 'kill'] as const).map((way): Case => ({
    ...conf(
      `persistence: sqlite, ${way}`,
      `${open}${sqlite}plugin_opt_flush_period 1\n${location}`,
      [
        ...filled,
        ...(way === 'kill' ? [pause(2_600)] : []),
        publishes('pub', 'in/late', 'late', 1, true),
        ...again(way),
        ...read,
      ],
    ),
    since: '2.1.2',
  })),
  {
    ...conf(
      'persistence: the log of sqlite',
      `${open}${sqlite}plugin_opt_db_file /var/lib/mosquitto/my.sqlite3\n`,
      [connects('a', kept), leaves('a'), ...again('stop')],
    ),
    since: '2.1.2',
    log: true,
  },
  ...[
    ['without a file', sqlite],
    ['in no folder', `${sqlite}plugin_opt_db_file /nowhere/my.sqlite3\n`],
    ['beside persistence', `persistence true\n${sqlite}${location}`],
    ['with a wrong sync', `${sqlite}${location}plugin_opt_sync maybe\n`],
    ['with a wrong period', `${sqlite}${location}plugin_opt_flush_period -1\n`],
  ].map(([how, text]): Case => ({
    ...conf(`persistence: sqlite ${how}`, `${open}${text}`),
    since: '2.1.2',
  })),
  {
    ...conf('persistence: the log', saving, [
      connects('a', kept),
      leaves('a'),
      broker('save'),
      ...again('stop'),
    ]),
    log: true,
  },
];
