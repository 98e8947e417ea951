/** Plugins in mosquitto.conf, and the options that stand below them. */
import { listenerOf, securityOf, Stop } from './parse-state.ts';
import type { PluginDraft, Statement } from './parse-state.ts';
import { trimBlanks } from './c-text.ts';
import { checkText, word } from './values.ts';

function begin(statement: Statement, path: string): PluginDraft {
  const { here } = statement;
  here.plugin = { path, options: [], file: here.file, line: here.line };
  return here.plugin;
}

/** `plugin <path>`, `auth_plugin <path>`: of the listener with per_listener_settings. */
export function plugin(statement: Statement): void {
  const { plugins } = securityOf(statement);
  plugins.push(begin(statement, pathOf(statement)));
}

function pathOf({ words, facts }: Statement): string {
  const rest = words.rest() ?? '';
  if (facts.listenerFirst) {
    // 2.1 takes the line as it is.
    if (rest === '') throw new Stop("Error: Missing plugin path for plugin name '(null)'.");
    return rest;
  }
  const path = trimBlanks(rest);
  checkText(path, 'auth_plugin', facts);
  return path;
}

/** `global_plugin <path>` */
export function globalPlugin(statement: Statement): void {
  const { state } = statement;
  state.securitySeen = true;
  state.plugins.push(begin(statement, pathOf(statement)));
}

/** `plugin_load <name> <path>` */
export function pluginLoad(statement: Statement): void {
  const { state, words } = statement;
  const name = word(statement, 'plugin_load');
  if (state.loaded.has(name)) throw new Stop(`Error: Duplicate plugin name '${name}'.`);
  const path = words.rest() ?? '';
  if (path === '') throw new Stop(`Error: Missing plugin path for plugin name '${name}'.`);
  state.loaded.set(name, begin(statement, path));
}

/** `plugin_use <name>`, below a listener */
export function pluginUse(statement: Statement): void {
  const { state, words, here, facts } = statement;
  const its = listenerOf(statement, 'no default');
  const name = trimBlanks(words.rest() ?? '');
  checkText(name, 'plugin_use', facts);
  const known = state.loaded.get(name);
  if (!known) throw new Stop(`Error: Plugin '${name}' not previously loaded.`);
  here.plugin = known;
  its.plugins.push(known);
}

/** `auth_opt_<key> <value>`, `plugin_opt_<key> <value>`: for the plugin above them. */
export function pluginOption({ name, words, here, facts }: Statement): void {
  if (!here.plugin) throw new Stop(facts.noPlugin(name));
  const key = name.replace(/^(auth|plugin)_opt_/, '');
  if (key.length < 3) throw new Stop(facts.shortPluginOption);
  const value = (words.rest() ?? '').replace(/^[ \t]+/, '');
  if (value === '') throw new Stop(`Error: Empty ${facts.quote(key)} value in configuration.`);
  here.plugin.options.push({ key, value });
}
