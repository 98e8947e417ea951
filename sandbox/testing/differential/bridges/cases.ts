/** Bridges that both pairs are given, and what clients at both ends do. */
import { readFileSync } from 'node:fs';
import type { ConfigFiles } from '../../../mosquitto/conf/problem.ts';
import { passwordLine } from '../../../mosquitto/auth/make-hash.ts';
import { bridged, comes, cut, hears, logged, operated, says, type BridgeStep } from './script.ts';
import type { TwoFiles } from './pair.ts';

export interface BridgeCase {
  name: string;
  files: TwoFiles;
  steps: BridgeStep[];
}

const open = 'listener 1883\nallow_anonymous true\n';
const barrierLines = 'restart_timeout 1\ntopic barrier/# both 0\n';
const usual = `${open}connection cloud\naddress cloud:1883\n${barrierLines}`;
const lesson = (file: string): string =>
  readFileSync(new URL(`../../../../lessons/bridge/to-the-cloud/${file}`, import.meta.url), 'utf8');

const two = (house: string, cloud: ConfigFiles = { 'mosquitto.conf': open }): TwoFiles => ({
  house: { 'mosquitto.conf': `${usual}${house}` },
  cloud,
});

/** A client at each end that hears all, and one that speaks. */
const everybody: BridgeStep[] = [
  bridged(),
  comes('home', 'house'),
  hears('home', '#'),
  comes('far', 'cloud'),
  hears('far', '#'),
];
/** Messages of each QoS at both ends. */
const talk = (topic: string, there = topic): BridgeStep[] => [
  ...([0, 1, 2] as const).map((qos) => says('home', topic, `h${qos}`, qos)),
  ...([0, 1, 2] as const).map((qos) => says('far', there, `c${qos}`, qos)),
  says('home', topic, 'kept', 1, true),
  says('far', `${there}/kept`, 'kept', 0, true),
];
const guarded = {
  'mosquitto.conf': 'listener 1883\npassword_file /etc/mosquitto/passwd\n',
  passwd: ['alice:secret', 'bob:hunter2']
    .map((one) => passwordLine(one.split(':')[0]!, one.split(':')[1]!))
    .join('\n'),
};
const state = '$SYS/broker/connection/#';

