/**
 * The password and ACL files and the plugins that a conf names, opened in the order of Mosquitto
 * (src/security_default.c of 2.0; src/plugin_init.c, src/password_file.c, src/acl_file.c of 2.1).
 */
import { AclFile } from './auth/acl.ts';
import { PasswordFile } from './auth/passwd.ts';
import type { Facts } from './conf/changes.ts';
import type { PluginDraft } from './conf/parse-state.ts';
import type { ReadFile } from './conf/file-modes.ts';
import { configDirectory } from './conf/problem.ts';
import type { ConfigFiles, LogLine, ConfigProblem } from './conf/problem.ts';
import type { BrokerConf, ListenerConf, PersistenceConf, SecurityConf } from './conf/settings.ts';
import { lastWords, startPersistPlugin } from './persist-plugin.ts';

/** The security settings that hold for a listener. */
export interface Security {
  conf: SecurityConf;
  passwords?: PasswordFile;
  acl?: AclFile;
}

export interface Starting {
  /** Where a plugin saves, and what it says if the broker ends at its start. */
  saves?: PersistenceConf;
  lastWords?: LogLine[];
  problems: ConfigProblem[];
  log: LogLine[];
  files?: ConfigFiles;
}

/** Reports an error that ends the start. Returns false. */
export function fail(to: Starting, file: string, line: number, ...words: string[]): false {
  for (const text of words) to.log.push({ level: 'error', text });
  to.problems.push({ file, line, severity: 'error', text: words[0] ?? '' });
  return false;
}

const main = `${configDirectory}/mosquitto.conf`;
type Section = Security & { plugins: readonly PluginDraft[] };
type Open = (section: Section) => boolean;

/** By listener; undefined if a file is missing or invalid. */
export function openSecurities(
  conf: BrokerConf,
  read: ReadFile,
  facts: Facts,
  to: Starting,
): ReadonlyMap<ListenerConf, Security> | undefined {
  const openers = securityOpeners(conf, read, facts, to);
  const shared: Section = { conf: conf.security, plugins: conf.security.plugins };
  const own = new Map(conf.listeners.map((each) => [each, sectionOf(conf, each)]));
  const sections = [shared, ...own.values()];
  // 2.1 does not start with a plugin that nothing uses, and does not say so.
  const isUsed = (plugin: PluginDraft) => sections.some(({ plugins }) => plugins.includes(plugin));
  const idle = conf.loaded.find((plugin) => !isUsed(plugin));
  const done = facts.pluginsFirst
    ? openers.every((open) => sections.every(open))
    : sections.every((section) => openers.every((open) => open(section)));
  if (done && idle) {
    const text = 'The plugin is loaded and not used: Mosquitto ends without a message.';
    const { file, line } = idle;
    to.problems.push({ file, line, severity: 'error', text, key: 'unused-plugin' });
  }
  if (!done || idle) return undefined;
  // The broker's own files are asked before those of a listener.
  return new Map([...own].map(([each, { conf: its, passwords, acl }]) => [each, {
    conf: its,
    ...pick('passwords', shared.passwords ?? passwords),
    ...pick('acl', shared.acl ?? acl),
  }])); // prettier-ignore
}

const pick = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [k in K]: V });

/** A listener's own settings. What the broker has for all is opened once, with the broker's. */
function sectionOf(conf: BrokerConf, { security, plugins, allowAnonymous }: ListenerConf): Section {
  const its: SecurityConf = { ...security, ...pick('allowAnonymous', allowAnonymous) };
  if (conf.perListenerSettings) return { conf: its, plugins: [...security.plugins, ...plugins] };
  const { allowAnonymous: anonymous, allowZeroLengthClientId } = its;
  const bare = { allowAnonymous: anonymous, allowZeroLengthClientId, plugins: [] };
  return { conf: bare, plugins };
}

