/** The configurations that both brokers are given, and what clients do to them. */
import type { Files } from '../mosquitto-problem.ts';
import { PasswordFile } from '../passwd.ts';
import { connects, leaves, publishes, subscribes, vanishes } from './steps.ts';
import type { Connect, Step } from './steps.ts';

export interface Case {
  name: string;
  files: Files;
  /** Absent: only the start is compared. */
  steps?: Step[];
}

const salt = new Uint8Array(12).fill(7);
const alice = PasswordFile.entry('alice', 'secret', { salt });
const bob = PasswordFile.entry('bob', 'hunter2', { salt });
const oldAlice = PasswordFile.entry('alice', 'secret', { type: 6, salt });
const passwd = `${alice}\n${bob}\n`;

const open = 'listener 1883\nallow_anonymous true\n';
const guarded = 'listener 1883\npassword_file /etc/mosquitto/passwd\n';
const ruled = `${open}acl_file /etc/mosquitto/acl\n`;
const as = (user: string, password: string, more: Connect = {}): Connect => ({
  user,
  password,
  ...more,
});

const conf = (name: string, text: string, steps?: Step[], more: Files = {}): Case => ({
  name,
  files: { 'mosquitto.conf': text, ...more },
  ...(steps ? { steps } : {}),
});

/** Everybody who may knock: right, wrong, unknown, nameless, without a password; each version. */
const knocking: Step[] = [
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
const talking = (topic: string, filter: string, options: Connect = {}): Step[] => [
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

const bad: Case[] = [
  conf('unknown option', 'listener 1883\nallow_anonymus true\n'),
  conf('a tab is no space', 'listener\t1883\n'),
  conf('an indented comment is an option', 'listener 1883\n  # open\n'),
  conf('listener without a port', 'listener\n'),
  conf('listener with a word for a port', 'listener mqtt\n'),
  conf('listener on port 70000', '# a comment\n\nlistener 70000\n'),
  conf('listener on an unknown name', 'listener 1883 no-such-host.invalid\n'),
  conf('listener on an address of another machine', 'listener 1883 192.0.2.1\n'),
  conf('two listeners on one port', `${open}listener 1883\n`),
  conf('allow_anonymous maybe', 'listener 1883\nallow_anonymous maybe\n'),
  conf('allow_anonymous without a value', 'listener 1883\nallow_anonymous\n'),
  conf('allow_anonymous yes', 'allow_anonymous yes\n'),
  conf('unknown protocol', 'listener 9001\nprotocol ws\n'),
  conf('per_listener_settings too late', 'allow_anonymous true\nper_listener_settings true\n'),
  conf('password_file twice', `${guarded}password_file /etc/mosquitto/passwd\n`, undefined, {
    passwd,
  }),
  conf('password_file missing', guarded),
  conf('a comment behind password_file', `${guarded.trimEnd()} # users\n`, undefined, { passwd }),
  conf('acl_file missing', `${open}acl_file /etc/mosquitto/acl\n`),
  conf('acl: an unknown word', ruled, undefined, { acl: 'topic read a/#\nallow a/b\n' }),
  conf('acl: an unknown access', ruled, undefined, { acl: 'topic writeonly a/b\n' }),
  conf('acl: a comment behind a topic', ruled, undefined, { acl: 'topic a/# # all of a\n' }),
  conf('acl: # not last', ruled, undefined, { acl: 'user alice\ntopic read a/#/b\n' }),
  conf('acl: + in a level', ruled, undefined, { acl: 'topic read a+/b\n' }),
  conf('acl: user without a name', ruled, undefined, { acl: 'user\ntopic a\n' }),
  conf('acl: topic without a topic', ruled, undefined, { acl: 'topic\n' }),
  conf('acl: an indented comment', ruled, undefined, { acl: '  # x\n' }),
  conf('max_qos 3', 'listener 1883\nmax_qos 3\n'),
  conf('max_keepalive 5', `${open}max_keepalive 5\n`),
  conf('max_packet_size 10', `${open}max_packet_size 10\n`),
  conf('message_size_limit -1', `${open}message_size_limit -1\n`),
  conf('max_inflight_messages 70000', `${open}max_inflight_messages 70000\n`),
  conf('log_type verbose', `${open}log_type verbose\n`),
  conf('log_dest screen', `${open}log_dest screen\n`),
  conf('log_dest file without a file', `log_dest file\n`),
  conf('include_dir missing', `${open}include_dir /etc/mosquitto/more\n`),
  conf('an error in an included file', `${open}include_dir /etc/mosquitto/conf.d\n`, undefined, {
    'conf.d/b.conf': 'max_qos 2\n',
    'conf.d/C.conf': '\nnonsense 1\n',
    'conf.d/README': 'nonsense',
  }),
  conf('a plugin that is not there', `${open}auth_plugin /usr/lib/auth.so\n`),
  conf('plugin options without a plugin', `${open}auth_opt_backends files\n`),
  conf('mount_point without a listener', 'mount_point rooms/\n'),
  conf('mount_point with a wildcard', `${open}mount_point rooms/+/\n`),
  conf('a bridge without an address', `${open}connection cloud\ntopic # out\n`),
  conf('a bridge without topics', `${open}connection cloud\naddress 127.0.0.1:1\n`),
  conf('a bridge option without a bridge', `${open}remote_username me\n`),
  conf(
    'certfile missing',
    'listener 8883\ncertfile /etc/mosquitto/server.crt\nkeyfile /etc/mosquitto/certs/server.key\n',
  ),
  conf(
    'cafile missing',
    'listener 8883\ncafile /ca.crt\ncertfile /etc/mosquitto/certs/server.crt\nkeyfile /etc/mosquitto/certs/server.key\n',
  ),
  conf(
    'keyfile missing',
    'listener 8883\ncertfile /etc/mosquitto/certs/server.crt\nkeyfile /key.pem\n',
  ),
  conf('unknown retain_available', `${open}retain_available no\n`),
  conf('socket_domain ip', `${open}socket_domain ip\n`),
  conf('persistent_client_expiration 2', `${open}persistent_client_expiration 2\n`),
];

const doors: Case[] = [
  { name: 'no conf at all', files: {}, steps: knocking },
  conf('an empty conf: local only', '# nothing\n', knocking),
  conf('allow_anonymous false in local only mode', 'allow_anonymous false\n', knocking),
  conf('a password file in local only mode', 'password_file /etc/mosquitto/passwd\n', knocking, {
    passwd,
  }),
  conf('a listener and nothing else', 'listener 1883\n', knocking),
  conf('a listener for anybody', open, knocking),
  conf('port, as in old files', 'port 1883\n', knocking),
  conf('port and bind_address', 'bind_address 127.0.0.1\nport 1883\nallow_anonymous 1\n', knocking),
  conf('users', guarded, knocking, { passwd }),
  conf('users, by a relative path', 'listener 1883\npassword_file passwd\n', knocking, { passwd }),
  conf('users and anybody', `${guarded}allow_anonymous true\n`, knocking, { passwd }),
  conf('users of an old file ($6$)', guarded, knocking, { passwd: `${oldAlice}\n` }),
  conf('a user twice: the last counts', guarded, knocking, {
    passwd: `${PasswordFile.entry('alice', 'old', { salt })}\n${alice}\n`,
  }),
  conf('a password file with all that can be wrong in it', guarded, knocking, {
    passwd: [
      '# comment',
      'no colon',
      'plain:text',
      'carol:',
      'dave:$7$101$c2FsdA==$aGFzaA==',
      'erin:$7$0$BwcHBwcHBwcHBwcH$aGFzaA==',
      'frank:$7$101$BwcHBwcHBwcHBwcH',
      'grace:$7$101$BwcHBwcHBwcHBwcH$aGFzaA==',
      'heidi:$5$x$y',
      'ivan:$7',
      `  ${alice}  `,
      'judy:',
    ].join('\n'),
  }),
  conf('Windows line ends', `${guarded}max_qos 1\n`.replaceAll('\n', '\r\n'), knocking, {
    passwd: passwd.replaceAll('\n', '\r\n'),
  }),
  conf('spaces around everything', '  listener   1883   \nallow_anonymous   true  \n', knocking),
  conf('a comment behind a listener', 'listener 1883 # plain\nallow_anonymous true # yes\n', [
    ...knocking,
  ]),
  conf(
    'two listeners with rules of their own',
    [
      'per_listener_settings true',
      'listener 1883 127.0.0.1',
      'allow_anonymous true',
      'listener 1884',
      'password_file /etc/mosquitto/passwd',
      'listener 1885',
    ].join('\n'),
    [
      connects('a1'),
      connects('a2', { port: 1884 }),
      connects('a3', { port: 1885 }),
      connects('b1', as('alice', 'wrong')),
      connects('b2', as('alice', 'wrong', { port: 1884 })),
      connects('c2', as('alice', 'secret', { port: 1884 })),
      connects('c3', as('alice', 'secret', { port: 1885 })),
    ],
    { passwd },
  ),
  conf(
    'settings above the listeners, each for itself',
    'per_listener_settings true\nallow_anonymous true\nlistener 1883\n',
    knocking,
  ),
  conf(
    'a listener without TLS beside one for WebSockets',
    `${open}listener 9001\nprotocol websockets\n`,
    [
      connects('tcp'),
      connects('ws', { port: 9001, protocol: 'websockets' }),
      connects('ws5', { port: 9001, protocol: 'websockets', version: 5 }),
      subscribes('ws', 'a/#', 1),
      publishes('tcp', 'a/b', 'hello', 1),
      publishes('ws5', 'a/b', 'hello', 2),
    ],
  ),
  conf('one connection at most', `${open}max_connections 1\n`, [
    connects('first'),
    connects('second'),
    leaves('first'),
    connects('third'),
  ]),
  conf('max_connections 0 is none at all', `${open}max_connections 0\n`, [
    connects('first'),
    connects('second'),
  ]),
  conf('client ids by their beginning', `${open}clientid_prefixes class-\n`, [
    connects('a', { clientId: 'class-a' }),
    connects('b', { clientId: 'b' }),
    connects('c', { clientId: 'b', version: 5 }),
  ]),
  conf('client ids must be given', `${open}allow_zero_length_clientid false\n`, [
    connects('a', { clientId: '' }),
    connects('b', { clientId: '', version: 5 }),
    connects('c', { clientId: 'c' }),
  ]),
  conf('the user name is the client id', `${open}use_username_as_clientid true\n`, [
    connects('a'),
    connects('b', { version: 5 }),
    connects('c', as('carol', 'x')),
  ]),
  conf(
    'settings of an included file',
    'listener 1883\ninclude_dir /etc/mosquitto/conf.d\n',
    knocking,
    {
      'conf.d/users.conf': 'password_file /etc/mosquitto/passwd\n',
      passwd,
    },
  ),
  conf('log_type error', `log_type error\n${open}`, [connects('a')]),
  conf('log_dest none', `${open}log_dest none\n`, [connects('a')]),
  conf('protocol without a value', `${open}protocol\nlog_type\n`, [connects('a')]),
];

const tlsLines = [
  'listener 8883',
  'cafile /etc/mosquitto/ca_certificates/ca.crt',
  'certfile /etc/mosquitto/certs/server.crt',
  'keyfile /etc/mosquitto/certs/server.key',
];
const tls: Case[] = [
  conf('TLS', [...tlsLines, 'allow_anonymous true'].join('\n'), [
    connects('plain', { port: 8883 }),
    connects('secure', { port: 8883, tls: 'anonymous' }),
    connects('secure5', { port: 8883, tls: 'sensor', version: 5 }),
    subscribes('secure', 'a', 1),
    publishes('secure5', 'a', 'b', 1),
  ]),
  conf(
    'TLS with users',
    [...tlsLines, 'password_file /etc/mosquitto/passwd'].join('\n'),
    [
      connects('right', as('alice', 'secret', { port: 8883, tls: 'anonymous' })),
      connects('wrong', as('alice', 'no', { port: 8883, tls: 'anonymous' })),
    ],
    { passwd },
  ),
  conf(
    'TLS for clients with a certificate',
    [...tlsLines, 'require_certificate true', 'allow_anonymous true'].join('\n'),
    [
      connects('known', { port: 8883, tls: 'sensor' }),
      connects('nameless', { port: 8883, tls: 'anonymous' }),
    ],
  ),
  conf(
    'the certificate says who it is',
    [
      ...tlsLines,
      'require_certificate true',
      'use_identity_as_username true',
      'acl_file /etc/mosquitto/acl',
    ].join('\n'),
    [
      connects('a', { port: 8883, tls: 'sensor' }),
      connects('b', { port: 8883, tls: 'sensor', version: 5, ...as('alice', 'whatever') }),
      subscribes('a', '#', 1),
      publishes('b', 'sensors/sensor/t', '20', 1),
      publishes('b', 'sensors/alice/t', '21', 1),
    ],
    { acl: 'pattern readwrite sensors/%u/#\n' },
  ),
  conf(
    'a name from a certificate that need not be there',
    [...tlsLines, 'use_identity_as_username true'].join('\n'),
    [
      connects('a', { port: 8883, tls: 'sensor' }),
      connects('b', { port: 8883, tls: 'anonymous' }),
      connects('c', { port: 8883, tls: 'anonymous', version: 5 }),
    ],
  ),
];

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
const inHouse: Step[] = [
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

const rules: Case[] = [
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

const bytes = (count: number) => 'x'.repeat(count);
const limits: Case[] = [
  conf('QoS 1 at most', `${open}max_qos 1\n`, [
    connects('will2', { will: { topic: 'w', payload: 'w', qos: 2 } }),
    connects('will25', { version: 5, will: { topic: 'w', payload: 'w', qos: 2 } }),
    ...talking('a/b', 'a/#'),
  ]),
  conf('QoS 0 at most', `${open}max_qos 0\n`, talking('a/b', 'a/#')),
  conf('nothing is retained', `${open}retain_available false\n`, [
    connects('will', { will: { topic: 'w', payload: 'w', retain: true } }),
    connects('will5', { version: 5, will: { topic: 'w', payload: 'w', retain: true } }),
    connects('a'),
    connects('b', { version: 5 }),
    publishes('a', 'x', 'kept', 1, true),
    publishes('b', 'x', 'kept', 1, true),
    connects('c'),
    subscribes('c', '#'),
  ]),
  conf('small payloads', `${open}message_size_limit 10\n`, [
    connects('a'),
    connects('b', { version: 5 }),
    connects('c'),
    subscribes('c', '#', 1),
    publishes('a', 'x', bytes(10), 1),
    publishes('a', 'x', bytes(11), 1),
    publishes('a', 'x', bytes(11), 0),
    publishes('b', 'x', bytes(11), 1),
  ]),
  conf('small packets', `${open}max_packet_size 100\n`, [
    connects('a'),
    connects('b', { version: 5 }),
    connects('c'),
    subscribes('c', '#', 1),
    publishes('a', 'x', bytes(80), 1),
    publishes('b', 'x', bytes(80), 1),
    publishes('a', 'x', bytes(95)),
    publishes('a', 'x', bytes(96)),
    publishes('a', 'x', bytes(97)),
    connects('a'),
    publishes('a', 'x', bytes(200), 1),
    publishes('b', 'x', bytes(200), 1),
  ]),
  conf('packets of some size', `${open}max_packet_size 1000\n`, [
    connects('a'),
    publishes('a', 'x', bytes(996)),
    publishes('a', 'x', bytes(997)),
  ]),
  conf('short keep alives', `${open}max_keepalive 30\n`, [
    connects('a', { keepAlive: 60 }),
    connects('b', { keepAlive: 60, version: 5 }),
    connects('c', { keepAlive: 0, version: 5 }),
    connects('d', { keepAlive: 20, version: 5 }),
  ]),
  conf('no keep alive at all', open, [
    connects('a', { keepAlive: 0 }),
    connects('b', { keepAlive: 0, version: 5 }),
  ]),
  conf('five in flight', `${open}max_inflight_messages 5\n`, talking('a/b', 'a/#')),
  conf('any number in flight', `${open}max_inflight_messages 0\n`, talking('a/b', 'a/#')),
  conf('two wait for a sleeper', `${open}max_inflight_messages 1\nmax_queued_messages 2\n`, [
    connects('phone', { clean: false }),
    subscribes('phone', 'a', 1),
    leaves('phone'),
    connects('pub'),
    ...['1', '2', '3', '4', '5'].map((payload) => publishes('pub', 'a', payload, 1)),
    connects('phone', { clean: false }),
  ]),
];

export const cases: readonly Case[] = [...bad, ...doors, ...tls, ...rules, ...limits];
