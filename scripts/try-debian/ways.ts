/** What is done with each way of installing on Debian, and what must be true then. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../sandbox/testing/differential/free-ports.ts';
import type { Debian } from './debian.ts';

export interface Wares {
  /** The package, and a later version of it. */
  debs: string[];
  npmFile: string;
  /** A Node that is new enough. */
  node: string;
  /** `deploy/` of the repository. */
  deploy: string;
}

const DATA = '/var/lib/retained';
const SETTINGS = '/etc/default/retained';
const done = (what: string): void => console.log(`  ✓ ${what}`);

/** `NAME=value` of the unit's Environment, then of a file as its EnvironmentFile is read. */
const variablesOf = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^(?!#)(?:Environment=)?(.*)$/gm)].flatMap(([, line]) => [...line!.matchAll(/(?:^| )([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name!, value!]))); // prettier-ignore
const valueOf = (unit: string, name: string): string =>
  new RegExp(`^${name}=(.+)$`, 'm').exec(unit)![1]!;

/** Files that another user could change, or that are not root's. */
function onlyRootWrites(debian: Debian, ...places: string[]): void {
  const found = debian.run(`find ${places.join(' ')} ! -type l \\( -perm /022 -o ! -user root \\)`);
  assert.equal(found, '');
  done(`only root may change ${places.join(', ')}`);
}

function hasUser(debian: Debian): void {
  assert.match(debian.run('getent passwd retained'), /^retained:x:\d+:\d+:[^:]*:\/var\/lib\/retained:\/usr\/sbin\/nologin$/m); // prettier-ignore
  assert.match(debian.run('passwd --status retained'), /^retained L /);
  done('the user retained has neither a password nor a shell');
}

function unitIsGood(debian: Debian, path: string): void {
  debian.run(`systemd-analyze verify ${path}`);
  assert.equal(debian.run('systemctl is-enabled retained.service').trim(), 'enabled');
  done(`systemd-analyze verify ${path}; the unit is enabled`);
}

/** As the unit starts it: the course serves, keeps what it must in its folder, and ends when it is told to. */
async function serves(debian: Debian, unit: string): Promise<void> {
  const user = valueOf(unit, 'User');
  assert.equal(valueOf(unit, 'StateDirectory'), 'retained');
  // systemd makes it before each start.
  debian.run(`mkdir -p ${DATA} && chown -R ${user}: ${DATA} && chmod ${valueOf(unit, 'StateDirectoryMode')} ${DATA}`); // prettier-ignore
  const [port, mqttPort, tlsPort] = [await freePort(), await freePort(), await freePort()];
  debian.write(SETTINGS, `# ours\nRETAINED_PORT=${port}\nRETAINED_MQTT_PORT=${mqttPort}\nRETAINED_TLS_PORT=${tlsPort}\n`); // prettier-ignore
  const lines = unit
    .split('\n')
    .filter((line) => line.startsWith('Environment='))
    .join('\n');
  const variables = { ...variablesOf(lines), ...variablesOf(debian.read(SETTINGS)) };
  const child = debian.start(user, valueOf(unit, 'ExecStart'), variables);
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text: Buffer) => (said += String(text))); // prettier-ignore
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const get = (path: string) => fetch(`${url}${path}`, { signal: AbortSignal.timeout(5000) });
  for (;;) {
    if (await get('/healthz').then(({ ok }) => ok, () => false)) break; // prettier-ignore
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const page = await get('/zh-tw/');
  assert.equal(page.status, 200);
  const secret = debian.read(`${DATA}/teacher-secret`).trim();
  const teacher = await fetch(`${url}/api/class/teacher`, { method: 'POST', body: JSON.stringify({ secret }), headers: { 'content-type': 'application/json', origin: url } }); // prettier-ignore
  assert.equal(teacher.status, 200);
  assert.equal(debian.run(`stat -c %U:%a ${DATA} ${DATA}/teacher-secret ${DATA}/classroom.sqlite`), `${user}:700\n${user}:600\n${user}:600\n`); // prettier-ignore
  assert.equal(debian.run(`stat -c %U /proc/${child.pid}`).trim(), user);
  done('started as the unit does: pages, the teacher’s link, its data for its user alone');
  debian.run(`cd / && setpriv --reuid=${user} --regid=${user} --clear-groups retained backup ${DATA}/../../tmp/${Date.now()}.zip --data ${DATA}`); // prettier-ignore
  done('retained backup, as that user, while it is open');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  done('SIGTERM ends it with code 0');
}

