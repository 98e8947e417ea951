/** A problem in a file, for its author. `text` is plain English, for a log or a shell. */
export interface ConfigProblem {
  /** The file as Mosquitto names it: `/etc/mosquitto/mosquitto.conf`. */
  file: string;
  /** 1 for the first line; 0 if the problem concerns the whole file. */
  line: number;
  /** With an error the broker does not start. */
  severity: 'error' | 'warning';
  /** Mosquitto's own message, or with `key` the sandbox's. */
  text: string;
  /** Key of the language files (`files.<key>`): only for messages of the sandbox. */
  key?: string;
  /** Values for the sentence. Written by the learner: show them as text. */
  values?: Record<string, string | number>;
}

/** A line of Mosquitto's log, without its time. */
export interface LogLine {
  level: 'error' | 'warning' | 'notice' | 'information';
  text: string;
}

/** Files by name, relative to the directory of `mosquitto.conf`: `passwd`, `conf.d/local.conf`. */
export type ConfigFiles = Readonly<Record<string, string | undefined>>;

/** The directory of the broker's files on Debian, and in a room. */
export const configDirectory = '/etc/mosquitto';

/** More than a person writes, less than would hold up a room: in UTF-16 units and in entries. */
export const fileLimits = {
  size: 65_536,
  files: 16,
  listeners: 16,
  entries: 500,
  /**
   * Of an ACL file. The longest topic has 512 bytes, and each pattern is evaluated for each
   * delivery.
   */
  line: 1_024,
  patterns: 50,
} as const;

/**
 * The absolute path that a path of the conf means. The broker's working directory is `home`, as for
 * `mosquitto -c mosquitto.conf` run there.
 */
export function absolute(path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${configDirectory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The name of a file of the room; undefined if the path leads elsewhere. */
export function nameOf(path: string): string | undefined {
  const full = absolute(path);
  return full.startsWith(`${configDirectory}/`)
    ? full.slice(configDirectory.length + 1)
    : undefined;
}

/** The text of a file of the room, or undefined if there is no file of that path. */
export function textOf(files: ConfigFiles, path: string): string | undefined {
  const name = nameOf(path);
  return name !== undefined && Object.hasOwn(files, name) ? files[name] : undefined;
}
