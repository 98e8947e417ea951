/**
 * `npm run release -- 0.2.0`: what a version is made of. Dry unless `--write`: the artefacts are built, and what
 * would be changed is printed. With `--write` the version, the changelog, a commit and a tag are made here;
 * nothing is ever pushed or published.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './build.ts';
import { isNewer, released, unreleased } from './release/changelog.ts';
import { notices, unfit } from './release/licences.ts';
import { lockedPackages } from './release/packages.ts';
import { prebuiltFolder } from './vendor/parts.mjs';
import { cycloneDx, type Subject } from './release/sbom.ts';

const usage = `npm run release -- <version> [options]

  --write             set the version and the changelog, commit and tag (off: only said)
  --no-build          leave out the artefacts that need a build
  --twice             build them a second time, and compare
  --platform <names>  of the folders and Debian packages (those whose Node is at hand: linux-x64)
  --out <folder>      where the artefacts go (dist-release)`;

const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim(); // prettier-ignore
const manifest = (): Subject => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Subject; // prettier-ignore

/** What stands in the way, a line each. */
function obstacles(version: string, changelog: string, isWritten: boolean): string[] {
  const { version: present } = manifest();
  const lines = unfit(lockedPackages(root)).map((one) => `A licence does not fit: ${one}`);
  if (!isNewer(version, present))
    lines.push(`${version} is no version after ${present} (form: 1.2.3).`);
  if (unreleased(changelog) === '') lines.push('CHANGELOG.md has nothing under “Unreleased”.');
  if (isWritten && git('status', '--porcelain') !== '')
    lines.push('Not all changes are committed.');
  if (git('tag', '--list', `v${version}`) !== '') lines.push(`There is a tag v${version} already.`);
  return lines;
}

function writeVersion(version: string, changelog: string, date: string): void {
  execFileSync('npm', ['version', version, '--no-git-tag-version', '--ignore-scripts'], { cwd: root, stdio: 'pipe' }); // prettier-ignore
  writeFileSync(join(root, 'CHANGELOG.md'), released(changelog, version, date));
  // A clone of this version starts without building the editor.
  execFileSync(process.execPath, [join('scripts', 'build-vendor.ts'), '--keep'], { cwd: root, stdio: 'pipe' }); // prettier-ignore
  git('add', 'package.json', 'package-lock.json', 'CHANGELOG.md', prebuiltFolder);
  git('commit', '--quiet', '--message', `release: ${version}`);
}

interface Artefacts {
  out: string;
  platform: string;
  /** Seconds since 1970, for files that have times. */
  time: number;
}

/** Each by the script that hosts call, so that nothing is made in two ways. */
function buildAll({ out, platform, time }: Artefacts): void {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(time) };
  const run = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, [join('scripts', script), ...args], { cwd: root, env, stdio: 'inherit' }); // prettier-ignore
  run('build-package.ts', '--out', out);
  rmSync(join(out, 'package'), { recursive: true });
  run('build-folder.ts', '--out', out, '--platform', platform);
  const debs = { 'linux-x64': 'amd64', 'linux-arm64': 'arm64' } as Record<string, string>;
  const architectures = platform.split(',').flatMap((name) => debs[name.trim()] ?? []);
  if (architectures.length > 0) run('build-deb.ts', '--out', out, '--architecture', architectures.join()); // prettier-ignore
  const folder = join('.retained', 'release-static');
  run('build-static.ts', '--out', folder, '--zip', join(out, `retained-${manifest().version}-static.zip`)); // prettier-ignore
  run('build-scorm.ts', '--all', '--out', out);
}

function writePapers(out: string, time: number): void {
  const packages = lockedPackages(root);
  const bom = cycloneDx(manifest(), packages, new Date(time * 1000).toISOString());
  writeFileSync(join(out, 'retained.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
  writeFileSync(join(out, 'NOTICES.txt'), notices(root, packages));
}

/** As `sha256sum --check` reads it. */
function sumsOf(out: string): string {
  return readdirSync(out)
    .filter((name) => name !== 'SHA256SUMS' && statSync(join(out, name)).isFile())
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(out, name)))
          .digest('hex')}  ${name}\n`,
    ) // prettier-ignore
    .join('');
}

function make(artefacts: Artefacts, isBuilt: boolean): string {
  mkdirSync(artefacts.out, { recursive: true });
  if (isBuilt) buildAll(artefacts);
  writePapers(artefacts.out, artefacts.time);
  const sums = sumsOf(artefacts.out);
  writeFileSync(join(artefacts.out, 'SHA256SUMS'), sums);
  return sums;
}

function main(): void {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: yes, 'no-build': yes, twice: yes, platform: text, out: text },
  });
  const [version] = positionals;
  if (!version) throw new Error(usage);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const inTheWay = obstacles(version, changelog, values.write === true);
  if (inTheWay.length > 0) throw new Error(inTheWay.join('\n'));
  const date = new Date().toISOString().slice(0, 10);
  if (values.write) writeVersion(version, changelog, date);
  else
    console.log(`Dry: with --write the version ${manifest().version} becomes ${version}, CHANGELOG.md gets “## ${version} - ${date}”, and both are committed and tagged v${version}. The artefacts are of ${manifest().version}.`); // prettier-ignore
  // Of the commit: the same commit gives the same files.
  const time = Number(git('log', '-1', '--format=%ct'));
  const artefacts = { out: resolve(root, values.out ?? 'dist-release'), platform: values.platform ?? 'linux-x64', time }; // prettier-ignore
  const sums = make(artefacts, !values['no-build']);
  if (values.twice) {
    // From nothing: what was built is not used again.
    for (const built of ['dist', 'public/vendor', '.retained/built', '.retained/release-static', '.retained/packages']) rmSync(join(root, built), { recursive: true, force: true }); // prettier-ignore
    const again = make({ ...artefacts, out: `${artefacts.out}-again` }, !values['no-build']);
    if (again !== sums) throw new Error(`The second build differs:\n${sums}\n${again}`);
    console.log('The second build is the same, byte for byte.');
  }
  if (values.write) git('tag', '--annotate', `v${version}`, '--message', `Retained ${version}`);
  console.log(`${artefacts.out}:\n${sums}`);
  if (values.write) console.log(`Look at it, then: git push --follow-tags, npm publish ${artefacts.out}/retained-${version}.tgz`); // prettier-ignore
}

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