const hasData = (debian: Debian): boolean => debian.status(`test -s ${DATA}/classroom.sqlite`) === 0; // prettier-ignore

export async function tryDeb(debian: Debian, { debs }: Wares, unit: string): Promise<void> {
  const [first, later] = debs.map((file) => debian.bring(file));
  debian.run(`dpkg --install ${first}`);
  assert.match(debian.run('retained --version'), /^\d+\.\d+\.\d+$/m);
  done('dpkg --install: its dependencies are there');
  hasUser(debian);
  onlyRootWrites(debian, '/usr/lib/retained', '/usr/bin/retained', '/usr/lib/systemd/system/retained.service', SETTINGS); // prettier-ignore
  debian.run('systemctl enable retained.service');
  unitIsGood(debian, '/usr/lib/systemd/system/retained.service');
  await serves(debian, unit);
  const secret = debian.read(`${DATA}/teacher-secret`);
  debian.run(`dpkg --install ${later}`);
  assert.match(debian.read(SETTINGS), /^# ours$/m);
  assert.equal(debian.read(`${DATA}/teacher-secret`), secret);
  await serves(debian, unit);
  done('the next version over it: settings, key and classes are the same');
  debian.run('dpkg --remove retained');
  assert.equal(hasData(debian), true);
  assert.equal(debian.status('test -e /usr/bin/retained || test -e /usr/lib/retained'), 1);
  assert.match(debian.read(SETTINGS), /^# ours$/m);
  done('dpkg --remove: the program is gone, classes, keys and settings stay');
  debian.run('dpkg --purge retained');
  assert.equal(debian.status(`test -e ${DATA} || test -e ${SETTINGS}`), 1);
  done('dpkg --purge: they are gone');
}

export async function tryScript(debian: Debian, wares: Wares, unit: string): Promise<void> {
  const file = debian.bring(wares.npmFile);
  for (const name of ['install.sh', 'retained.service']) debian.bring(join(wares.deploy, name));
  const install = `sh /tmp/install.sh --yes ${file}`;
  const hadNode = debian.status('node --version') === 0;
  if (!hadNode || debian.run('node --version').startsWith('v20')) {
    assert.throws(() => debian.run(install), /needs Node 22\.18/);
    assert.notEqual(debian.status('test -e /opt/retained || getent passwd retained'), 0);
    done('with an old Node, or none, it changes nothing and says which it needs');
  }
  const node = debian.bring(wares.node, '/usr/local/bin/node');
  debian.run(`chmod 755 ${node}`);
  assert.throws(() => debian.run(`echo n | sh /tmp/install.sh ${file}`), /nothing was changed/);
  assert.notEqual(debian.status('test -e /opt/retained || getent passwd retained'), 0);
  done('without a yes it changes nothing');
  debian.run(install);
  hasUser(debian);
  onlyRootWrites(debian, '/opt/retained', '/usr/bin/retained', '/etc/systemd/system/retained.service'); // prettier-ignore
  unitIsGood(debian, '/etc/systemd/system/retained.service');
  await serves(debian, unit);
  const secret = debian.read(`${DATA}/teacher-secret`);
  debian.run(install);
  assert.equal(debian.read(`${DATA}/teacher-secret`), secret);
  await serves(debian, unit);
  done('a second time over it: key and classes are the same');
  debian.run('sh /tmp/install.sh --yes --remove');
  assert.equal(hasData(debian), true);
  assert.equal(debian.status('test -e /opt/retained || test -e /usr/bin/retained || test -e /etc/systemd/system/retained.service'), 1); // prettier-ignore
  assert.equal(debian.status('test -e /etc/systemd/system/multi-user.target.wants/retained.service'), 1); // prettier-ignore
  done('--remove: program and unit are gone, classes and keys stay');
}
