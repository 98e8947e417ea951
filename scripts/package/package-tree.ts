/** What `npm publish` is given: the server as one file, the built pages, nothing to install or build. */
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { coursePages } from '../host/course-pages.ts';
import { entryFiles } from './entry-files.ts';
import { notices } from '../release/licences.ts';
import { lockedPackages } from '../release/packages.ts';

export interface PackageParts {
  /** The repository. */
  root: string;
  /** `serverBundle` */
  server: string;
  /** Folder of the built pages. */
  pages: string;
  /** The course's page, for `homepage` and `repository`. */
  repository?: string | undefined;
}

interface Own {
  name: string;
  version: string;
  description: string;
  license: string;
}

/** The repository's own manifest is private: what is published is written here. */
export function manifestOf(own: Own, repository?: string): Record<string, unknown> {
  const { name, version, description, license } = own;
  return {
    ...{ name, version, description, license },
    keywords: ['mqtt', 'broker', 'course', 'classroom', 'mosquitto', 'iot'],
    ...(repository && { homepage: repository, repository: { type: 'git', url: repository } }),
    type: 'module',
    bin: { retained: 'retained.mjs' },
    // What scripts/package/retained.mjs asks for.
    engines: { node: '>=22.18' },
    files: [
      'retained.mjs',
      'supervise.mjs',
      'course.mjs',
      'pages',
      'LICENSE',
      'NOTICES.txt',
      'README.md',
    ],
  };
}

const readMe = `# Retained: learn MQTT by doing

A course in English and Traditional Chinese, in which one learns MQTT by writing small programs in the
page. They talk to a real MQTT broker that comes with the course, and the page shows every packet that
really went over the wire.

\`\`\`sh
npx retained            # opens the course; prints its addresses, also for a class
npx retained doctor     # looks at this machine: ports, addresses, firewall, disk, clock
npx retained backup retained.zip
npx retained --help
\`\`\`

It needs Node 22.18 or newer, and nothing else: no build, no other package, no internet once it is
installed. What it keeps (classes, its certificate authority) is in the person's own data folder.
`;

/** @param out is replaced. */
export function writePackage(out: string, { root, server, pages, repository }: PackageParts): void {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Own;
  const write = (path: string, text: string) => writeFileSync(join(out, path), text);
  write('package.json', `${JSON.stringify(manifestOf(own, repository), null, 2)}\n`);
  write('README.md', readMe);
  write('LICENSE', readFileSync(join(root, 'LICENSE'), 'utf8'));
  write('NOTICES.txt', notices(root, lockedPackages(root)));
  write('course.mjs', server);
  for (const { name, bytes } of entryFiles()) writeFileSync(join(out, name), bytes);
  chmodSync(join(out, 'retained.mjs'), 0o755);
  for (const { path, file } of coursePages(pages)) {
    const to = join(out, 'pages', path);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(file, to);
  }
}
