/**
 * Parses a mosquitto.conf as a version of Mosquitto does (src/conf.c): the options, the log messages, the
 * errors. The first error ends the parsing, as it ends Mosquitto.
 */
import { bridgesError } from './bridge.ts';
import { drafts, finish } from './settings.ts';
import type { BrokerConf } from './settings.ts';
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import { usualMosquitto } from '../../protocol/mosquitto.ts';
import { factsOf, type Facts } from './changes.ts';
import { optionOf } from './options.ts';
import { absolute, fileLimits, configDirectory, textOf } from './problem.ts';
import type { ConfigFiles, LogLine, ConfigProblem } from './problem.ts';
import { newState, Stop } from './parse-state.ts';
import type { ConfState, Statement } from './parse-state.ts';
import { pluginOption } from './plugins.ts';
import { statementOf } from './statements.ts';
import { linesOf, trimEnd, Tokenizer } from './c-text.ts';
import { readOption } from './read-option.ts';

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
  version: MosquittoVersion = usualMosquitto,
): ConfReading {
  const path = `${configDirectory}/mosquitto.conf`;
  const state = newState();
  const facts = factsOf(version);
  const problems: ConfigProblem[] = [];
  const logLines: LogLine[] = [];

  const found = (file: string, line: number) => {
    const text = file === path ? `Error found at ${file}:${line}.` : facts.foundIn(file, line);
    logLines.push({ level: 'error', text });
  };

  /** False if an error ended the parsing; it is reported. */
  function readFile(file: string, fileText: string, main: boolean): boolean {
    const listener = facts.listenerFirst ? undefined : state.defaultListener;
    const here: Statement['here'] = { file, line: 0, listener };
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
        const statement: Statement = { name, words, state, facts, here, log, remark };
        if (name === 'include_dir') {
          if (!main && facts.includeIsForMain !== undefined) throw new Stop(facts.includeIsForMain);
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
      if (words !== '') logLines.push({ level: error.level, text: words });
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
    if (directory === undefined) {
      throw new Stop(`Error: Empty ${facts.quote('include_dir')} value in configuration.`);
    }
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
      logLines.push({ level: 'information', text: facts.loadingFile(file) });
      if (!readFile(file, textOf(files, `${under}${name}`) ?? '', false)) return false;
    }
    return true;
  }

  if (!readFile(path, text ?? '', true)) return { problems, log: logLines };
  const error = bridgesError(state) ?? certificatesError(state, facts);
  if (error !== undefined) {
    logLines.push({ level: 'error', text: error });
    problems.push({ file: path, line: 0, severity: 'error', text: error });
    return { problems, log: logLines };
  }
  return { options: finish(state, facts), problems, log: logLines };
}

function byLetter(a: string, b: string): number {
  const upperA = a.toUpperCase();
  const upperB = b.toUpperCase();
  if (upperA !== upperB) return upperA < upperB ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One line that is not include_dir. */
function read(statement: Statement): void {
  const { name, facts } = statement;
  const own = statementOf(name, facts.version);
  if (own) {
    own(statement);
  } else if (/^(auth|plugin)_opt_/.test(name)) {
    pluginOption(statement);
  } else {
    const spec = optionOf(name, facts.version);
    if (!spec) throw new Stop(facts.unknownOption(name));
    readOption(statement, spec);
  }
}

/** TLS without one of its files, which newer versions look for before a listener opens. */
function certificatesError(state: ConfState, facts: Facts): string | undefined {
  if (!facts.certificatesArePairs) return undefined;
  for (const { settings } of drafts(state, facts)) {
    const has = (key: string) => settings.has(key);
    if (has('certfile') !== has('keyfile')) {
      return 'Error: Both certfile and keyfile must be provided to enable a TLS listener.';
    }
    for (const key of ['cafile', 'capath']) {
      if (has(key) && !has('certfile')) {
        return `Error: ${key} specified without certfile and keyfile.`;
      }
    }
  }
  return undefined;
}
