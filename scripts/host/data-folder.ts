/**
 * What outlives a restart belongs to the person, not into the folder of the course: a copy of that folder
 * must not carry the key of its certificate authority.
 */
import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where this person's data is; it may not exist. */
export function dataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'Retained');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Retained');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'retained');
}

/** The same, made; on a machine without a place to write, a folder that nobody finds again. */
export function usableDataFolder(warn: (line: string) => void): string {
  const folder = dataFolder();
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    const made = mkdtempSync(join(tmpdir(), 'retained-'));
    warn(
      `${folder} can't be written to (${(error as Error).message}). Classes are kept in ${made}, and the next start does not know them: --data <folder> chooses another place.`,
    );
    return made;
  }
}