function securityOpeners(conf: BrokerConf, read: ReadFile, facts: Facts, to: Starting): Open[] {
  const registered = (who: string, ...events: string[]): void => {
    for (const text of events.flatMap((event) => facts.registered(who, event))) {
      to.log.push({ level: 'information', text });
    }
  };
  let isMissing = false;
  const opened = (path: string): string | undefined => {
    const text = read(path);
    isMissing = text === undefined;
    return text;
  };
  const passwords = (section: Section, path: string, who = 'builtin-security'): boolean => {
    const text = opened(path);
    if (text === undefined) return fail(to, main, 0, ...facts.noPasswordFile(path));
    const { file, problems, log } = PasswordFile.parse(text, path, facts);
    to.problems.push(...problems);
    to.log.push(...log);
    if (!file) return false;
    section.passwords ??= file;
    registered(who, 'basic-auth');
    return true;
  };
  const acl = (section: Section, path: string, who = 'builtin-security'): boolean => {
    const text = opened(path);
    if (text === undefined) return fail(to, main, 0, `Error: Unable to open acl_file "${path}".`);
    const { file, problems, log } = AclFile.parse(text, path);
    to.problems.push(...problems);
    to.log.push(...log);
    if (!file) return false;
    section.acl ??= file;
    registered(who, 'acl-check');
    return true;
  };
  const plugin = (section: Section, its: PluginDraft): boolean => {
    to.log.push({ level: 'information', text: `Loading plugin: ${its.path}` });
    const name = facts.plugins[fileNameOf(its.path) ?? ''];
    if (name === undefined) {
      const missing = `Load error: ${its.path}: cannot open shared object file: No such file or directory`;
      return fail(to, its.file, its.line, facts.plugin(its.path), missing);
    }
    if (name === 'persist-sqlite') return persist(its);
    const [word, open] =
      name === 'password-file'
        ? (['password_file', passwords] as const)
        : (['acl_file', acl] as const);
    const refuse = (code: number, ...words: string[]) =>
      fail(to, its.file, its.line, ...words, `Error: Plugin returned ${code} when initialising.`);
    const unknown = its.options.find(({ key }) => key !== word);
    if (unknown) return refuse(3, `${name}: Error: Unknown option '${unknown.key}'.`);
    const path = its.options.at(-1)?.value;
    // Without rules it is as if the plugin were not there.
    if (path === undefined && name === 'acl-file') {
      registered(name, 'acl-check');
      return loaded(name);
    }
    if (!open(section, path ?? '(null)', name)) {
      const code = isMissing ? 13 : 3;
      to.log.push({ level: 'error', text: `Error: Plugin returned ${code} when initialising.` });
      return false;
    }
    return loaded(name);
  };
  const persist = (its: PluginDraft): boolean => {
    const { log, code, saves } = startPersistPlugin(its, conf);
    to.lastWords = lastWords(code);
    if (code !== undefined) {
      const texts = log.map(({ text }) => text);
      const ended = `Error: Plugin returned ${code} when initialising.`;
      return fail(to, its.file, its.line, ...texts, ended);
    }
    to.log.push(...log);
    if (saves) to.saves = saves;
    return true;
  };
  const loaded = (name: string): true => {
    registered(name, 'reload');
    to.log.push({ level: 'information', text: `Plugin ${name} loaded.` });
    return true;
  };
  return [
    (section) => section.plugins.every((each) => plugin(section, each)),
    (section) =>
      section.conf.passwordFile === undefined || passwords(section, section.conf.passwordFile),
    (section) => {
      const path = section.conf.aclFile;
      if (path === undefined || acl(section, path)) return true;
      to.log.push({ level: 'error', text: `Error opening acl file "${path}".` });
      return false;
    },
    ({ conf: { pskFile } }) => {
      if (pskFile === undefined || read(pskFile) !== undefined) return true;
      const failed = `Error opening psk file "${pskFile}".`;
      return fail(to, main, 0, `Error: Unable to open pwfile "${pskFile}".`, failed);
    },
  ];
}

/** Where the dynamic linker finds a plugin: Debian's folders, Docker's, or none. */
function fileNameOf(path: string): string | undefined {
  return /^(?:\/usr\/lib\/(?:[a-z0-9_]+-linux-gnu\/)?(?:mosquitto\/)?)?([^/]+)$/.exec(path)?.[1];
}
