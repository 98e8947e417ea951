import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBrokerFiles } from './files.ts';
import type { Origin, ClientTarget } from './files.ts';
import { engineOptions } from './engine-options.ts';
import { options } from './conf/options.ts';
import type { BrokerFiles } from '../protocol/exercise.ts';
import { tlsRefusals } from '../protocol/tls.ts';
import { passwordLine } from './auth/make-hash.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const start = (conf: string, { mosquitto, modes, ...more }: BrokerFiles = {}) =>
  readBrokerFiles({ 'mosquitto.conf': conf, ...more }, mosquitto, modes);
const to = (
  port: number,
  from: Origin = 'localhost',
  more: Partial<ClientTarget> = {},
): ClientTarget => ({
  port,
  protocol: 'mqtt',
  tls: false,
  from,
  ...more,
});

describe('which listener a line reaches', () => {
  it.each<[conf: string, ClientTarget, answer: number | string]>([
    ['', to(1883), 1883],
    ['', to(1883, 'network'), 'local-only'],
    ['', to(1884), 'no-listener'],
    ['', to(9001, 'localhost', { protocol: 'websockets' }), 'no-listener'],
    ['listener 1883', to(1883, 'network'), 1883],
    ['listener 1883 localhost', to(1883, 'network'), 'local-only'],
    ['listener 1883 127.0.0.1', to(1883), 1883],
    ['listener 1883 0.0.0.0', to(1883, 'network'), 1883],
    ['listener 9001\nprotocol websockets', to(9001), 'protocol'],
    ['listener 9001\nprotocol websockets', to(9001, 'network', { protocol: 'websockets' }), 9001],
    ['listener 9001\nprotocol websockets', to(1883), 'no-listener'],
    ['listener 1883', to(1883, 'network', { tls: true }), 'tls'],
    ['listener 8883\npsk_hint x', to(8883, 'network', { tls: true }), 'psk'],
    ['listener 1883 ::', to(1883, 'localhost', { address: '127.0.0.1' }), 'no-listener'],
    ['listener 1883 ::', to(1883, 'localhost', { address: '::1' }), 1883],
    ['listener 1883 ::', to(1883), 1883],
    ['listener 1883 ::', to(1883, 'network', { family: 'ipv4' }), 'no-listener'],
    ['listener 1883 0.0.0.0', to(1883, 'network', { family: 'ipv6' }), 'no-listener'],
    ['listener 1883 *', to(1883, 'network', { family: 'ipv6' }), 1883],
    ['listener 1883 127.0.0.1', to(1883, 'localhost', { address: '::1' }), 'no-listener'],
    ['listener 1883 127.0.0.5', to(1883, 'localhost', { address: '127.0.0.1' }), 'no-listener'],
    ['listener 1883 127.0.0.5', to(1883, 'localhost', { address: '127.0.0.5' }), 1883],
    ['listener 1883 localhost', to(1883, 'localhost', { address: '::1' }), 1883],
    ['listener 1883\nnonsense', to(1883), 'not-running'],
    ['listener 0 /run/mosquitto/mosquitto.sock', to(0), 'no-listener'],
  ])('%j, %o: %s', (conf, target, answer) => {
    const found = start(conf).reach(target);
    expect(typeof found === 'string' ? found : found.port).toBe(answer);
  });

  it('is full when max_connections says so', () => {
    const { reach } = start('listener 1883\nmax_connections 2');
    expect(reach(to(1883), () => 1)).toMatchObject({ port: 1883 });
    expect(reach(to(1883), () => 2)).toBe('full');
  });

  it('with the sandbox’s own certificates is a TLS listener', () => {
    const conf = [
      'listener 8883',
      'certfile /etc/mosquitto/certs/server.crt',
      'keyfile certs/server.key',
      'require_certificate true',
    ].join('\n');
    expect(start(conf).reach(to(8883, 'network', { tls: true }))).toMatchObject({
      tls: true,
      requireCertificate: true,
    });
    expect(start(conf).reach(to(8883))).toBe('tls');
  });
});

describe('what Mosquitto says at its start', () => {
  const said = (conf: string, more: BrokerFiles = {}) =>
    start(conf, more).log.map(({ text }) => text);

  it('in local only mode', () => {
    expect(said('')).toEqual([
      'mosquitto version 2.0.21 starting',
      'Config loaded from /etc/mosquitto/mosquitto.conf.',
      'Starting in local only mode. Connections will only be possible from clients running on this machine.',
      'Create a configuration file which defines a listener to allow remote access.',
      'For more details see https://mosquitto.org/documentation/authentication-methods/',
      'Opening ipv4 listen socket on port 1883.',
      'Opening ipv6 listen socket on port 1883.',
      'mosquitto version 2.0.21 running',
    ]);
  });

  it('without a conf', () => {
    expect(readBrokerFiles({}).log.map(({ text }) => text)).toContain('Using default config.');
  });

  it('is filtered by log_type, once the conf is read', () => {
    expect(said('log_type error\nport 1883')).toEqual([
      "The 'port' option is now deprecated and will be removed in a future version. Please use 'listener' instead.",
    ]);
    expect(start('log_type error\nlistener 1883').logs('notice')).toBe(false);
  });

  it('of a port for which it has no right', () => {
    expect(said('listener 80').slice(-1)).toEqual(['Error: Permission denied']);
    expect(start('listener 80').started).toBe(false);
  });

  it('of a file that is elsewhere', () => {
    expect(said('listener 1883\npassword_file /home/me/passwd', { passwd: '' }).slice(-2)).toEqual([
      'Error: Unable to open pwfile "/home/me/passwd".',
      'Error opening password file "/home/me/passwd".',
    ]);
    expect(said('password_file ../mosquitto/./passwd', { passwd: '' }).at(-1)).toMatch(/running$/);
    expect(start('password_file __proto__').started).toBe(false);
  });
});

