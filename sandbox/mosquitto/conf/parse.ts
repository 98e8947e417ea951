/**
 * Parses a mosquitto.conf as Mosquitto 2.0.11 does (src/conf.c): the options, the log messages, the
 * errors. The first error ends the parsing, as it ends Mosquitto.
 */
import { bridgeOf, bridgesError } from './bridge.ts';
import { finish } from './settings.ts';
import type { BrokerConf } from './settings.ts';
import { options } from './options.ts';
import type { OptionSpec, Value } from './options.ts';
import { absolute, fileLimits, configDirectory, textOf } from './problem.ts';
import type { ConfigFiles, LogLine, ConfigProblem } from './problem.ts';
import { newState, securityOf, Stop } from './parse-state.ts';
import type { Settings, Statement } from './parse-state.ts';
import { pluginOption, statements } from './statements.ts';
import { atoi, linesOf, trimBlanks, trimEnd, Tokenizer } from './c-text.ts';
import { readBool, stringError } from './values.ts';

export interface ConfReading {
  /** Undefined if the conf has an error: the broker does not start. */
  options?: BrokerConf;
  problems: ConfigProblem[];
  /** Mosquitto's messages only, in order. */
  log: LogLine[];
}

/**
 * `files` are those that include_dir can find. `text` undefined: no conf at all, Mosquitto's
 * defaults.
 */
export function parseConf(
  text: string | undefined,
  files: ConfigFiles = {},
  path = `${configDirectory}/mosquitto.conf`,
): ConfReading {
  const state = newState();
  const problems: ConfigProblem[] = [];
  const logLines: LogLine[] = [];

  const found = (file: string, line: number) => {
    logLines.push({ level: 'error', text: `Error found at ${file}:${line}.` });
  };

  /** False if an error ended the parsing; it is reported. */
  function readFile(file: string, fileText: string, main: boolean): boolean {
    const here: Statement['here'] = { file, line: 0, listener: state.defaultListener };
    const log = (level: LogLine['level'], words: string) => {
      logLines.push({ level, text: words });
      problems.push({ file, line: here.line, severity: 'warning', text: words });
    };
    const remark: Statement['remark'] = (key, values = {}) => {
      const option = values['option'] ?? '';
      const words = `The sandbox reads ${option} and does not act on it.`;
      problems.push({ file, line: here.line, severity: 'warning', text: words, key, values });
    };
    try {
      if (fileText.length > fileLimits.size) {
        throw new Stop(
          `Error: This sandbox reads at most ${fileLimits.size} characters of a file.`,
        );
      }
      for (const raw of linesOf(fileText)) {
        here.line += 1;
        if (raw === '' || raw.startsWith('#') || raw.startsWith('\r')) continue;
        const words = new Tokenizer(trimEnd(raw, '\r'));
        const name = words.next();
        if (name === undefined) continue;
        const statement: Statement = { name, words, state, here, log, remark };
        if (name === 'include_dir') {
          if (main && !include(statement)) {
            found(file, here.line);
            return false;
          }
        } else {
          read(statement);
        }
      }
      return true;
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      const words = error.message;
      if (words !== '') logLines.push({ level: 'error', text: words });
      problems.push({
        file,
        line: here.line,
        severity: 'error',
        text: words === '' ? `Error found at ${file}:${here.line}.` : words,
      });
      if (here.line > 0) found(file, here.line);
      return false;
    }
  }

  /** Every `*.conf` of a directory, capitals and small letters mixed as scmp_p sorts them. */
  function include({ words }: Statement): boolean {
    const directory = words.rest();
    if (directory === undefined) throw new Stop('Error: Empty include_dir value in configuration.');
    const under = `${absolute(directory)}/`;
    const names = Object.keys(files)
      .filter((name) => files[name] !== undefined)
      .map((name) => `${configDirectory}/${name}`);
    // Debian makes conf.d with the package; any other directory is there if a file is in it.
    if (under !== `${configDirectory}/conf.d/` && !names.some((name) => name.startsWith(under))) {
      throw new Stop(`Error: Unable to open include_dir '${directory}'.`);
    }
    const confs = names
      .filter((name) => name.startsWith(under) && /^[^/]+\.conf$/.test(name.slice(under.length)))
      .map((name) => name.slice(under.length))
      .sort(byLetter)
      .slice(0, fileLimits.files);
    for (const name of confs) {
      const file = `${directory}/${name}`;
      logLines.push({ level: 'information', text: `Loading config file ${file}` });
      if (!readFile(file, textOf(files, `${under}${name}`) ?? '', false)) return false;
    }
    return true;
  }

  let ok = readFile(path, text ?? '', true);
  if (ok) {
    const error = bridgesError(state);
    if (error !== undefined) {
      ok = false;
      logLines.push({ level: 'error', text: error });
      problems.push({ file: path, line: 0, severity: 'error', text: error });
    }
  }
  return ok ? { options: finish(state), problems, log: logLines } : { problems, log: logLines };
}

