/** The plugin that saves into a database of SQLite as it goes (plugins/persist-sqlite of 2.1). */
import { atoi } from './conf/c-text.ts';
import { isWritable } from './conf/machine.ts';
import type { PluginDraft } from './conf/parse-state.ts';
import type { LogLine } from './conf/problem.ts';
import type { BrokerConf, PersistenceConf } from './conf/settings.ts';

const events = [
  ...['restore', 'base-msg-add', 'base-msg-delete', 'retain-msg-set', 'retain-msg-delete'],
  ...['client-add', 'client-delete', 'client-update', 'subscription-add', 'subscription-delete'],
  ...['client-msg-add', 'client-msg-delete', 'client-msg-update', 'will-add', 'will-delete'],
].map((event) => `persist-${event}`);
const synchronous = ['extra', 'full', 'normal', 'off'];
/** Seconds from one transaction to the next. */
const usualPeriod = 5;

/** Its words as it starts; with `code` it does not, without `saves` it does nothing. */
export interface StartedPlugin {
  log: LogLine[];
  code?: 3 | 13;
  saves?: PersistenceConf;
}

export function startPersistPlugin({ options }: PluginDraft, conf: BrokerConf): StartedPlugin {
  const of = (name: string) => options.findLast(({ key }) => key.toLowerCase() === name)?.value;
  const refuse = (code: 3 | 13, ...texts: string[]): StartedPlugin => ({
    log: texts.map((text) => ({ level: 'error', text })),
    code,
  });
  const { persistenceLocation: location } = conf;
  const path = location === undefined ? of('db_file') : `${location}/mosquitto.sqlite3`;
  const sync = of('sync');
  if (sync !== undefined && !synchronous.includes(sync.toLowerCase())) {
    return refuse(3, `Sqlite persistence: Invalid plugin_opt_sync value '${sync}'.`);
  }
  const number = (name: string, least: number): string | undefined => {
    const value = atoi(of(name) ?? `${least}`);
    if (value >= least) return undefined;
    return `Error: Invalid '${name}' value ${value} in configuration.`;
  };
  const wrong = number('flush_period', 0) ?? number('page_size', 1);
  if (wrong !== undefined) return refuse(3, wrong);
  if (path === undefined) {
    const text =
      'Warning: Sqlite persistence plugin has no plugin_opt_db_file defined. The plugin will not be activated.';
    return { log: [{ level: 'warning', text }] };
  }
  if (!isWritable(path)) {
    return refuse(13, `Sqlite persistence: Error opening ${path}: unable to open database file`);
  }
  if (conf.persistence) {
    return refuse(
      3,
      'Error: `persistence true` cannot be used with a persistence plugin.',
      'Sqlite persistence: Unable to register plugin (3)',
      'Sqlite persistence: Closed DB',
    );
  }
  const log = [...events, 'tick'].map((event): LogLine => {
    return { level: 'information', text: `Plugin has registered to receive '${event}' events.` };
  });
  const period = of('flush_period');
  const autosave = period === undefined ? usualPeriod : atoi(period);
  return { log, saves: { path, autosave, onChanges: false, everything: true } };
}

/** If the broker ends at its start. */
export function lastWords(code: StartedPlugin['code']): LogLine[] {
  const text =
    'Error: Sqlite persistence: Closing final transaction bad parameter or other API misuse';
  return [
    ...(code === 13 ? [{ level: 'error', text } as const] : []),
    { level: 'information', text: 'Sqlite persistence: Closed DB' },
  ];
}
