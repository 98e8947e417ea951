/**
 * Mosquitto's ACL file: which clients may read and write which topics. Parsed and evaluated as
 * src/security_default.c of Mosquitto 2.0.11 does it.
 */
import { PatternList, RuleList, type Access, type AclRule } from './acl-rules.ts';
import { fileLimits, configDirectory } from '../conf/problem.ts';
import type { LogLine, ConfigProblem } from '../conf/problem.ts';
import { linesOf, trimBlanks, trimEnd, Tokenizer } from '../conf/c-text.ts';
import { matches } from '../../mqtt/topic-match.ts';
import { filterFault } from '../../mqtt/topic-syntax.ts';

export type { Access } from './acl-rules.ts';

const accessTypes: ReadonlyMap<string, Omit<AclRule, 'filter'>> = new Map([
  ['read', { read: true, write: false }],
  ['write', { read: false, write: true }],
  ['readwrite', { read: true, write: true }],
  ['deny', { read: false, write: false }],
]);

/** TOPIC_HIERARCHY_LIMIT, 200 slashes. */
const mostLevels = 201;

export class AclFile {
  /** By user; undefined: the lines above the first `user`, for clients without a user name. */
  readonly #users = new Map<string | undefined, RuleList>();
  readonly #patterns = new PatternList();

  /** `file` undefined: an error; Mosquitto does not start. */
  static parse(
    text: string,
    path = `${configDirectory}/acl`,
  ): { file?: AclFile; problems: ConfigProblem[]; log: LogLine[] } {
    const file = new AclFile();
    const problems: ConfigProblem[] = [];
    const log: LogLine[] = [];
    let user: string | undefined;
    let [rules, patterns] = [0, 0];
    if (text.length > fileLimits.size) {
      const words = `Error: This sandbox reads at most ${fileLimits.size} characters of a file.`;
      log.push({ level: 'error', text: words });
      problems.push({ file: path, line: 0, severity: 'error', text: words });
      return { problems, log };
    }
    for (const [index, raw] of linesOf(text).entries()) {
      const report = (severity: ConfigProblem['severity'], words: string) => {
        log.push({ level: severity, text: words });
        problems.push({ file: path, line: index + 1, severity, text: words });
      };
      const line = trimEnd(raw);
      if (line.startsWith('#')) continue;
      const words = new Tokenizer(line);
      const keyword = words.next();
      if (keyword === undefined) continue;
      if (keyword === 'user') {
        const name = words.rest();
        if (name === undefined) {
          report('error', `Error: Missing username in acl_file "${path}".`);
          return { problems, log };
        }
        user = trimBlanks(name);
      } else if (keyword === 'topic' || keyword === 'pattern') {
        rules += 1;
        if (keyword === 'pattern') patterns += 1;
        const rule = tooMuch(line, rules, patterns) ?? readRule(words, path);
        if (typeof rule === 'string') {
          report('error', rule);
          return { problems, log };
        }
        if (keyword === 'pattern') {
          if (!/%[cu]/.test(rule.filter)) {
            report(
              'warning',
              `Warning: ACL pattern '${rule.filter}' does not contain '%c' or '%u'.`,
            );
          }
          file.#patterns.add(rule);
        } else {
          const list = file.#users.get(user) ?? new RuleList();
          list.add(rule);
          file.#users.set(user, list);
        }
      } else {
        // Mosquitto prints the line up to the end of its first word.
        const start = line.slice(0, line.indexOf(keyword) + keyword.length);
        report('error', `Error: Invalid line in acl_file "${path}": ${start}.`);
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

  #may(access: Access, user: string | undefined, clientId: string, topic: string): boolean {
    return (
      this.#users.get(user)?.judge(access, topic) ??
      this.#patterns.judge(access, user, clientId, topic) ??
      false
    );
  }
}

/** The sandbox's own limits: each line is evaluated for each message. */
function tooMuch(line: string, rules: number, patterns: number): string | undefined {
  const at = (most: number, what: string) => `Error: This sandbox takes at most ${most} ${what}.`;
  if (line.length > fileLimits.line) return at(fileLimits.line, 'characters in a line of access');
  if (rules > fileLimits.entries) return at(fileLimits.entries, 'lines of access');
  if (patterns > fileLimits.patterns) return at(fileLimits.patterns, 'patterns');
  return undefined;
}

/** What follows `topic` or `pattern`: the rule, or Mosquitto's error. */
function readRule(words: Tokenizer, path: string): AclRule | string {
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

/**
 * What holds for topics that begin with `$`, with or without an ACL file (`acl__check_dollar` in
 * src/security.c): undefined if it decides nothing.
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