export const bridgeCases: BridgeCase[] = [
  { name: 'out', files: two('topic a/# out 2\n'), steps: [...everybody, ...talk('a/b')] },
  { name: 'in', files: two('topic a/# in 2\n'), steps: [...everybody, ...talk('a/b')] },
  { name: 'both', files: two('topic # both 1\n'), steps: [...everybody, ...talk('a/b')] },
  {
    name: 'prefixes',
    files: two(
      'topic # out 1 inside/ outside/\ntopic # in 1 from-cloud/ to-house/\ntopic "" both 2 one/topic other/topic\n',
    ),
    steps: [
      ...everybody,
      ...talk('inside/a', 'to-house/a'),
      ...talk('one/topic', 'other/topic'),
      says('home', 'elsewhere', 'stays'),
    ],
  },
  {
    name: 'topics of their own direction and QoS',
    files: two('topic up/+ out 0\ntopic down/# in 1\ntopic x/y\n'),
    steps: [...everybody, ...talk('up/a', 'down/a'), ...talk('x/y'), ...talk('up/a/b')],
  },
  {
    name: 'its state, as a connection is lost and made again',
    files: two('topic a/# both 1\n'),
    steps: [
      ...everybody,
      hears('home', state),
      hears('far', state),
      cut,
      bridged(2),
      comes('late', 'cloud'),
      hears('late', state),
      ...talk('a/b'),
    ],
  },
  {
    name: 'its state on a topic of its own',
    files: two('topic a/# out 1\nnotification_topic bridges/house\n'),
    steps: [...everybody, cut, bridged(2)],
  },
  {
    name: 'its state at home only',
    files: two('topic a/# out 1\nnotifications_local_only true\n'),
    steps: [...everybody, hears('home', state), hears('far', state), cut, bridged(2)],
  },
  {
    name: 'no state',
    files: two('topic a/# out 1\nnotifications false\n'),
    steps: [...everybody, hears('home', state), hears('far', state), cut, bridged(2)],
  },
  ...(['false', 'true'] as const).map((clean) => ({
    name: `the cloud is away, cleansession ${clean}`,
    files: two(`topic a/# both 2\ncleansession ${clean}\n`),
    steps: [
      ...everybody,
      operated('cloud', 'kill'),
      logged('house', /local\S+ .*closed/),
      ...[0, 1, 2].map((qos) => says('home', `a/${qos}`, 'while away', qos as 0)),
      says('home', 'a/kept', 'retained while away', 1, true),
      operated('cloud', 'start'),
      comes('far', 'cloud'),
      hears('far', '#'),
      bridged(2),
      ...talk('a/b'),
    ],
  })),
  {
    name: 'messages for a bridge that is away',
    files: two('topic a/# in 2\n'),
    steps: [
      ...everybody,
      operated('house', 'kill'),
      ...[0, 1, 2].map((qos) => says('far', `a/${qos}`, 'while away', qos as 0)),
      operated('house', 'start'),
      bridged(2),
      comes('home', 'house'),
      hears('home', '#'),
      ...talk('a/b'),
    ],
  },
  {
    name: 'the house stops',
    files: two('topic a/# both 1\n'),
    steps: [
      ...everybody,
      hears('far', state),
      operated('house', 'stop'),
      operated('house', 'start'),
      bridged(2),
    ],
  },
  {
    name: 'client ids, a user and no bit',
    files: two(
      'topic a/# both 1\nremote_clientid gate\nlocal_clientid cellar\ntry_private false\nkeepalive_interval 30\nremote_username alice\nremote_password secret\n',
      guarded,
    ),
    steps: [
      bridged(),
      comes('home', 'house'),
      hears('home', '#'),
      hears('home', state),
      comes('far', 'cloud', { user: 'alice', password: 'secret' }),
      hears('far', '#'),
      ...talk('a/b'),
      says('far', 'a/other', 'not echoed', 1),
    ],
  },
  {
    name: 'a wrong password',
    files: two('topic a/# both 1\nremote_username alice\nremote_password wrong\n', guarded),
    steps: [logged('house', /Connection Refused/, 2), comes('home', 'house'), hears('home', state)],
  },
  {
    name: 'no user',
    files: two('topic a/# both 1\nbridge_protocol_version mqttv50\n', guarded),
    steps: [logged('house', /Connection Refused/, 2)],
  },
  {
    name: 'rules of the cloud',
    files: two('topic # both 1\nremote_username alice\nremote_password secret\n', {
      ...guarded,
      acl: 'user alice\ntopic readwrite a/#\ntopic read b/#\ntopic readwrite barrier/#\ntopic read $SYS/#\nuser bob\ntopic readwrite #\n',
      'mosquitto.conf': `${guarded['mosquitto.conf']}acl_file /etc/mosquitto/acl\n`,
    }),
    steps: [
      bridged(),
      comes('home', 'house'),
      hears('home', '#'),
      comes('far', 'cloud', { user: 'bob', password: 'hunter2' }),
      hears('far', '#'),
      ...['a/x', 'b/x', 'c/x'].flatMap((topic) => talk(topic)),
    ],
  },
  ...(['mqttv31', 'mqttv50'] as const).map((version) => ({
    name: version,
    files: two(`topic a/# both 2 in/ out/\nbridge_protocol_version ${version}\n`),
    steps: [...everybody, ...talk('in/a/b', 'out/a/b'), hears('far', state), cut, bridged(2)],
  })),
  {
    name: 'nothing is retained there',
    files: two(
      'topic a/# both 1\nbridge_outgoing_retain false\nbridge_attempt_unsubscribe false\ntopic x out\n',
    ),
    steps: [
      ...everybody,
      ...talk('a/b'),
      comes('late', 'cloud'),
      hears('late', '#'),
      hears('late', state),
    ],
  },
  {
    name: 'the solution of the lesson',
    files: {
      house: { 'mosquitto.conf': `${lesson('solution/mosquitto.conf')}${barrierLines}` },
      cloud: {
        'mosquitto.conf': lesson('starter/cloud/mosquitto.conf'),
        passwd: `${lesson('starter/cloud/passwd')}${passwordLine('bob', 'hunter2')}`,
      },
    },
    steps: [
      bridged(),
      comes('home', 'house'),
      hears('home', '#'),
      comes('far', 'cloud', { user: 'phone', password: 'ring-56' }),
      hears('far', '#'),
      says('home', 'diary/today', 'stays', 1),
      says('home', 'home/temperature', '21', 1),
      says('far', 'garden-7/home/door', 'forged', 1),
      says('far', 'garden-7/set/lamp', 'on', 1),
    ],
  },
];
