/** The machines that a folder is made for, and what Node's own archives for them are called. */
export interface Platform {
  /** In the name of the zip. */
  name: string;
  /** In the names of Node's archives. */
  node: string;
  archive: 'tar.gz' | 'zip';
  /** In the archive, and in the folder. */
  program: 'bin/node' | 'node.exe';
}
const unix = (name: string, node: string): Platform => ({
  name,
  node,
  archive: 'tar.gz',
  program: 'bin/node',
});

export const platforms: readonly Platform[] = [
  { name: 'windows-x64', node: 'win-x64', archive: 'zip', program: 'node.exe' },
  unix('macos-arm64', 'darwin-arm64'),
  unix('macos-x64', 'darwin-x64'),
  unix('linux-x64', 'linux-x64'),
  unix('linux-arm64', 'linux-arm64'),
];

/** `node-v24.21.0-linux-x64`, the folder in the archive. */
export const archiveFolder = (version: string, { node }: Platform): string =>
  `node-v${version}-${node}`;
