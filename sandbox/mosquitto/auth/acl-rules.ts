/**
 * The rules of an ACL file, evaluated for each delivery. The work for one message is bounded: the
 * result for the last topic is kept (all deliveries of one message have the same topic), and a
 * pattern is expanded once for each client, and only if it could match.
 */
import { matchesLevels } from '../../mqtt/topic-match.ts';

export type Access = 'read' | 'write';

export interface AclRule {
  filter: string;
  /** Neither: a `deny`. */
  read: boolean;
  write: boolean;
}

/** True: granted; false: denied; undefined: no rule matches. */
type Verdict = boolean | undefined;
type Last = Partial<Record<Access, { topic: string; verdict: Verdict }>>;

/** Rules that hold as they are written. */
export class RuleList {
  readonly #rules: (AclRule & { levels: string[] })[] = [];
  #last: Last = {};

  add(rule: AclRule): void {
    insert(this.#rules, { ...rule, levels: rule.filter.split('/') });
    this.#last = {};
  }

  judge(access: Access, topic: string): Verdict {
    const last = this.#last[access];
    if (last?.topic === topic) return last.verdict;
    const of = topic.split('/');
    const verdict = decide(this.#rules, access, ({ levels }) => covers(levels, of));
    this.#last[access] = { topic, verdict };
    return verdict;
  }
}

interface Pattern extends AclRule {
  /** How often each occurs: `%c`, `%u`. */
  clientIds: number;
  userNames: number;
  /** The shortest topic that it matches has this many characters less than the pattern. */
  slack: number;
}

interface ExpandedPatterns {
  /** Levels of what it was expanded to, by place in the list of patterns. */
  readonly filters: (string[] | undefined)[];
  readonly last: Last;
}

/**
 * Approximate, in UTF-16 units. Twenty clients with fifty patterns of the longest topics fit:
 * otherwise each message would expand all patterns again.
 */
const mostKept = 1_048_576;

/** Rules with the names of clients in them. */
export class PatternList {
  readonly #patterns: Pattern[] = [];
  /** By client id and user name. */
  readonly #clients = new Map<string, ExpandedPatterns>();
  #kept = 0;

  add(rule: AclRule): void {
    const { filter } = rule;
    insert(this.#patterns, {
      ...rule,
      clientIds: filter.split('%c').length - 1,
      userNames: filter.split('%u').length - 1,
      // `+` matches an empty level, and `a/#` matches `a`.
      slack: filter.split('+').length - 1 + (filter.endsWith('#') ? 2 : 0),
    });
    this.#clients.clear();
    this.#kept = 0;
  }

  judge(access: Access, user: string | undefined, clientId: string, topic: string): Verdict {
    if (this.#patterns.length === 0) return undefined;
    // A pattern with `%c` would match every topic for a client with the identifier `#`.
    if (isDangerous(user) || isDangerous(clientId)) return false;
    const client = this.#client(user, clientId);
    const last = client.last[access];
    if (last?.topic === topic) return last.verdict;
    const of = topic.split('/');
    const verdict = decide(this.#patterns, access, (pattern, place) => {
      if (user === undefined && pattern.userNames > 0) return false;
      // From the lengths alone: a filter that is longer than the topic is not expanded.
      const length =
        pattern.filter.length +
        pattern.clientIds * (clientId.length - 2) +
        pattern.userNames * ((user?.length ?? 2) - 2);
      if (length - pattern.slack > topic.length) return false;
      let levels = client.filters[place];
      if (!levels) {
        levels = client.filters[place] = substitute(pattern.filter, user, clientId).split('/');
        this.#kept += length + 20 * levels.length;
      }
      return covers(levels, of);
    });
    client.last[access] = { topic, verdict };
    return verdict;
  }

  #client(user: string | undefined, clientId: string): ExpandedPatterns {
    const key = user === undefined ? clientId : `${clientId}\0${user}`;
    let client = this.#clients.get(key);
    if (client) return client;
    if (this.#kept > mostKept) {
      this.#clients.clear();
      this.#kept = 0;
    }
    client = { filters: [], last: {} };
    // The list and the map take some room, too.
    this.#kept += key.length + this.#patterns.length + 100;
    this.#clients.set(key, client);
    return client;
  }
}

function decide<R extends AclRule>(
  rules: readonly R[],
  access: Access,
  applies: (rule: R, place: number) => boolean,
): Verdict {
  for (let place = 0; place < rules.length; place += 1) {
    const rule = rules[place]!;
    const denies = !rule.read && !rule.write;
    if ((denies || rule[access]) && applies(rule, place)) return !denies;
  }
  return undefined;
}

/** Denials come first, in whatever order the file has them (`add__acl`). */
function insert<R extends AclRule>(list: R[], rule: R): void {
  if (!rule.read && !rule.write) list.unshift(rule);
  else list.push(rule);
}

/** A rule about `$…` is for topics with `$`, and no other rule is. */
function covers(filter: readonly string[], topic: readonly string[]): boolean {
  return filter[0]!.startsWith('$') === topic[0]!.startsWith('$') && matchesLevels(filter, topic);
}

function isDangerous(name: string | undefined): boolean {
  return name !== undefined && /[+#]/.test(name);
}

/** `%c` and `%u`, once, from left to right: inserted text is not expanded again. */
function substitute(filter: string, user: string | undefined, clientId: string): string {
  return filter.replace(/%[cu]/g, (name) => (name === '%c' ? clientId : (user ?? name)));
}
