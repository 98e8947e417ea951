/** The files of `deploy/`, as far as the programs that read them are on this machine. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaults } from '../sandbox/shared/config.ts';
import { readOptions } from './options.ts';
import { which } from './test/system.ts';

const root = new URL('..', import.meta.url);
const pathOf = (name: string): string => new URL(`deploy/${name}`, root).pathname;
const read = (name: string): string => readFileSync(pathOf(name), 'utf8');
let place: string;
beforeEach(() => void (place = mkdtempSync(join(tmpdir(), 'retained-deploy-'))));
afterEach(() => rmSync(place, { recursive: true }));

/** `Environment=A=1 B=2`, `ENV A=1 B=2` */
const variables = (line: string): Record<string, string> =>
  Object.fromEntries([...line.matchAll(/(RETAINED_\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!])); // prettier-ignore

describe('the container', () => {
  const text = read('Dockerfile');
  test('runs without rights, keeps one volume, and is asked for its health', () => {
    const last = text.slice(text.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('\nUSER ')).toBeLessThan(last.indexOf('\nENTRYPOINT '));
    expect(last.match(/^VOLUME .*$/gm)).toEqual(['VOLUME /data']);
    expect(last).toMatch(/^HEALTHCHECK [^]*\/healthz/m);
    expect(readOptions([], variables(/^ENV .*$/m.exec(last)![0]))).toEqual({ data: '/data', restart: false }); // prettier-ignore
    const exposed = /^EXPOSE (.*)$/m.exec(last)![1]!.split(' ').map(Number);
    expect(exposed).toEqual([defaults.port, defaults.mqttPort, defaults.tlsPort]);
  });

  test('compose gives it the same ports and the volume', () => {
    interface Service { ports: string[]; volumes: string[]; restart: string; environment: Record<string, string> } // prettier-ignore
    const { services, volumes } = parse(read('compose.yaml')) as {
      services: Record<string, Service>;
      volumes: object;
    };
    const { ports, volumes: mounts, restart, environment } = services['retained']!;
    expect(ports.map((one) => Number(one.split(':')[1]))).toEqual([defaults.port, defaults.mqttPort, defaults.tlsPort]); // prettier-ignore
    expect(mounts).toEqual(['data:/data']);
    expect(Object.keys(volumes)).toEqual(['data']);
    expect(restart).toBe('unless-stopped');
    expect(readOptions([], { ...environment, RETAINED_NAME: '' })).toEqual({ log: 'json' });
  });
});

describe('the app for Home Assistant', () => {
  interface App { version: string; ports: Record<string, number>; ports_description: object; environment: Record<string, string>; ingress: boolean; ingress_port: number; watchdog: string } // prettier-ignore
  const app = parse(read('home-assistant/config.yaml')) as App;
  test('is the published image, on the container’s ports, beside the broker that is there', () => {
    const workflow = readFileSync(new URL('.github/workflows/container.yml', root), 'utf8');
    expect(workflow).toContain(`$image:${app.version}`);
    const options = readOptions([], app.environment);
    expect(options).toEqual({
      ...{ data: '/data', log: 'json', mqttPort: 11_883, tlsPort: 18_883 },
      ...{ ingress: ['172.30.32.2'], proxies: ['172.30.32.1'] },
    });
    // What the page says of a port is true outside of the container as well.
    expect(app.ports).toEqual({ '4321/tcp': defaults.port, '11883/tcp': 11_883, '18883/tcp': 18_883 }); // prettier-ignore
    expect(Object.keys(app.ports_description)).toEqual(Object.keys(app.ports));
    expect([app.ingress, app.ingress_port]).toEqual([true, defaults.port]);
    expect(app.watchdog).toContain(`[PORT:${defaults.port}]`);
  });
});

describe('the unit', () => {
  test('starts the course as it expects, and leaves starting again to systemd', () => {
    const text = read('retained.service');
    const own = variables(/^Environment=.*$/m.exec(text)![0]);
    expect(readOptions([], own)).toEqual({ data: '/var/lib/retained', restart: false });
    expect(text).toMatch(/^Restart=on-failure$/m);
    expect(text).toMatch(/^StateDirectory=retained$/m);
  });

  test.skipIf(!which('systemd-analyze'))('is valid, and well shut', () => {
    const unit = join(place, 'retained.service');
    writeFileSync(unit, read('retained.service').replace('/usr/bin/retained', '/bin/true'));
    const verified = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    expect([verified.status, verified.stderr]).toEqual([0, '']);
    const security = execFileSync('systemd-analyze', ['security', '--offline=true', unit], { encoding: 'utf8' }); // prettier-ignore
    const [, level] = /Overall exposure level .*: ([\d.]+) /.exec(security)!;
    expect(Number(level)).toBeLessThan(2);
  });
});

describe('install.sh', () => {
  test.skipIf(process.platform === 'win32')(
    'is sh, and says what it would do without doing it',
    () => {
      execFileSync('sh', ['-n', pathOf('install.sh')]);
      mkdirSync(join(place, 'package'));
      writeFileSync(join(place, 'package', 'retained.mjs'), '');
      execFileSync('tar', ['-czf', 'retained.tgz', 'package/retained.mjs'], { cwd: place });
      const run = (...args: string[]) =>
        spawnSync('sh', [pathOf('install.sh'), ...args], {
          cwd: place,
          encoding: 'utf8',
          env: { PATH: `${join(process.execPath, '..')}:/usr/bin:/bin` },
        });
      const dry = run('--dry-run', 'retained.tgz');
      expect([dry.status, dry.stderr]).toEqual([0, '']);
      expect(dry.stdout).toMatch(/would run: useradd .*would run: systemctl enable --now/s);
      expect(dry.stdout).not.toContain('hotspot');
      // Its own Wi-Fi; the password is never shown by what only says what it would do.
      const hotspot = run('--dry-run', '--hotspot', 'Class 7b', 'retained.tgz');
      expect([hotspot.status, hotspot.stderr]).toEqual([0, '']);
      expect(hotspot.stdout).toContain('make a Wi-Fi “Class 7b”');
      expect(hotspot.stdout).toMatch(/would run: nmcli connection add type wifi .* ssid Class 7b /);
      expect(hotspot.stdout).not.toMatch(/wifi-sec\.psk/);
      for (const [args, why] of [
        [['--dry-run'], 'name the package'],
        [['--dry-run', 'none.tgz'], 'there is no file'],
        [['--dry-run', 'package/retained.mjs'], 'is not the course'],
        [['--fast'], 'no option --fast'],
        [['--dry-run', 'retained.tgz', '--hotspot'], 'needs a name'],
        [['--dry-run', '--hotspot', '', 'retained.tgz'], 'needs a name'],
        [['--dry-run', '--hotspot', 'x'.repeat(33), 'retained.tgz'], '32'],
      ] as const) {
        const refused = run(...args);
        expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(why)]);
      }
      // A Node that is too old.
      const old = join(place, 'node');
      writeFileSync(old, '#!/bin/sh\nexit 1\n');
      chmodSync(old, 0o755);
      const { stderr } = spawnSync('sh', [pathOf('install.sh'), '--dry-run', 'retained.tgz'], {
        cwd: place,
        encoding: 'utf8',
        env: { PATH: `${place}:/usr/bin:/bin` },
      });
      expect(stderr).toContain('needs Node 22.18');
    },
  );

  test.skipIf(!which('shellcheck'))('has nothing that shellcheck warns of', () => {
    expect(execFileSync('shellcheck', ['-s', 'sh', pathOf('install.sh')], { encoding: 'utf8' })).toBe(''); // prettier-ignore
  });
});

