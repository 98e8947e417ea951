/** What came with 2.0.21 and 2.1, and how older ones take it; and what of a conf the machine stops. */
import { factsOf } from '../../../mosquitto/conf/changes.ts';
import { connects, publishes, subscribes, type ClientStep } from '../steps.ts';
import { alice, as, bob, conf, knocking, open, passwd, ruled, type Case } from './shared.ts';
import { passwordLine } from '../../../mosquitto/auth/make-hash.ts';

const folder = '/usr/lib/x86_64-linux-gnu/mosquitto';
const password = `plugin ${folder}/mosquitto_password_file.so\n`;
const acl = `plugin ${folder}/mosquitto_acl_file.so\n`;
const users = 'plugin_opt_password_file /etc/mosquitto/passwd\n';
const rules = 'plugin_opt_acl_file /etc/mosquitto/acl\n';
const recent = factsOf('2.1.2');
const longSalt = new Uint8Array(64).fill(9);
const newAlice = passwordLine('alice', 'secret', { salt: longSalt }, recent);

const since = (version: Case['since'], cases: Case[]): Case[] =>
  cases.map((each) => ({ ...each, ...(version && { since: version }) }));

const everyVersion = (port = 1883): ClientStep[] => [
  connects('three', { version: 3, port }),
  connects('four', { version: 4, port }),
  connects('five', { version: 5, port }),
];
const reading = (user: string): ClientStep[] => [
  connects('pub'),
  connects('sub', { user, password: 'secret' }),
  subscribes('sub', '#', 1),
  publishes('pub', 'a', 'mine', 1),
  publishes('pub', 'b', 'not mine', 1),
];
const takenOver: ClientStep[] = [
  connects('first', { clientId: 'same', version: 5, clean: false }),
  connects('second', { clientId: 'same', version: 5, clean: false }),
  publishes('first', 'a', 'gone', 1),
];

export const versions: readonly Case[] = [
  conf('another takes the session', open, takenOver),
  conf('an old client’s keep alive', `${open}max_keepalive 30\n`, [
    connects('short', { keepAlive: 20 }),
    connects('long', { keepAlive: 40 }),
    connects('none', { keepAlive: 0 }),
    connects('long5', { keepAlive: 40, version: 5 }),
  ]),
  conf('anonymous clients refused in local only mode', 'allow_anonymous false\n', knocking),
  conf('certfile without keyfile', `${open}certfile /etc/mosquitto/certs/server.crt\n`),
  conf('cafile alone', `${open}cafile /etc/mosquitto/ca_certificates/ca.crt\n`),
  conf('WebSockets only', 'listener 9001\nprotocol websockets\nallow_anonymous true\n'),
  conf('every address, as a star', 'listener 1883 *\nallow_anonymous true\n', knocking),
  conf('a folder of pages that is not there', `${open}listener 9001\nprotocol websockets\nhttp_dir /nosuch\n`),
  conf('a word for a port', `${open}listener port 1884\n`),
  conf('a Unix socket where it may be', `${open}listener 0 /tmp/retained-differential.sock\n`),
  conf('a user that is not there', `${open}user nosuchuser\n`),
  conf('the user root', `${open}user root\n`),
  conf('a process id that cannot be written', `${open}pid_file /nosuch/pid\n`),
  conf('a log file that cannot be written', `${open}log_dest file /nosuch/log\n`),
  conf('an interface that is not there', `${open}bind_interface nosuch0\n`),
  conf('the loopback as interface', `${open}bind_interface lo\n`, knocking),
  conf('a line of passwords that begins with a colon', 'listener 1883\npassword_file /etc/mosquitto/passwd\n', knocking, { passwd: `:secret\n${alice}\n` }),
  conf('a user twice', 'listener 1883\npassword_file /etc/mosquitto/passwd\n', knocking, { passwd: `${alice}\n${alice}\n` }),
  conf('a plain password', 'listener 1883\npassword_file /etc/mosquitto/passwd\n', knocking, { passwd: `alice:secret\n${bob}\n` }),
  conf('a hash of 2.1 with its longer salt', 'listener 1883\npassword_file /etc/mosquitto/passwd\n', knocking, { passwd: `${newAlice}\n` }),
  conf('rules that cannot be read', ruled, undefined, { acl: 'nonsense\n' }),
  ...since('2.0.21', [conf('retained messages with an end', `${open}retain_expiry_interval 5\n`)]),
  ...since('2.1.2', [
    conf('users of the plugin', `listener 1883\n${password}${users}`, knocking, { passwd }),
    conf('users of the plugin, and anybody', `listener 1883\nallow_anonymous true\n${password}${users}`, knocking, { passwd }),
    conf('rules of the plugin', `listener 1883\nallow_anonymous true\n${acl}${rules}`, reading('alice'), { acl: 'topic write #\nuser alice\ntopic read a\n' }),
    conf('the plugin without rules', `listener 1883\nallow_anonymous true\n${acl}`, reading('alice')),
    conf('the plugin without users', `listener 1883\n${password}`),
    conf('the plugin with another option', `listener 1883\n${password}plugin_opt_users x\n`),
    conf('the plugin with bad users', `listener 1883\n${password}${users}`, undefined, { passwd: 'alice:secret\n' }),
    conf('the plugin with bad rules', `listener 1883\n${acl}${rules}`, undefined, { acl: 'nonsense\n' }),
    conf('a plugin for all, and users of the broker', `listener 1883\nglobal_${password}${users}password_file /etc/mosquitto/other\n`, knocking, { passwd: `${alice}\n`, other: `${bob}\n` }),
    conf('a plugin of one listener', `plugin_load users ${folder}/mosquitto_password_file.so\n${users}listener 1883\nplugin_use users\nlistener 1884\nallow_anonymous true\n`, [...knocking, connects('other', { port: 1884 }), connects('alice', as('alice', 'no', { port: 1884 }))], { passwd }),
    conf('a plugin that nothing uses', `plugin_load users ${folder}/mosquitto_password_file.so\n${users}listener 1883\n`, undefined, { passwd }),
    conf('a plugin with the listener’s settings', `per_listener_settings true\nlistener 1883\n${password}${users}listener 1884\nallow_anonymous true\n`, [...knocking, connects('other', { port: 1884 })], { passwd }),
    conf('anybody at one of two listeners', 'listener 1883\nlistener 1884\nlistener_allow_anonymous true\n', [connects('a'), connects('b', { port: 1884 })]),
    conf('nobody nameless at one of two listeners', 'allow_anonymous true\nlistener 1883\nlistener_allow_anonymous false\nlistener 1884\n', [connects('a'), connects('b', { port: 1884 })]),
    conf('only 3.1.1 and 5.0', `${open}accept_protocol_versions 4, 5\n`, everyVersion()),
    conf('only 3.1', `${open}accept_protocol_versions 3\n`, everyVersion()),
    conf('two connections at most', `${open}listener 1884\nglobal_max_connections 2\n`, [connects('a'), connects('b', { port: 1884 }), connects('c'), connects('d', { port: 1884 })]),
    conf('a duplicate is replaced', `${open}password_file /etc/mosquitto/other\npassword_file /etc/mosquitto/passwd\n`, knocking, { passwd }),
  ]),
]; // prettier-ignore
