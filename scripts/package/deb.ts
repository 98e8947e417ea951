/** A package of Debian with Node in it: Debian 12 and 13 have an older one. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, lutimesSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { dirname, join } from 'node:path';
import type { NodeProgram } from '../folder/node-program.ts';

export const debArchitectures = { amd64: 'linux-x64', arm64: 'linux-arm64' } as const;
export type DebArchitecture = keyof typeof debArchitectures;

export interface DebParts {
  /** The repository. */
  root: string;
  /** What `writePackage` made. */
  tree: string;
  node: NodeProgram;
  architecture: DebArchitecture;
  version: string;
  maintainer: string;
  /** Seconds since 1970, for every file. */
  time: number;
}

const LIB = 'usr/lib/retained';
/** Beside it, wherever the package is unpacked. */
const command = `#!/bin/sh
here=\${0%/bin/*}
exec "$here/lib/retained/node" "$here/lib/retained/retained.mjs" "$@"
`;
const settings = `# Settings of the course: retained --help lists them. For example:
#RETAINED_PORT=4321
#RETAINED_NAME=course.example.org
#RETAINED_TRUST_PROXY=127.0.0.1
#RETAINED_LOG=json
`;
/** Nothing is done to the machine if the package goes into a root of its own (dpkg --root). */
const scripts = {
  postinst: `#!/bin/sh
set -e
[ "$1" = configure ] || exit 0
[ -z "\${DPKG_ROOT:-}" ] || exit 0
getent passwd retained >/dev/null ||
  useradd --system --user-group --no-create-home --home-dir /var/lib/retained --shell /usr/sbin/nologin retained
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl enable retained.service
  systemctl restart retained.service
fi
`,
  prerm: `#!/bin/sh
set -e
[ -z "\${DPKG_ROOT:-}" ] || exit 0
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl disable --now retained.service
fi
`,
  postrm: `#!/bin/sh
set -e
[ -z "\${DPKG_ROOT:-}" ] || exit 0
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
# Classes and keys go only with purge.
if [ "$1" = purge ]; then rm -rf /var/lib/retained; fi
`,
};

const control = ({ version, architecture, maintainer }: DebParts, kilobytes: number): string =>
  `Package: retained
Version: ${version}
Architecture: ${architecture}
Maintainer: ${maintainer}
Installed-Size: ${kilobytes}
Depends: libc6 (>= 2.28), libstdc++6, passwd
Section: education
Priority: optional
Description: course in which one learns MQTT by doing
 Lessons in English and Traditional Chinese with programs that run in the page
 and talk to a real MQTT broker that comes with the course. It serves a class on
 a network without internet. Node is in the package.
`;

/** @param out the file; @param compression of dpkg-deb: `xz`, or `none` for a test */
export function writeDeb(out: string, work: string, parts: DebParts, compression = 'xz'): void {
  const { root, tree, node, time } = parts;
  rmSync(work, { recursive: true, force: true });
  const put = (path: string, content: string | Uint8Array, mode = 0o644): void => {
    const to = join(work, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, content);
    chmodSync(to, mode);
  };
  const doc = 'usr/share/doc/retained';
  cpSync(tree, join(work, LIB), { recursive: true });
  put(`${LIB}/node`, node.program, 0o755);
  put('usr/bin/retained', command, 0o755);
  put(
    'usr/lib/systemd/system/retained.service',
    readFileSync(join(root, 'deploy/retained.service')),
  );
  put('etc/default/retained', settings);
  put(`${doc}/operations.md`, readFileSync(join(root, 'docs/operations.md')));
  put(`${doc}/copyright`, readFileSync(join(root, 'LICENSE')));
  put(`${doc}/copyright-of-node`, node.licence);
  const kilobytes = Math.ceil(sizeOf(work) / 1024);
  put('DEBIAN/control', control(parts, kilobytes));
  put('DEBIAN/conffiles', '/etc/default/retained\n');
  for (const [name, text] of Object.entries(scripts)) put(`DEBIAN/${name}`, text, 0o755);
  forAll(work, time);
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', work, out], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(time) },
    stdio: 'pipe',
  });
}

const entriesOf = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true });

function sizeOf(folder: string): number {
  return entriesOf(folder)
    .filter((one) => one.isFile())
    .reduce((sum, one) => sum + readFileSync(join(one.parentPath, one.name)).length, 0);
}

/** The same rights and times on every machine, whatever its umask. */
function forAll(folder: string, time: number): void {
  for (const one of [...entriesOf(folder), null]) {
    const path = one ? join(one.parentPath, one.name) : folder;
    if (!one || one.isDirectory()) chmodSync(path, 0o755);
    else if (!/\/(?:node|retained|retained\.mjs|postinst|prerm|postrm)$/.test(path)) chmodSync(path, 0o644); // prettier-ignore
    lutimesSync(path, time, time);
  }
  chmodSync(join(folder, 'etc/default/retained'), 0o644);
}
