/**
 * Mosquitto's ACL file: who may read and write which topics. Read and asked as
 * src/security_default.c of Mosquitto 2.0.11 does it.
 */
import { fileLimits, home } from './mosquitto-problem.ts';
import type { LogLine, Problem } from './mosquitto-problem.ts';
import { linesOf, trimBlanks, Words } from './mosquitto-text.ts';
import { matches } from './topic.ts';
import { filterFault } from './topic-rules.ts';

export type Access = 'read' | 'write';

interface Rule {
  filter: string;
  /** Neither: a `deny`. */
  read: boolean;
  write: boolean;
}

const accessTypes: ReadonlyMap<string, Omit<Rule, 'filter'>> = new Map([
  ['read', { read: true, write: false }],
  ['write', { read: false, write: true }],
  ['readwrite', { read: true, write: true }],
  ['deny', { read: false, write: false }],
]);

/** TOPIC_HIERARCHY_LIMIT, 200 slashes. */
const mostLevels = 201;

export class AclFile {
  /** By user; undefined: the lines above the first `user`, for clients without a user name. */
  readonly #users = new Map<string | undefined, Rule[]>();
  readonly #patterns: Rule[] = [];

  /** `file` undefined: an error; Mosquitto does not start. */
  static parse(
    text: string,
    path = `${home}/acl`,
  ): { file?: AclFile; problems: Problem[]; log: LogLine[] } {
    const file = new AclFile();
    const problems: Problem[] = [];
    const log: LogLine[] = [];
    let user: string | undefined;
    let rules = 0;
    for (const [index, raw] of linesOf(text).entries()) {
      const tell = (severity: Problem['severity'], words: string) => {
        log.push({ level: severity, text: words });
        problems.push({ file: path, line: index + 1, severity, text: words });
      };
      const line = trimEnd(raw);
      if (line.startsWith('#')) continue;
      const words = new Words(line);
      const keyword = words.next();
      if (keyword === undefined) continue;
      if (keyword === 'user') {
        const name = words.rest();
        if (name === undefined) {
          tell('error', `Error: Missing username in acl_file "${path}".`);
          return { problems, log };
        }
        user = trimBlanks(name);
      } else if (keyword === 'topic' || keyword === 'pattern') {
        const rule = readRule(words, path);
        rules += 1;
        if (typeof rule === 'string' || rules > fileLimits.entries) {
          const limit = `Error: This sandbox takes at most ${fileLimits.entries} lines of access.`;
          tell('error', typeof rule === 'string' ? rule : limit);
          return { problems, log };
        }
        if (keyword === 'pattern') {
          if (!/%[cu]/.test(rule.filter)) {
            tell('warning', `Warning: ACL pattern '${rule.filter}' does not contain '%c' or '%u'.`);
          }
          insert(file.#patterns, rule);
        } else {
          const list = file.#users.get(user) ?? [];
          insert(list, rule);
          file.#users.set(user, list);
        }
      } else {
        // What C prints is the line up to the end of its first word.
        const start = line.slice(0, line.indexOf(keyword) + keyword.length);
        tell('error', `Error: Invalid line in acl_file "${path}": ${start}.`);
        return { problems, log };
      }
    }
    return { file, problems, log };
  }

  mayRead(user: string | undefined, clientId: string, topic: string): boolean {
    return this.#may('read', user, clientId, topic);
  }

  mayWrite(user: string | undefined, clientId: string, topic: string): boolean {
    return this.#may('write', user, clientId, topic);
  }

  /**
   * Mosquitto 2.0.11 grants every subscription and judges each message as it would be delivered.
   */
  maySubscribe(_user: string | undefined, _clientId: string, _filter: string): boolean {
    return true;
  }

  #may(access: Access, user: string | undefined, clientId: string, topic: string): boolean {
    for (const rule of this.#users.get(user) ?? []) {
      if (!covers(rule.filter, topic)) continue;
      if (!rule.read && !rule.write) return false;
      if (rule[access]) return true;
    }
    if (this.#patterns.length === 0) return false;
    // A client that calls itself `#` would be given everybody's place by a pattern.
    if (isDangerous(user) || isDangerous(clientId)) return false;
    for (const rule of this.#patterns) {
      if (user === undefined && rule.filter.includes('%u')) continue;
      if (!covers(substitute(rule.filter, user, clientId), topic)) continue;
      if (!rule.read && !rule.write) return false;
      if (rule[access]) return true;
    }
    return false;
  }
}

/** A rule about `$…` is for topics with `$`, and no other rule is. */
function covers(filter: string, topic: string): boolean {
  return filter.startsWith('$') === topic.startsWith('$') && matches(filter, topic);
}

/** Denials are asked first, wherever they stand (`add__acl`). */
function insert(list: Rule[], rule: Rule): void {
  if (!rule.read && !rule.write) list.unshift(rule);
  else list.push(rule);
}

/** What follows `topic` or `pattern`: the rule, or Mosquitto's error. */
function readRule(words: Words, path: string): Rule | string {
  const first = words.next();
  if (first === undefined) return `Error: Empty topic in acl_file "${path}".`;
  const rest = words.rest();
  const filter = rest === undefined ? first : trimBlanks(rest);
  const access = accessTypes.get(rest === undefined ? 'readwrite' : first);
  if (!access) return `Error: Invalid topic access type "${first}" in acl_file "${path}".`;
  if (filterFault(filter, false) !== null || filter.split('/').length > mostLevels)
    return `Error: Invalid ACL topic "${filter}" in acl_file "${path}".`;
  return { filter, ...access };
}

function trimEnd(line: string): string {
  return line.replace(/[ \t\n\v\f\r]+$/, '');
}

function isDangerous(name: string | undefined): boolean {
  return name !== undefined && /[+#]/.test(name);
}

/** `%c` and `%u`, once, from left to right: what is put in is not looked at again. */
function substitute(filter: string, user: string | undefined, clientId: string): string {
  return filter.replace(/%[cu]/g, (name) => (name === '%c' ? clientId : (user ?? name)));
}

/**
 * What holds for topics that begin with `$`, with or without an ACL file (`acl__check_dollar` in
 * src/security.c): undefined where it decides nothing.
 */
export function dollarRule(access: Access, topic: string): false | undefined {
  if (topic.startsWith('$SYS')) {
    // Bridges announce themselves there.
    if (access === 'write' && !matches('$SYS/broker/connection/+/state', topic)) return false;
  } else if (topic.startsWith('$share')) {
    return false;
  }
  return undefined;
}
