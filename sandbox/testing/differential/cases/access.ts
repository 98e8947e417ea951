/** Which clients are admitted: listeners, users, certificates. */
import { connects, leaves, publishes, subscribes, type ClientStep } from '../steps.ts';
import { alice, as, conf, guarded, knocking, oldAlice, open, passwd, salt } from './shared.ts';
import type { Case } from './shared.ts';
import { passwordLine } from '../../../mosquitto/auth/make-hash.ts';

const logged = (name: string, steps: ClientStep[]): Case => ({
  ...conf(name, `${guarded}use_username_as_clientid true\n`, steps, { passwd }),
  log: true,
});

export const access: Case[] = [
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
    passwd: `${passwordLine('alice', 'old', { salt })}\n${alice}\n`,
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
  // Whoever says the same id under another name takes nothing over; who has the same name does.
  logged('the user name is the client id, of the session too', [
    connects('one', as('alice', 'secret', { clean: false })),
    subscribes('one', 't', 1),
    connects('thief', as('bob', 'hunter2', { clientId: 'one', clean: false })),
    subscribes('thief', 't', 1),
    publishes('thief', 't', 'both', 1),
    connects('second', as('alice', 'secret', { clientId: 'two', version: 5, clean: false })),
    publishes('thief', 't', 'the session has moved', 1),
    connects('unnamed', as('alice', 'secret', { clientId: '', version: 5 })),
    publishes('thief', 't', 'it has begun anew', 1),
    leaves('unnamed'),
    leaves('thief'),
  ]),
  conf(
    'rules with %c when the user name is the client id',
    `${guarded}use_username_as_clientid true\nacl_file /etc/mosquitto/acl\n`,
    [
      connects('reader', as('alice', 'secret')),
      subscribes('reader', '#', 1),
      connects('writer', as('bob', 'hunter2', { clientId: 'alice-2' })),
      publishes('writer', 'own/alice-2', 'no', 1),
      publishes('writer', 'own/bob', 'yes', 1),
    ],
    { passwd, acl: 'pattern write own/%c\npattern read own/#\n' },
  ),
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
