/** Listeners with TLS. */
import { connects, publishes, subscribes } from '../steps.ts';
import { as, conf, passwd } from './shared.ts';
import type { Case } from './shared.ts';

const tlsLines = [
  'listener 8883',
  'cafile /etc/mosquitto/ca_certificates/ca.crt',
  'certfile /etc/mosquitto/certs/server.crt',
  'keyfile /etc/mosquitto/certs/server.key',
];
export const tls: Case[] = [
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
    'the whole subject of the certificate says who it is',
    [
      ...tlsLines,
      'require_certificate true',
      'use_subject_as_username true',
      'acl_file /etc/mosquitto/acl',
    ].join('\n'),
    [
      connects('a', { port: 8883, tls: 'sensor' }),
      subscribes('a', '#', 1),
      publishes('a', 'sensors/CN=sensor/t', '20', 1),
      publishes('a', 'sensors/sensor/t', '21', 1),
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
