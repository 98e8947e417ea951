import { describe, expect, it } from 'vitest';
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import { parseConf } from './parse.ts';
import type { BrokerConf } from './settings.ts';

const problemsOf = (text: string, files = {}) =>
  parseConf(text, files).problems.map(
    ({ file, line, severity, text: words }) =>
      `${file.replace('/etc/mosquitto/', '')}:${line} ${severity}: ${words}`,
  );

describe('a conf with a mistake', () => {
  it.each([
    [
      'listener 1883\nallow_anonymus true\n',
      'mosquitto.conf:2 error: Error: Unknown configuration variable "allow_anonymus".',
    ],
    ['listener', 'mosquitto.conf:1 error: Error: Empty listener value in configuration.'],
    [
      '\n\nallow_anonymous maybe',
      'mosquitto.conf:3 error: Error: Invalid allow_anonymous value (maybe).',
    ],
    ['port 0\n', 'mosquitto.conf:1 error: Error: Invalid port value (0).'],
    ['max_qos 3', 'mosquitto.conf:1 error: Error: max_qos must be between 0 and 2 inclusive.'],
    [
      'password_file a\npassword_file b',
      'mosquitto.conf:2 error: Error: Duplicate password_file value in configuration.',
    ],
    ['acl_file a\u0007', 'mosquitto.conf:1 error: Error: Malformed UTF-8 in configuration.'],
    [
      'connection cloud\ntopic # sideways',
      "mosquitto.conf:2 error: Error: Invalid bridge topic direction 'sideways'.",
    ],
  ])('%j', (text, problem) => {
    const { options, log } = parseConf(text);
    expect(options).toBeUndefined();
    expect(problemsOf(text)).toContain(problem);
    const line = problem.split(/[: ]/)[1];
    expect(log.at(-1)?.text).toBe(`Error found at /etc/mosquitto/mosquitto.conf:${line}.`);
  });

  it('in an included file is reported with both lines', () => {
    const { log, problems } = parseConf('listener 1883\ninclude_dir /etc/mosquitto/conf.d', {
      'conf.d/a.conf': 'max_qos 1\n',
      'conf.d/B.conf': '\nnonsense\n',
    });
    expect(log.map(({ text }) => text)).toEqual([
      'Loading config file /etc/mosquitto/conf.d/a.conf',
      'Loading config file /etc/mosquitto/conf.d/B.conf',
      'Error: Unknown configuration variable "nonsense".',
      'Error found at /etc/mosquitto/conf.d/B.conf:2.',
      'Error found at /etc/mosquitto/mosquitto.conf:2.',
    ]);
    expect(problems).toMatchObject([{ file: '/etc/mosquitto/conf.d/B.conf', line: 2 }]);
  });

  it('that is too long is not read', () => {
    const { options, problems } = parseConf('#'.repeat(70_000));
    expect(options).toBeUndefined();
    expect(problems).toHaveLength(1);
  });
});

describe('a conf without one', () => {
  const optionsOf = (text: string, version?: MosquittoVersion): BrokerConf => {
    const { options, problems } = parseConf(text, {}, version);
    if (!options) throw new Error(JSON.stringify(problems));
    return options;
  };

  it('has Mosquitto’s defaults', () => {
    expect(optionsOf('')).toMatchObject({
      localOnly: true,
      perListenerSettings: false,
      listeners: [{ port: 1883, host: 'localhost', protocol: 'mqtt', maxQoS: 2 }],
      security: { allowAnonymous: true, allowZeroLengthClientId: true },
      maxKeepAlive: 0,
      maxPacketSize: 0,
      messageSizeLimit: 0,
      maxInflight: 20,
      maxQueued: 1000,
      retainAvailable: true,
      connectionMessages: true,
    });
  });

  it('shuts out nameless clients as soon as there is a listener', () => {
    expect(optionsOf('allow_anonymous false', '2.0.11').security.allowAnonymous).toBe(true);
    expect(optionsOf('listener 1883').security.allowAnonymous).toBe(false);
    expect(optionsOf('port 1883').security.allowAnonymous).toBe(false);
  });

  it('gives a setting to the listener above it', () => {
    const { listeners } = optionsOf(
      'listener 1883\nmax_connections 5\nlistener 9001 127.0.0.1\nprotocol websockets\nmax_qos 1',
    );
    expect(listeners).toMatchObject([
      { port: 1883, maxConnections: 5, protocol: 'mqtt', maxQoS: 2 },
      { port: 9001, host: '127.0.0.1', protocol: 'websockets', maxQoS: 1 },
    ]);
  });

  it('makes a listener of its own from settings above the first one', () => {
    const { listeners } = optionsOf('protocol websockets\nlistener 1884');
    expect(listeners).toMatchObject([
      { port: 1884, protocol: 'mqtt' },
      { port: 1883, protocol: 'websockets', line: 0 },
    ]);
  });

  it('lets anybody in at that listener when each has its own settings', () => {
    const { listeners } = optionsOf('per_listener_settings true\nport 1883\nlistener 1884');
    expect(listeners.map(({ port, security }) => [port, security.allowAnonymous])).toEqual([
      [1884, false],
      [1883, true],
    ]);
  });

  it.each([
    ['max_inflight_messages -5', { maxInflight: 0 }],
    ['max_inflight_messages 65535', { maxInflight: 0 }],
    ['max_queued_messages -1', { maxQueued: 0 }],
    ['max_queued_messages 12x', { maxQueued: 12 }],
    ['max_keepalive 10', { maxKeepAlive: 10 }],
    ['retain_available 0', { retainAvailable: false }],
    ['log_dest none', { logs: false }],
    ['log_type error\nlog_type debug', { logTypes: new Set(['error', 'debug']) }],
    ['clientid_prefixes class-', { clientIdPrefix: 'class-' }],
  ])('%j', (text, wanted) => {
    expect(optionsOf(text)).toMatchObject(wanted);
  });
});

describe('what the sandbox does not act on', () => {
  it.each([
    ['tls_version tlsv1.2', 'ignored.tls'],
    ['pid_file /run/mosquitto.pid', 'ignored.machine'],
    ['log_dest file /var/log/mosquitto.log', 'ignored.log'],
    ['queue_qos0_messages true', 'ignored.session'],
    ['listener 1883\nmount_point rooms/', 'ignored.topic'],
    ['connection c\naddress 127.0.0.1\ntopic #\nround_robin true', 'ignored.bridge'],
  ])('%j is a warning', (text, key) => {
    const { options, problems, log } = parseConf(text);
    expect(options).toBeDefined();
    expect(problems).toMatchObject([{ severity: 'warning', key }]);
    expect(log).toEqual([]);
  });

  it('tells that any page may use a listener of WebSockets', () => {
    const text = 'listener 8080\nprotocol websockets\nwebsockets_origin example.org\n';
    const { problems } = parseConf(text, {}, '2.1.2');
    expect(problems).toMatchObject([{ key: 'ignored.machine', line: 3 }]);
  });

  it.each(['persistence true', 'queue_qos0_messages 0', 'sys_interval 10', 'set_tcp_nodelay true'])(
    '%j is none: it asks for what is so',
    (text) => {
      expect(parseConf(text).problems).toEqual([]);
    },
  );
});