describe('the rules that a room’s broker gets', () => {
  const passwd = `${passwordLine('alice', 'secret')}\n`;
  const empty = { payloadBytes: 0, retain: false };
  const plain = { version: 4, keepAlive: 60 } as const;

  it('know by which listener a client came', async () => {
    const rules = engineOptions(
      start(
        'per_listener_settings true\nlistener 1883\npassword_file passwd\nlistener 1884\nallow_anonymous true\nacl_file acl',
        { passwd, acl: 'topic read a/#\n' },
      ),
      (line) => ({ port: line === 1 ? 1883 : 1884 }),
    );
    const [alice, guest] = [{ clientId: 'a', userName: 'alice' }, { clientId: 'g' }];
    const asAlice = (password: string) =>
      rules.authenticate?.({ ...alice, ...plain, line: 1, password: bytes(password) });
    expect(await asAlice('no')).toBe(5);
    expect(await asAlice('secret')).toBe(0);
    expect(rules.authenticate?.({ ...guest, ...plain, line: 1 })).toBe(5);
    expect(rules.authenticate?.({ ...guest, ...plain, line: 2 })).toBe(0);
    expect(rules.authorizePublish?.(alice, 'b', empty)).toBe(true);
    expect(rules.authorizePublish?.(guest, 'a/b', empty)).toBe(false);
    expect(rules.authorizeDeliver?.(guest, 'a/b')).toBe(true);
    expect(rules.authorizeDeliver?.(guest, 'b')).toBe(false);
  });

  it('forget the oldest of very many clients, which then have the rules of the first listener', () => {
    const rules = engineOptions(
      start(
        'per_listener_settings true\nlistener 1883\nallow_anonymous true\nacl_file acl\nlistener 1884\nallow_anonymous true',
        { acl: 'topic read a\n' },
      ),
      () => ({ port: 1884 }),
    );
    for (let i = 0; i <= 2000; i += 1) {
      rules.authenticate?.({ clientId: `c${i}`, ...plain, line: 1 });
    }
    expect(rules.authorizePublish?.({ clientId: 'c2000' }, 'b', empty)).toBe(true);
    expect(rules.authorizePublish?.({ clientId: 'c0' }, 'b', empty)).toBe(false);
  });

  it('check no password for a client that has left', async () => {
    const lines = new Map([1, 2, 3, 4].map((line) => [line, { port: 1883 }]));
    const files = { passwd: `${passwordLine('alice', 'secret', { iterations: 2_000 })}\n` };
    const conf = 'listener 1883\npassword_file passwd\n';
    const rules = engineOptions(start(conf, files), (line) => lines.get(line));
    const right = { userName: 'alice', password: bytes('secret'), ...plain };
    const codes = [...lines.keys()].map((line) =>
      rules.authenticate?.({ ...right, clientId: `c${line}`, line }),
    );
    // Two are being checked; the others wait.
    lines.delete(3);
    expect(await Promise.all(codes)).toEqual([0, 0, 5, 0]);
  });

  it('admit no client if the broker did not start', () => {
    const rules = engineOptions(start('nonsense'), () => ({ port: 1883 }));
    expect(rules.authenticate?.({ clientId: 'a', ...plain, line: 1 })).toBe(5);
    expect(rules.authorizePublish?.({ clientId: 'a' }, 'x', empty)).toBe(false);
  });
});

describe('the sandbox’s own words', () => {
  it.each(['en', 'zh-tw'])('are there in %s', (language) => {
    const url = new URL(`../../src/i18n/${language}/files.json`, import.meta.url);
    const texts = JSON.parse(readFileSync(url, 'utf8')) as Record<string, string>;
    const reasons = [...options.values()].flatMap(({ ignored }) => ignored ?? []);
    const refusals = [
      ...['not-running', 'stopped', 'no-power', 'no-listener', 'elsewhere', 'local-only'],
      ...['protocol', 'tls', 'psk', 'full', ...tlsRefusals],
    ];
    const wanted = new Set([
      ...[...reasons, 'unix-socket'].map((reason) => `files.ignored.${reason}`),
      ...refusals.map((refusal) => `files.refused.${refusal}`),
      'files.unused-plugin',
    ]);
    expect(new Set(Object.keys(texts))).toEqual(wanted);
    for (const [key, text] of Object.entries(texts)) {
      if (key.includes('ignored')) expect(text).toContain('{option}');
    }
  });
});
