// Before `npm start`, `npm test` and `npm run dev`: node_modules as the lock file says; with `--to-run`
// without what only tests, contributors and the build of the editor need, if the repository brings the editor.
// Plain JavaScript without dependencies: it runs on the machine's own Node, whichever that is,
// before anything is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runQuietly } from './progress.mjs';
import { hasEditor } from './vendor/parts.mjs';

/** Major version → the first minor that has what the server needs (docs/decisions.md). */
const OLDEST_NODE = { 22: 21, 24: 9 };
const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
/** npm writes it when an installation is whole, and never before. */
const installedLock = join(modules, '.package-lock.json');
const toRun = process.argv.includes('--to-run') && hasEditor(root);
const onWindows = process.platform === 'win32';

const readPackages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
const wanted = readPackages(join(root, 'package-lock.json'));

/** Whether node_modules holds what the lock file says: other platforms' packages may be absent. */
function installed() {
  if (!existsSync(installedLock)) return false;
  const found = readPackages(installedLock);
  return (
    Object.keys(found).every((path) => wanted[path]) &&
    Object.entries(wanted).every(([path, entry]) => {
      if (path === '') return true;
      const { version, integrity, optional } = entry;
      const there = found[path];
      if (!there) return optional === true || (toRun && isForTests(entry));
      return there.version === version && there.integrity === integrity;
    })
  );
}

/** What the lock file says of a package that only `devDependencies` ask for. */
function isForTests({ dev, devOptional }) {
  return dev === true || devOptional === true;
}

function count(folder) {
  try {
    return readdirSync(folder).length;
  } catch {
    return 0;
  }
}

async function install() {
  const expected = Object.entries(wanted).filter(
    ([path, entry]) =>
      path.split('node_modules/').length === 2 &&
      !path.includes('/@') &&
      !(toRun && isForTests(entry)),
  ).length;
  // Windows can't delete the node.exe that runs this, and `npm ci` begins by deleting everything.
  const inTree = process.execPath.startsWith(modules);
  const command = onWindows && inTree ? 'install' : 'ci';
  // `--loglevel=error`: the machine's Node may be too old for packages that it will never run.
  const args = [command, '--loglevel=error', '--no-fund', '--no-audit', '--no-progress'];
  if (toRun) args.push('--omit=dev');
  const npm = process.env['npm_execpath'];
  const node = process.env['npm_node_execpath'] || process.execPath;
  const { code, output } = npm
    ? await runQuietly('Installing what the course needs', node, [npm, ...args], options(expected))
    : await runQuietly('Installing what the course needs', onWindows ? 'npm.cmd' : 'npm', args, {
        ...options(expected),
        shell: onWindows,
      });
  if (code !== 0) {
    console.error(output.trim());
    console.error('\nThe packages could not be installed. npm says why above; then try again.');
    process.exit(1);
  }
}

function options(expected) {
  const detail = () => `${Math.min(count(modules), expected)} of about ${expected} packages,`;
  // Asked politely, npm first puts everything back, and goes on for seconds after Ctrl-C.
  return { cwd: root, detail, endBy: 'SIGKILL' };
}

/** The Node that the scripts will get: the project's own where its platform has one. */
function nodeVersion() {
  const own = join(modules, '.bin', onWindows ? 'node.cmd' : 'node');
  if (!existsSync(own)) return process.versions.node;
  try {
    return execFileSync(own, ['-p', 'process.versions.node'], { shell: onWindows }).toString();
  } catch {
    return process.versions.node;
  }
}

function newEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 24 || minor >= OLDEST_NODE[major];
}

if (!installed()) await install();
const version = nodeVersion().trim();
if (!newEnough(version)) {
  console.error(
    `The course needs Node 24 (or 22.21 and later of 22); this machine runs ${version}.\n` +
      'The project brings its own Node for Linux (x64, arm64) and Windows (x64); here it has none.\n' +
      'Install Node 24 from https://nodejs.org, then run this again.',
  );
  process.exit(1);
}