function byLetter(a: string, b: string): number {
  const upperA = a.toUpperCase();
  const upperB = b.toUpperCase();
  if (upperA !== upperB) return upperA < upperB ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One line that is not include_dir. */
function read(statement: Statement): void {
  const { name } = statement;
  const own = statements.get(name);
  if (own) {
    own(statement);
  } else if (/^(auth|plugin)_opt_/.test(name)) {
    pluginOption(statement);
  } else {
    const spec = options.get(name);
    if (!spec) throw new Stop(`Error: Unknown configuration variable "${name}".`);
    readOption(statement, spec);
  }
}

/** An option that is one value: `conf__parse_bool`, `conf__parse_int`, `conf__parse_string`. */
function readOption(statement: Statement, spec: OptionSpec): void {
  const { name, words, log } = statement;
  const settings = settingsOf(statement, spec);
  const key = spec.as ?? name;
  const label = spec.label ?? name;
  if (spec.notice !== undefined) log('notice', spec.notice);
  before(statement, settings);

  let value: Value;
  if (spec.takes === 'bool') {
    const bool = readBool(words.next(), label);
    if (typeof bool === 'object') throw new Stop(bool.error);
    value = bool;
  } else if (spec.takes === 'int') {
    const word = words.next();
    if (word === undefined) throw new Stop(`Error: Empty ${label} value in configuration.`);
    const error = spec.refuses?.(atoi(word));
    if (error !== undefined) throw new Stop(error);
    value = spec.kept?.(atoi(word)) ?? atoi(word);
    if (spec.remarks !== undefined && value !== atoi(word)) log('notice', spec.remarks);
  } else {
    const rest = words.rest();
    if (rest === undefined) throw new Stop(`Error: Empty ${label} value in configuration.`);
    if (settings.has(key) && name !== 'tls_keyform') {
      throw new Stop(`Error: Duplicate ${label} value in configuration.`);
    }
    value = trimBlanks(rest);
    const error = stringError(value, label);
    if (error !== undefined) throw new Stop(error);
  }
  settings.set(key, value);
  after(statement, value);
  if (name === 'bridge_insecure' && value === true) {
    log('warning', `Warning: Bridge ${bridgeOf(statement).name} using insecure mode.`);
  }
  if (spec.ignored !== undefined && spec.in !== 'bridge' && value !== spec.unless) {
    statement.remark(`ignored.${spec.ignored}`, { option: name });
  }
}

function settingsOf(statement: Statement, spec: OptionSpec): Settings {
  switch (spec.in) {
    case 'security':
      return securityOf(statement);
    case 'listener':
      return statement.here.listener.settings;
    case 'bridge':
      return bridgeOf(statement).settings;
    default:
      return statement.state.broker;
  }
}

const bridgeCertificate = ['bridge_cafile', 'bridge_capath', 'bridge_certfile', 'bridge_keyfile'];
const bridgeKey = ['bridge_identity', 'bridge_psk'];

/** Conditions that are checked before the value. */
function before(statement: Statement, settings: Settings): void {
  const { name, state, here } = statement;
  if ((name === 'cafile' || name === 'certfile') && settings.has('psk_hint')) {
    throw new Stop('Error: Cannot use both certificate and psk encryption in a single listener.');
  }
  if (name === 'mount_point' && state.listeners.length === 0) {
    throw new Stop(
      'Error: You must use create a listener before using the mount_point option in the configuration file.',
    );
  }
  if (name === 'auth_plugin_deny_special_chars' && !here.pluginOf) {
    throw new Stop(
      'Error: An auth_plugin_deny_special_chars option exists in the config file without an auth_plugin.',
    );
  }
  if (bridgeCertificate.includes(name) && bridgeKey.some((key) => settings.has(key))) {
    throw new Stop('Error: Cannot use both certificate and psk encryption in a single bridge.');
  }
  if (bridgeKey.includes(name) && bridgeCertificate.some((key) => settings.has(key))) {
    throw new Stop(
      'Error: Cannot use both certificate and identity encryption in a single bridge.',
    );
  }
}

/** Conditions of the value itself. */
function after({ name }: Statement, value: Value): void {
  if (name === 'mount_point' && /[+#]/.test(String(value))) {
    throw new Stop(
      `Error: Invalid mount_point '${String(value)}'. Does it contain a wildcard character?`,
    );
  }
  // Mosquitto stops here without a message.
  if (name === 'tls_engine_kpass_sha1' && !/^[0-9a-fA-F]{40}$/.test(String(value))) {
    throw new Stop('');
  }
}
