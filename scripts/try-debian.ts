/**
 * `npm run try:debian [-- --root <folder>]`: the package of Debian and `deploy/install.sh`, really installed, started as
 * the unit's user, updated and removed: in a Debian of its own, which is gone afterwards. That is a folder made by
 * debootstrap, with systemd in it, or without one this machine's own Debian below a layer that takes all changes.
 * systemd does not run there: what it would do of the unit (user, environment, folder) is read from the unit and done
 * here. Where it can't run it says why.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { npmPack } from './build-package.ts';
import { nodeVersion, platformsOf } from './build-folder.ts';
import { maintainer } from './build-deb.ts';
import { build, root } from './build.ts';
import { nodeProgram } from './folder/node-program.ts';
import { serverBundle } from './host/server-bundle.ts';
import { debArchitectures, writeDeb, type DebArchitecture } from './package/deb.ts';
import { writePackage } from './package/package-tree.ts';
import { Debian } from './try-debian/debian.ts';
import { tryDeb, tryScript, type Wares } from './try-debian/ways.ts';
import { which } from './test/system.ts';

const architectures: Partial<Record<string, DebArchitecture>> = { x64: 'amd64', arm64: 'arm64' };
const { values } = parseArgs({ options: { root: { type: 'string' } } });

/** Null: it can be tried. */
function whyNot(): string | null {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'this is no Debian'; // prettier-ignore
  if (process.getuid?.() !== 0) return 'it needs the rights of root, to mount and to change users';
  if (!architectures[process.arch]) return `there is no package for ${process.arch}`;
  const missing = ['dpkg-deb', 'unshare', 'chroot', 'setpriv', 'systemd-analyze'].filter((name) => !which(name)); // prettier-ignore
  if (missing.length > 0) return `${missing.join(', ')} is missing`;
  const { status } = spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']);
  return status === 0 ? null : 'no mounts of its own are allowed here';
}

/** Two versions, as the npm file and as the package. */
async function makeWares(place: string): Promise<Wares> {
  const architecture = architectures[process.arch]!;
  const source = { version: nodeVersion(), mirror: 'https://nodejs.org/dist', cache: join(root, '.retained', 'node'), modules: join(root, 'node_modules') }; // prettier-ignore
  const node = await nodeProgram(source, platformsOf(debArchitectures[architecture])[0]!);
  const tree = join(place, 'package');
  writePackage(tree, { root, server: await serverBundle(root), pages: join(root, 'dist') });
  const debs = ['1~first', '1~second'].map((version) => {
    const file = join(place, `retained_${version}_${architecture}.deb`);
    writeDeb(file, join(place, 'deb'), { root, tree, node, architecture, version, maintainer, time: 1.7e9 }, 'none'); // prettier-ignore
    return file;
  });
  return { debs, npmFile: npmPack(tree, place), node: process.execPath, deploy: join(root, 'deploy') }; // prettier-ignore
}

async function inside(): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'retained-try-'));
  try {
    const wares = await makeWares(place);
    const unit = readFileSync(join(root, 'deploy/retained.service'), 'utf8');
    for (const [name, tryIt] of [
      ['The package', tryDeb],
      ['install.sh', tryScript],
    ] as const) {
      const folder = join(place, name.replace(' ', '-'));
      mkdirSync(folder);
      const debian = new Debian(folder, values.root === undefined ? '/' : resolve(values.root));
      console.log(`\n${name}, in Debian ${debian.version}:`);
      try {
        await tryIt(debian, wares, unit);
      } finally {
        debian.close();
      }
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const MARK = 'RETAINED_TRY_DEBIAN';
const why = whyNot();
if (process.env[MARK]) await inside();
else if (why !== null) console.log(`Not tried: ${why}.`);
else {
  await build();
  // Its mounts and processes end with it, however it ends.
  const own = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc']; // prettier-ignore
  const { status } = spawnSync('unshare', [...own, process.execPath, ...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit', env: { ...process.env, [MARK]: '1' } }); // prettier-ignore
  process.exitCode = status ?? 1;
}
