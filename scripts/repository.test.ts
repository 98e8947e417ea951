/** Facts that several files of the repository state: versions, npm scripts, packages, forms. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { steps } from './test/steps.ts';
import { packages } from './test/system.ts';
import { parts, prebuiltParts } from './vendor/parts.mjs';

const root = new URL('..', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  // Git still lists a file that was deleted and not committed yet.
  .filter((path) => path !== '' && existsSync(new URL(path, root)));
const filesLike = (pattern: RegExp): string[] => files.filter((path) => pattern.test(path));

interface Manifest {
  version: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

interface Step {
  run?: string;
  uses?: string;
}
interface Job {
  'timeout-minutes'?: number;
  strategy?: { matrix: { node?: number[] } };
  steps: Step[];
}
interface Workflow {
  permissions: unknown;
  concurrency: unknown;
  jobs: Record<string, Job>;
}
const workflows = filesLike(/^\.github\/workflows\//).map(
  (path) => [path, parse(read(path)) as Workflow] as const,
);
const devcontainer = JSON.parse(read('.devcontainer/devcontainer.json')) as {
  features: Record<string, { version: string }>;
  onCreateCommand: string;
  postCreateCommand: string;
};

const major = (version: string): number => Number(/\d+/.exec(version)?.[0]);
/** What `apt-get install` is given in a shell command. */
const aptPackages = (command: string): string[] =>
  /apt-get install ((?:\\\n|[^\n&;])*)/
    .exec(command)![1]!
    .split(/[\s\\]+/)
    .filter((word) => word !== '' && !word.startsWith('-'));
