import { describe, expect, it } from 'vitest';
import { OptionError } from './option-values.ts';
import { readOptions } from './options.ts';
import { usage } from './usage.ts';

describe('readOptions', () => {
  it('leaves options that were not chosen to the sandbox', () => {
    expect(readOptions([], {})).toEqual({});
    expect(readOptions([], { RETAINED_PORT: '' })).toEqual({});
  });

  it('takes flags before the environment', () => {
    const environment = { RETAINED_PORT: '1', RETAINED_MQTT_PORT: '2', RETAINED_DATA: '/srv' };
    expect(readOptions(['--port', '8080', '--host=127.0.0.1'], environment)).toEqual({
      port: 8080,
      mqttPort: 2,
      host: '127.0.0.1',
      data: '/srv',
    });
  });

  it.each(['65536', '-1', '80a', '1.5', ' 80', '0x50'])('refuses port %j and names it', (port) => {
    expect(() => readOptions([`--mqtt-port=${port}`], {})).toThrow(
      new OptionError(`--mqtt-port is "${port}"; a port is a number from 0 to 65535.`),
    );
    expect(() => readOptions([], { RETAINED_PORT: port })).toThrow(
      `RETAINED_PORT is "${port}"; a port is a number from 0 to 65535.`,
    );
  });

  it('takes a number of days for classes, and names any other', () => {
    expect(readOptions(['--keep-classes', '1'], {})).toEqual({ keepClasses: 1 });
    expect(readOptions([], { RETAINED_KEEP_CLASSES: '3650' })).toEqual({ keepClasses: 3650 });
    for (const wrong of ['0', '-1', '3651', '1.5', '1e3', 'forever', '180 days'])
      expect(() => readOptions([], { RETAINED_KEEP_CLASSES: wrong })).toThrow(
        `RETAINED_KEEP_CLASSES is "${wrong}"; it is a number of days from 1 to 3650.`,
      );
  });

  it('reads a negative number as the value of its flag', () => {
    expect(() => readOptions(['--port', '-1'], {})).toThrow(
      new OptionError('--port is "-1"; a port is a number from 0 to 65535.'),
    );
  });

  it.each(['host', 'data', 'pages', 'cert', 'key', 'name', 'trust-proxy', 'open-room', 'port'])(
    'refuses an empty --%s and names it',
    (name) => {
      for (const args of [[`--${name}`, ''], [`--${name}=`], [`--${name}`, ' ']])
        expect(() => readOptions(args, {})).toThrow(new RegExp(`^--${name} is (?:empty|")`));
    },
  );

  it('shows how to use it where a flag is unknown', () => {
    expect(() => readOptions(['--prot', '80'], {})).toThrow(usage);
  });

  it('gives help before it looks at anything else', () => {
    expect(readOptions(['--help', '--port', 'x'], {})).toBe('help');
  });

  it('takes a certificate only with its key', () => {
    expect(readOptions(['--cert', 'a.pem', '--key', 'a.key'], {})).toEqual({
      certificate: { cert: 'a.pem', key: 'a.key' },
    });
    expect(() => readOptions(['--cert', 'a.pem'], {})).toThrow(
      '--cert needs the other of --cert and --key.',
    );
    expect(() => readOptions([], { RETAINED_KEY: 'a.key' })).toThrow('RETAINED_KEY needs');
  });

  it.each(['', 'Open', 'a b', '../x', '-a'])('refuses the room code %j', (code) => {
    expect(() => readOptions([`--open-room=${code}`], {})).toThrow(/a code is small letters/);
  });

  it('takes names and proxies as lists, and the name of RETAINED_SITE', () => {
    const args = ['--name', 'a.example, b.example', '--trust-proxy', '127.0.0.1, fd00::/8'];
    expect(readOptions(args, { RETAINED_SITE: 'https://mqtt.example.org/x' })).toEqual({
      names: ['a.example', 'b.example', 'mqtt.example.org'],
      proxies: ['127.0.0.1', 'fd00::/8'],
    });
    expect(() => readOptions(['--name', 'a.example,'], {})).toThrow('"" is no host name');
    expect(() => readOptions(['--trust-proxy', 'nginx'], {})).toThrow('"nginx" is no IP address');
  });

  it('takes addresses of ingress proxies, and paths that may stand in a page', () => {
    expect(readOptions(['--ingress', '172.30.32.2'], {})).toEqual({ ingress: ['172.30.32.2'] });
    expect(() => readOptions(['--ingress', 'supervisor'], {})).toThrow('"supervisor" is no IP');
    expect(readOptions(['--base', 'learn'], {})).toEqual({ base: '/learn/' });
    expect(readOptions(['--base', '/'], {})).toEqual({});
    expect(() => readOptions(['--base', '/a"b/'], {})).toThrow('--base is "/a"b/"; a path is');
  });

  it('takes ports of the PROXY protocol, and only beside those who may send it', () => {
    const args = ['--trust-proxy', '127.0.0.1', '--proxy-protocol', 'tls, mqtt'];
    expect(readOptions(args, {})).toEqual({ proxies: ['127.0.0.1'], proxied: ['mqtt', 'tls'] });
    expect(() => readOptions([...args.slice(0, 3), 'mqtt,https'], {})).toThrow(
      '"https" is none of',
    );
    expect(() => readOptions(['--proxy-protocol', 'http'], {})).toThrow('needs --trust-proxy');
  });

  it('takes the number of a process, and the ports where a proxy listens', () => {
    const args = ['--process', '2', '--public-mqtt-port', '1883', '--public-tls-port', '8883'];
    expect(readOptions(args, {})).toEqual({
      process: 2,
      publicMqttPort: 1883,
      publicTlsPort: 8883,
    });
    expect(readOptions([], { RETAINED_PROCESS: '99' })).toEqual({ process: 99 });
    for (const wrong of ['0', '-1', '100', '02', '1.5', 'two', ' 2'])
      expect(() => readOptions(['--process', wrong], {})).toThrow(
        new OptionError(`--process is "${wrong}"; it is a number from 1 to 99.`),
      );
    expect(() => readOptions(['--public-tls-port', '0'], {})).toThrow(
      '--public-tls-port is "0"; it is the port',
    );
    expect(() => readOptions(['--public-mqtt-port', '70000'], {})).toThrow('a port is a number');
  });

  it('takes the address of a database from the environment alone, and never says it', () => {
    const url = 'postgres://course:s3cret@db.example.org:5432/retained';
    expect(readOptions([], { DATABASE_URL: url })).toEqual({ database: url });
    expect(readOptions([], { DATABASE_URL: '' })).toEqual({});
    const socket = 'postgresql:///retained?host=/run/postgresql';
    expect(readOptions([], { DATABASE_URL: socket })).toEqual({ database: socket });
    expect(() => readOptions(['--database-url', url], {})).toThrow(OptionError);
    for (const [wrong, why] of [
      ['mysql://course:s3cret@db/retained', 'it has the form'],
      ['course:s3cret@db/retained', 'it has the form'],
      ['s3cret', 'it has the form'],
      ['postgres://course:s3cret@db', 'does not name a database'],
      ['postgres://course:s3cret@db/a/b', 'does not name a database'],
      ['postgres:///retained', 'does not name a host'],
      [`${url}?${'x'.repeat(2_000)}`, 'longer than 2000 characters'],
    ] as const)
      try {
        readOptions([], { DATABASE_URL: wrong });
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(OptionError);
        expect((error as Error).message).toContain(why);
        expect((error as Error).message).not.toContain('s3cret');
      }
  });
});
