/** Owner, group and mode of the broker's files, and what the broker makes of them. */
import type { FileModes } from '../../protocol/exercise.ts';
import type { Facts } from './changes.ts';
import { absolute, nameOf, textOf } from './problem.ts';
import type { ConfigFiles, ConfigProblem, LogLine } from './problem.ts';

export interface FileMode {
  owner: string;
  group: string;
  /** The lower twelve bits, as chmod(1) takes them in octal. */
  bits: number;
}

/** Of a file that nobody gave another one. Where it is secret, as the lessons have it made. */
const usual: Readonly<Record<string, string>> = {
  '.': 'root:root 755',
  'mosquitto.conf': 'root:root 644',
};

/** @param name as in `FileModes` */
export function modeOf(modes: FileModes = {}, name: string): FileMode {
  const texts: Readonly<Record<string, string | undefined>> = modes;
  const text = texts[name] ?? usual[name] ?? 'mosquitto:mosquitto 600';
  const [owner = '', group = '', mode = ''] = text.split(/[: ]/);
  return { owner, group, bits: parseInt(mode, 8) };
}

/** The only group that a user is in. */
export const groupOf = (user: string): string => (user === 'nobody' ? 'nogroup' : user);

/** @param wanted 4: read, 2: write, 1: enter a directory; or their sum */
export function mayUse({ owner, group, bits }: FileMode, user: string, wanted: number): boolean {
  const shift = owner === user ? 6 : group === groupOf(user) ? 3 : 0;
  return user === 'root' || ((bits >> shift) & wanted) === wanted;
}

/** What Mosquitto remarks on a file with secrets (lib/misc_mosq.c): the lines of each remark. */
export function remarksOn(path: string, mode: FileMode, user: string): string[][] {
  const said: string[][] = [];
  const remark = (what: string, fix = '', ...more: string[]) =>
    said.push([
      `Warning: File ${path} ${what}. Future versions will refuse to load this file.${fix}`,
      ...more,
    ]);
  const toFix = (command: string) => `To fix this, use \`${command} ${path}\`.`;
  const group = groupOf(user);
  if (mode.bits & 7) remark('has world readable permissions', '', toFix('chmod 0700'));
  if (mode.owner !== user) remark(`owner is not ${user}`, toFix(`chown ${user}`));
  if (mode.group !== group) remark(`group is not ${group}`);
  return said;
}

/** Reads a file with secrets; undefined: there is none, or the broker's user may not read it. */
export type ReadFile = (path: string) => string | undefined;

export function fileReader(
  files: ConfigFiles,
  modes: FileModes | undefined,
  user: string,
  facts: Facts,
  { log, problems }: { log: LogLine[]; problems: ConfigProblem[] },
): ReadFile {
  return (path) => {
    const text = textOf(files, path);
    if (text === undefined) return undefined;
    const mode = modeOf(modes, nameOf(path)!);
    if (!mayUse(modeOf(modes, '.'), user, 1) || !mayUse(mode, user, 4)) return undefined;
    for (const lines of facts.remarks ? remarksOn(path, mode, user) : []) {
      problems.push({ file: absolute(path), line: 0, severity: 'warning', text: lines.join(' ') });
      for (const words of [...lines, ...facts.remarks!])
        log.push({ level: 'warning', text: words });
    }
    return text;
  };
}
