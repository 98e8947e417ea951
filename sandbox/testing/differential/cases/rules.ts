/** Access control: which clients may publish and read which topics. */
import { connects, leaves, publishes, subscribes, vanishes } from '../steps.ts';
import type { ClientStep } from '../steps.ts';
import { conf, open, ruled, talking } from './shared.ts';
import type { Case } from './shared.ts';

const house = [
  'topic read news/#',
  '',
  '# the thermometer may only speak',
  'user thermometer',
  'topic write home/livingroom/temperature',
  'user phone',
  'topic read home/#',
  'topic readwrite home/lamp',
  'topic deny home/secret',
  'user thermometer',
  'topic read home/thermometer/set',
].join('\n');
const inHouse: ClientStep[] = [
  connects('thermometer', { user: 'thermometer' }),
  connects('thermometer5', { user: 'thermometer', version: 5 }),
  connects('phone', { user: 'phone' }),
  connects('guest'),
  connects('stranger', { user: 'stranger' }),
  ...['thermometer', 'phone', 'guest', 'stranger'].map((who) => subscribes(who, '#', 2)),
  subscribes('phone', ['home/secret', 'garage/#'], 1),
  ...['thermometer', 'thermometer5', 'phone', 'guest', 'stranger'].flatMap((who) => [
    publishes(who, 'home/livingroom/temperature', `from ${who}`, 1),
    publishes(who, 'home/lamp', `from ${who}`, 2),
    publishes(who, 'home/secret', `from ${who}`, 0),
    publishes(who, 'news/today', `from ${who}`, 1),
  ]),
];

