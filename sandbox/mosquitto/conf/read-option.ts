/** Reads an option that is one value, and checks it as src/conf.c does. */
import { bridgeOf } from './bridge.ts';
import { trimBlanks } from './c-text.ts';
import { isDirectory } from './machine.ts';
import { isAtLeast, type OptionSpec, type Value } from './option.ts';
import { listenerOf, securityOf, Stop } from './parse-state.ts';
import type { Settings, Statement } from './parse-state.ts';
import { bool, checkText, number, word } from './values.ts';

/** An option that is one value: `conf__parse_bool`, `conf__parse_int`, `conf__parse_string`. */
export function readOption(statement: Statement, spec: OptionSpec): void {
  const { name, words, log, facts, state } = statement;
  const { deprecated, notice } = spec;
  if (deprecated && isAtLeast(facts.version, deprecated.since)) {
    log('notice', facts.deprecated(name, deprecated.hint, deprecated.older));
  }
  if (notice !== undefined) log('notice', notice);
  const settings = settingsOf(statement, spec);
  if (name === 'allow_anonymous' && facts.anonymousHint !== undefined) {
    if (state.broker.get('per_listener_settings') === true) log('notice', facts.anonymousHint);
  }
  const key = spec.as ?? name;
  const label = spec.label ?? name;
  before(statement, settings);

  let value: Value;
  if (spec.takes === 'bool') {
    value = bool(statement, label);
  } else if (spec.takes === 'int') {
    const given = number(word(statement, label), label, facts);
    const error = spec.refuses?.(given, facts);
    if (error !== undefined) throw new Stop(error, facts.levelOf(name));
    value = spec.kept?.(given) ?? given;
    if (spec.remarks !== undefined && value !== given) log('notice', spec.remarks);
  } else {
    const rest = words.rest();
    const again = spec.again !== undefined && isAtLeast(facts.version, spec.again);
    if (rest !== undefined && settings.has(key) && !again) {
      throw new Stop(`Error: Duplicate ${facts.quote(label)} value in configuration.`);
    }
    value = trimBlanks(rest ?? '');
    checkText(value, label, facts);
    const error = spec.refusesText?.(value, facts);
    if (error !== undefined) throw new Stop(error);
  }
  settings.set(key, value);
  after(statement, value);
  if (name === 'bridge_insecure' && value === true) {
    log('warning', facts.insecureBridge(bridgeOf(statement).name));
  }
  if (spec.ignored !== undefined && value !== spec.unless) {
    statement.remark(`ignored.${spec.ignored}`, { option: name });
  }
}

function settingsOf(statement: Statement, spec: OptionSpec): Settings {
  switch (spec.in) {
    case 'security':
      return securityOf(statement).settings;
    case 'listener':
      return listenerOf(statement, spec.needs).settings;
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
  const { name, state, here, facts } = statement;
  if ((name === 'cafile' || name === 'certfile') && settings.has('psk_hint')) {
    throw new Stop('Error: Cannot use both certificate and psk encryption in a single listener.');
  }
  if (name === 'psk_file' && facts.listenerFirst && here.listener?.settings.has('certfile')) {
    throw new Stop('Error: Cannot use both certificate and psk encryption in a single listener.');
  }
  if (name === 'mount_point' && state.listeners.length === 0) {
    throw new Stop(
      'Error: You must use create a listener before using the mount_point option in the configuration file.',
    );
  }
  if (name === 'auth_plugin_deny_special_chars' && !here.plugin) {
    throw new Stop(facts.noPluginForCharacters);
  }
  if (bridgeCertificate.includes(name) && bridgeKey.some((key) => settings.has(key))) {
    throw new Stop(facts.twoSecrets(name, 'psk'));
  }
  if (bridgeKey.includes(name) && bridgeCertificate.some((key) => settings.has(key))) {
    throw new Stop(facts.twoSecrets(name, 'identity'));
  }
}

/** Conditions of the value itself. */
function after({ name, facts }: Statement, value: Value): void {
  if (name === 'http_dir' && facts.readsHttpDir && !isDirectory(String(value))) throw new Stop('');
  if (name === 'mount_point' && /[+#]/.test(String(value))) {
    throw new Stop(facts.mountPointFault(String(value)));
  }
  // Mosquitto stops here without a message.
  if (name === 'tls_engine_kpass_sha1' && !/^[0-9a-fA-F]{40}$/.test(String(value))) {
    throw new Stop('');
  }
}