/** The words after a program in a shell command; 'two words' are one. */
const wordsAfter = (program: string, command: string): string[] =>
  command
    .split('\n')
    .filter((line) => line.startsWith(`${program} `))
    .flatMap((line) => line.slice(program.length).match(/'[^']*'|\S+/g)!)
    .map((word) => word.replaceAll("'", ''));

test('the version of the course stands in package.json only', () => {
  const { version } = manifest;
  const literal = new RegExp(`(?<![\\d.])${version.replaceAll('.', '\\.')}(?![\\d.])`);
  const sources = filesLike(/\.(?:ts|mjs|js|astro|ya?ml|json)$/).filter(
    (path) => !/^package(?:-lock)?\.json$|\.test\.ts$|\/captures\//.test(path),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.filter((path) => literal.test(read(path)))).toEqual([]);
  expect(JSON.parse(read('package-lock.json'))).toMatchObject({ version });
  expect(read('CHANGELOG.md')).toContain(`\n## ${version} - `);
});

/** What a source file imports when it runs: names of packages, and paths from the root. */
function importsOf(path: string): string[] {
  const statements = /^(?:import|export)\s(?!type\b)[^'";]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm; // prettier-ignore
  return [...read(path).matchAll(statements)].map(([, from, only, later]) => {
    const name = (from ?? only ?? later)!;
    if (name.startsWith('.')) return new URL(name, `file:///${path}`).pathname.slice(1);
    return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  });
}

test('what `npm start` builds with and runs is installed without the packages of the tests', () => {
  const pages = filesLike(/^src\/(?!.*\.test\.ts$).*\.(?:ts|astro)$/);
  const seen = new Set([
    'scripts/start.mjs',
    'scripts/start.ts',
    'scripts/build.ts',
    'scripts/build-vendor.ts',
    'astro.config.mjs',
    ...pages,
  ]);
  // A set takes what is added while it is walked.
  for (const path of seen)
    if (files.includes(path)) for (const one of importsOf(path)) seen.add(one);
  expect(seen).toContain('scripts/serve.ts');
  expect(seen).toContain('sandbox/room/room.ts');
  // Of the editor only: they are installed if it has to be built.
  const ofEditor = prebuiltParts.flatMap((name) => parts[name]!.inputs);
  const others = [...seen].filter(
    (path) => files.includes(path) && !ofEditor.some((one) => `${path}/`.startsWith(`${one}/`)),
  );
  const needed = others.filter((path) => importsOf(path).some((name) => name in manifest.devDependencies)); // prettier-ignore
  expect(needed).toEqual([]);
  for (const name of prebuiltParts)
    expect(parts[name]!.packages.filter((one) => one in manifest.devDependencies).length, name).toBeGreaterThan(0); // prettier-ignore
});

test('one major version of Node is packaged, recommended and tested, with the oldest that runs', () => {
  const packaged = new Set(
    Object.entries(manifest.optionalDependencies)
      .filter(([name]) => name.startsWith('node-'))
      .map(([, version]) => version),
  );
  expect(packaged.size).toBe(1);
  const newest = major([...packaged][0]!);
  const oldest = major(/OLDEST_NODE = \{(.*)\}/.exec(read('scripts/set-up.mjs'))![1]!);
  expect(major(read('.nvmrc'))).toBe(newest);
  expect(major(manifest.devDependencies['@types/node']!)).toBe(newest);
  expect(Object.values(devcontainer.features)).toMatchObject([{ version: String(newest) }]);
  const tested = workflows.flatMap(([, { jobs }]) =>
    Object.values(jobs).flatMap(({ strategy }) =>
      strategy?.matrix.node ? [strategy.matrix.node] : [],
    ),
  );
  expect(new Set(tested.map(String))).toEqual(new Set([`${oldest},${newest}`]));
});

test.each(workflows)('%s has few rights, ends in time and pins its actions', (_path, workflow) => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(workflow.concurrency).toBeDefined();
  for (const job of Object.values(workflow.jobs)) {
    expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    const uses = job.steps.flatMap((step) => step.uses ?? []);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
  }
});

test('commands of workflows and the dev container name files, and steps of npm test, that exist', () => {
  const runs = workflows.flatMap(([, { jobs }]) =>
    Object.values(jobs).flatMap((job) => job.steps.flatMap((step) => step.run ?? [])),
  );
  const commands = [...runs, devcontainer.postCreateCommand];
  const programs = commands.flatMap((command) => command.match(/(?<=\bnode )[\w./-]+/g) ?? []);
  expect(programs).toContain('scripts/test.ts');
  expect(programs.filter((path) => !files.includes(path))).toEqual([]);
  const asked = commands.flatMap((command) => wordsAfter('node scripts/test.ts', command));
  expect(asked).toContain('unit');
  const names = steps.map(({ name }) => name);
  expect(asked.filter((name) => !names.includes(name))).toEqual([]);
});

test('npm scripts that documents, workflows and hints name exist', () => {
  const named = filesLike(/\.(?:md|mdx|ya?ml|ts|mjs|json)$/).flatMap((path) =>
    [...read(path).matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)].map(
      ([, script]) => `${path}: ${script}`,
    ),
  );
  expect(named.length).toBeGreaterThan(30);
  const wrong = named.filter((one) => !(one.split(': ')[1]! in manifest.scripts));
  expect(wrong).toEqual([]);
});

test('CI and the dev container install the packages that npm test looks for', () => {
  const workflow = workflows.find(([path]) => path.endsWith('/ci.yml'))![1];
  const install = workflow.jobs['linux']!.steps.find(({ run }) => run?.includes('apt-get install'));
  // The container has no git yet, which the tests need, and no certificates to fetch with.
  const own = ['ca-certificates', 'git'];
  expect(aptPackages(install!.run!)).toEqual([...own, ...packages]);
  expect(aptPackages(devcontainer.onCreateCommand)).toEqual(packages);
});

test.each(filesLike(/^\.github\/ISSUE_TEMPLATE\/\d.*\.yml$/))('%s is an issue form', (path) => {
  const form = parse(read(path)) as {
    name: string;
    description: string;
    body: { type: string; id?: string; attributes: { label?: string; value?: string } }[];
  };
  expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
  const fields = form.body.filter(({ type }) => type !== 'markdown');
  expect(fields.length).toBeGreaterThan(0);
  for (const { attributes } of fields) expect(attributes.label).toBeTruthy();
  expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
});

// The reports in docs/upstream.md name files of other repositories.
const documents = filesLike(/\.md$/).filter((path) => path !== 'docs/upstream.md');
test.each(documents)('%s names only files and folders that exist', (document) => {
  const text = read(document);
  const named = text.matchAll(/`((?:sandbox|src|scripts|e2e|bench|docs|lessons)\/[\w./-]+)`/g);
  const linked = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g)];
  const gone = [
    ...[...named].map(([, path]) => new URL(path!, root)),
    ...linked.map(([, path]) => new URL(path!, new URL(document, root))),
  ].filter((url) => !existsSync(url));
  expect(gone.map(String)).toEqual([]);
});

test('every picture of the documents is in a document', () => {
  const text = filesLike(/\.md$/).map(read).join('\n');
  const pictures = filesLike(/^docs\/images\//).map((path) => path.replace('docs/', ''));
  expect(pictures.length).toBeGreaterThan(20);
  expect(pictures.filter((path) => !text.includes(path))).toEqual([]);
});