export const rules: Case[] = [
  conf('no rules', open, talking('a/b', 'a/#')),
  conf('rules by user', ruled, inHouse, { acl: house }),
  conf('rules for everybody, without a user', ruled, inHouse, {
    acl: 'topic readwrite home/#\ntopic deny home/lamp\n',
  }),
  conf('a denial counts wherever it stands', ruled, talking('a/b', '#'), {
    acl: 'topic a/#\ntopic deny a/b\n',
  }),
  conf('read and write on two lines', ruled, talking('a/b', '#'), {
    acl: 'topic read a/#\ntopic write a/#\n',
  }),
  conf('write only', ruled, talking('a/b', '#'), { acl: 'topic write a/#\n' }),
  conf('read only', ruled, talking('a/b', '#'), { acl: 'topic read a/#\n' }),
  conf('an empty acl file', ruled, talking('a/b', '#'), { acl: '# nobody\n' }),
  conf('topic read alone is a topic called read', ruled, talking('read', '#'), {
    acl: 'topic read\n',
  }),
  conf('a topic with spaces', ruled, talking('living room/lamp one', '#'), {
    acl: 'topic   readwrite   living room/lamp one  \n',
  }),
  conf(
    'each user their own place',
    ruled,
    [
      connects('alice', { user: 'alice' }),
      connects('bob', { user: 'bob', version: 5 }),
      connects('nobody'),
      ...['alice', 'bob', 'nobody'].map((who) => subscribes(who, '#', 1)),
      ...['alice', 'bob', 'nobody'].flatMap((who) => [
        publishes(who, 'users/alice/x', `from ${who}`, 1),
        publishes(who, 'users/bob/x', `from ${who}`, 1),
        publishes(who, 'users/%u/x', `from ${who}`, 1),
      ]),
    ],
    { acl: 'pattern readwrite users/%u/#\n' },
  ),
  conf(
    'each client its own place',
    ruled,
    [
      connects('one'),
      connects('two', { version: 5 }),
      connects('hash', { clientId: '#' }),
      connects('plus', { user: '+' }),
      connects('deep', { clientId: 'one/two' }),
      ...['one', 'two', 'hash', 'plus', 'deep'].map((who) => subscribes(who, '#', 1)),
      ...['one', 'two', 'hash', 'plus', 'deep'].flatMap((who) => [
        publishes(who, 'devices/one/x', `from ${who}`, 1),
        publishes(who, 'devices/one/two/x', `from ${who}`, 1),
        publishes(who, 'devices/two/x', `from ${who}`, 1),
      ]),
    ],
    {
      acl: 'pattern write devices/%c/#\npattern read devices/%c/+\npattern deny devices/+/two/x\n',
    },
  ),
  conf('a pattern without a place', ruled, talking('a/b', '#'), { acl: 'pattern readwrite a/#\n' }),
  conf(
    'topics that begin with $',
    ruled,
    [
      connects('a', { user: 'alice' }),
      connects('b'),
      subscribes('a', ['$other/#', '#'], 1),
      subscribes('b', ['$other/#', '#'], 1),
      ...['a', 'b'].flatMap((who) => [
        publishes(who, '$other/x', `from ${who}`, 1),
        publishes(who, '$SYS/broker/version', `from ${who}`, 1),
        publishes(who, '$CONTROL/x', `from ${who}`, 1),
        publishes(who, 'x', `from ${who}`, 1),
      ]),
    ],
    { acl: 'topic #\nuser alice\ntopic #\ntopic $other/#\ntopic $SYS/#\ntopic $CONTROL/#\n' },
  ),
  conf(
    'what is retained is for those who may read it',
    ruled,
    [
      connects('writer', { user: 'writer' }),
      publishes('writer', 'open/x', 'retained', 1, true),
      publishes('writer', 'closed/x', 'retained', 1, true),
      publishes('writer', 'forbidden/x', 'retained', 1, true),
      connects('reader', { user: 'reader' }),
      subscribes('reader', '#', 1),
      connects('reader5', { user: 'reader', version: 5 }),
      subscribes('reader5', 'open/+', 2),
    ],
    {
      acl: 'user writer\ntopic write open/#\ntopic write closed/#\nuser reader\ntopic read open/#\n',
    },
  ),
  conf(
    'a will is published only where its client may',
    ruled,
    [
      connects('watcher', { user: 'watcher' }),
      subscribes('watcher', '#', 1),
      connects('good', { user: 'd', will: { topic: 'status/d', payload: 'gone', qos: 1 } }),
      vanishes('good'),
      connects('evil', { user: 'd', will: { topic: 'status/other', payload: 'gone', qos: 1 } }),
      vanishes('evil'),
      connects('evil5', {
        user: 'd',
        version: 5,
        will: { topic: 'status/other', payload: 'gone', qos: 1 },
      }),
      vanishes('evil5'),
    ],
    { acl: 'user d\ntopic write status/d\nuser watcher\ntopic read status/#\n' },
  ),
  conf(
    'shared subscriptions obey the rules',
    ruled,
    [
      connects('reader5', { user: 'reader', version: 5 }),
      connects('stranger5', { user: 'stranger', version: 5 }),
      subscribes('reader5', '$share/g/a/#', 1),
      connects('pub', { user: 'writer' }),
      publishes('pub', 'a/b', 'one', 1),
      publishes('pub', 'c/b', 'two', 1),
    ],
    { acl: 'user reader\ntopic read a/#\nuser writer\ntopic write #\n' },
  ),
  conf(
    'rules of each listener',
    [
      'per_listener_settings true',
      'listener 1883',
      'allow_anonymous true',
      'acl_file /etc/mosquitto/acl',
      'listener 1884',
      'allow_anonymous true',
    ].join('\n'),
    [
      connects('ruled'),
      connects('free', { port: 1884 }),
      subscribes('ruled', '#', 1),
      subscribes('free', '#', 1),
      publishes('ruled', 'a/b', 'from ruled', 1),
      publishes('ruled', 'c/d', 'from ruled', 1),
      publishes('free', 'a/b', 'from free', 1),
      publishes('free', 'c/d', 'from free', 1),
    ],
    { acl: 'topic read a/#\ntopic write c/#\n' },
  ),
  conf(
    'a session that waits gets only what it may read',
    ruled,
    [
      connects('phone', { user: 'phone', clean: false }),
      subscribes('phone', '#', 1),
      leaves('phone'),
      connects('pub', { user: 'pub' }),
      publishes('pub', 'home/x', 'one', 1),
      publishes('pub', 'other/x', 'two', 1),
      connects('phone', { user: 'phone', clean: false }),
    ],
    { acl: 'user phone\ntopic read home/#\nuser pub\ntopic write #\n' },
  ),
];
