/** Several processes of one course: the unit, HAProxy's file and the containers say the same. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaults } from '../sandbox/shared/config.ts';
import { readOptions } from './options.ts';
import { which } from './test/system.ts';

const root = new URL('..', import.meta.url);
const read = (name: string): string => readFileSync(new URL(`deploy/${name}`, root), 'utf8');
let place: string;
beforeEach(() => void (place = mkdtempSync(join(tmpdir(), 'retained-deploy-'))));
afterEach(() => rmSync(place, { recursive: true }));

/** `Environment=A=1 B=2` */
const variables = (line: string): Record<string, string> =>
  Object.fromEntries([...line.matchAll(/(RETAINED_\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!])); // prettier-ignore

describe('several processes', () => {
  const unit = read('retained@.service');
  const haproxy = read('haproxy-processes.cfg');
  /** The line of the unit, for one process. */
  const of = (start: string, process: number): string[] =>
    [...unit.matchAll(new RegExp(`^${start}=(.*)$`, 'gm'))].map(([, line]) => line!.replaceAll('%i', `${process}`)); // prettier-ignore

  test.each([1, 2, 3])('process %i listens where HAProxy looks for it', (process) => {
    const [, ...args] = of('ExecStart', process)[0]!.split(' ');
    const options = readOptions(args, variables(of('Environment', process).join(' ')));
    expect(options).toMatchObject({
      ...{ process, data: `/var/lib/retained/${process}`, restart: false },
      ...{ proxies: ['127.0.0.1'], proxied: ['mqtt', 'tls'] },
      ...{ publicMqttPort: defaults.mqttPort, publicTlsPort: defaults.tlsPort },
    });
    if (options === 'help') throw new Error('no options');
    const { host, port, mqttPort, tlsPort } = options;
    const servers = [...haproxy.matchAll(/^ {2}server process-(\d+) (\S+)/gm)];
    const own = servers.filter(([, number]) => Number(number) === process);
    // Of the rooms, and once more of the classes.
    const listening = [port, port, mqttPort, tlsPort, mqttPort, tlsPort].map((one) => `${host}:${one}`); // prettier-ignore
    expect(own.map(([, , at]) => at)).toEqual(listening);
    expect(servers.length).toBe(18);
    expect(of('StateDirectory', process)).toEqual([`retained/${process}`]);
  });

  test('the containers are the same three, with a database and HAProxy in one network', () => {
    interface Service { image: string; environment?: Record<string, string | number>; network_mode?: string; ports?: string[]; volumes?: string[]; depends_on?: object; user?: string } // prettier-ignore
    const password = { POSTGRES_PASSWORD: 's3cret' };
    // Compose's own variables: `${NAME:-}`, and `${NAME:?why}` without which it does not begin.
    const parsedOnce = JSON.stringify(parse(read('compose.processes.yaml'), { merge: true }));
    const filled = parsedOnce.replaceAll(/\$\{(\w+):[-?][^}]*\}/g, (_, name: string) => (password as Record<string, string>)[name] ?? ''); // prettier-ignore
    const { services, volumes } = JSON.parse(filled) as { services: Record<string, Service>; volumes: object }; // prettier-ignore
    expect(Object.keys(services)).toEqual(['net', 'postgres', 'process-1', 'process-2', 'process-3', 'haproxy']); // prettier-ignore
    const { net, haproxy: proxy, postgres, ...processes } = services as Record<string, Service> & { net: Service; haproxy: Service; postgres: Service }; // prettier-ignore
    expect(net.ports).toEqual(['80:80', '1883:1883', '8883:8883']);
    for (const { network_mode, ports } of [proxy, postgres, ...Object.values(processes)])
      expect([network_mode, ports]).toEqual(['service:net', undefined]);
    for (const [n, { environment = {}, volumes: mounts }] of Object.values(processes).entries()) {
      const texts = Object.entries(environment).map(([name, value]) => [name, String(value)]);
      const options = readOptions([], Object.fromEntries(texts) as Record<string, string>);
      // As the unit has it, but for what a container has by itself.
      const [, ...args] = of('ExecStart', n + 1)[0]!.split(' ');
      const unitOptions = readOptions(args, variables(of('Environment', n + 1).join(' ')));
      const { data: _, restart: __, ...same } = unitOptions as object as Record<string, unknown>;
      expect(options).toEqual({ ...same, log: 'json', database: 'postgres://retained:s3cret@127.0.0.1:5432/retained' }); // prettier-ignore
      expect(mounts).toEqual([`data-${n + 1}:/data`]);
    }
    expect(proxy.volumes).toContain('data-1:/var/lib/retained/1:ro');
    expect(proxy.volumes).toContain(
      './haproxy-processes.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro',
    );
    expect(postgres.environment).toEqual({ POSTGRES_USER: 'retained', ...password });
    expect(Object.keys(volumes)).toEqual(['postgres', 'data-1', 'data-2', 'data-3']);
  });

  test('the unit is as well shut as that of one process', () => {
    const shut = (text: string) =>
      text.split('\n').filter((line) => !/^(#|Description|After|ExecStart|Environment|StateDirectory)/.test(line)); // prettier-ignore
    expect(shut(unit)).toEqual(shut(read('retained.service')));
  });

  test.skipIf(!which('systemd-analyze'))('the unit is valid', () => {
    const path = join(place, 'retained@1.service');
    writeFileSync(path, unit.replace('/usr/bin/retained', '/bin/true'));
    const verified = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' });
    expect([verified.status, verified.stderr]).toEqual([0, '']);
  });

  test.skipIf(!which('haproxy') || !which('openssl'))('HAProxy reads its file', () => {
    const tls = join(place, '1', 'tls');
    mkdirSync(tls, { recursive: true });
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=course', '-keyout', join(tls, 'server.key'), '-out', join(tls, 'server.crt')], { stdio: 'ignore' }); // prettier-ignore
    writeFileSync(join(tls, 'ca.crt'), 'PEM');
    const conf = join(place, 'haproxy.cfg');
    writeFileSync(conf, haproxy.replaceAll('/var/lib/retained/', `${place}/`));
    const { status, stdout, stderr } = spawnSync(which('haproxy')!, ['-c', '-f', conf], { encoding: 'utf8' }); // prettier-ignore
    expect([status, stdout + stderr]).toEqual([0, expect.not.stringMatching(/ALERT|WARNING/)]);
  });
});