describe('proxies', () => {
  test.skipIf(!which('nginx'))('nginx reads its file', () => {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const conf = join(place, 'nginx.conf');
    const site = join(place, 'site.conf');
    writeFileSync(site, read('nginx.conf').replaceAll(/listen (\[::\]:)?80;/g, 'listen 127.0.0.1:8099;').replace(/(listen 127[^;]*;\s+)\1/, '$1')); // prettier-ignore
    writeFileSync(
      conf,
      `pid ${place}/pid; error_log stderr; events {} http { access_log off; ${temporary
        .map((name) => `${name}_temp_path ${place}/${name};`)
        .join(' ')} include ${site}; }`,
    );
    const { status, stderr } = spawnSync(which('nginx')!, ['-t', '-c', conf], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, expect.stringContaining('test is successful')]);
  });

  test.skipIf(!which('haproxy'))('HAProxy reads its file', () => {
    const { status, stdout, stderr } = spawnSync(which('haproxy')!, ['-c', '-f', pathOf('haproxy.cfg')], { encoding: 'utf8' }); // prettier-ignore
    expect([status, stdout + stderr]).toEqual([0, expect.not.stringMatching(/ALERT/)]);
  });

  test('hand on WebSockets, the name and the address of a reader, and no metrics', () => {
    expect(read('nginx.conf')).toMatch(/proxy_set_header Host \$http_host;/);
    expect(read('nginx.conf')).toMatch(/location = \/metrics \{\s+return 404;/);
    expect(read('haproxy.cfg')).toMatch(/set-header X-Forwarded-For %\[src\]/);
    expect(read('haproxy.cfg')).toMatch(/timeout tunnel 1h/);
    expect(read('haproxy.cfg')).toMatch(/return status 404 if \{ path \/metrics \}/);
  });
});
