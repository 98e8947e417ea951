/** The process of a room's broker, from its start to its end: its engine, its log, its file. */
import type { Broker, BrokerOptions, EngineFactory } from '../engine/broker.ts';
import { heldBy, lostWith, messagesIn, type SavedState } from '../engine/saved-state.ts';
import type { Facts } from '../mosquitto/conf/changes.ts';
import type { ConfiguredBroker } from '../mosquitto/files.ts';
import type { LogLine } from '../mosquitto/conf/problem.ts';
import type { BrokerProcess as ProcessState } from '../protocol/process.ts';
import type { BrokerEntry, NewEntry } from '../protocol/trace.ts';
import { SandboxError } from '../shared/errors.ts';
import { Autosave } from './autosave.ts';
import type { Disk } from './disk.ts';

export interface ProcessHost {
  readonly configured: ConfiguredBroker | null;
  readonly facts: Facts;
  readonly disk: Disk;
  append(entry: NewEntry): number;
  changed(): void;
}

export class BrokerProcess {
  readonly pid: number;
  readonly #host: ProcessHost;
  readonly #configured: ConfiguredBroker | null;
  readonly #autosave: Autosave | undefined;
  #engine!: Broker;
  /** It has ended: nothing that its engine still does can be seen. */
  #ended = false;

  private constructor(host: ProcessHost, pid: number) {
    this.#host = host;
    this.pid = pid;
    this.#configured = host.configured;
    const conf = this.#configured?.persistence;
    if (conf) this.#autosave = new Autosave(conf, () => this.save());
  }

  static async start(
    host: ProcessHost,
    pid: number,
    engine: EngineFactory,
    options: BrokerOptions,
  ): Promise<BrokerProcess> {
    const process = new BrokerProcess(host, pid);
    const restore = process.file;
    process.#engine = await engine({
      ...options,
      ...(restore && { restore }),
      restoredExpire: host.facts.restoredExpire,
      onPersistentChange: () => process.#autosave?.changed(),
      onLimit: (...limit) => process.#ended || options.onLimit?.(...limit),
    });
    process.#listen();
    return process;
  }

  #listen(): void {
    const host = this.#host;
    const configured = this.#configured;
    this.#engine.onChange?.(() => this.#ended || host.changed());
    if (!configured) return;
    this.#engine.onLog?.((level, text) => {
      if (!this.#ended && configured.logs(level)) host.append({ type: 'log', level, text });
    });
  }

  get engine(): Broker {
    return this.#engine;
  }

  /** What it has on its disk. */
  get file(): SavedState | undefined {
    const path = this.#configured?.persistence?.path;
    return path === undefined ? undefined : this.#host.disk.read(path);
  }

  /** SIGTERM: the wills are published, and what it holds is saved. */
  stop(): void {
    const { facts } = this.#host;
    const { save, publishWills } = this.#capable();
    const conf = this.#configured?.persistence;
    const ends = {
      level: 'information',
      text: `mosquitto version ${facts.version} terminating`,
    } as const;
    if (!facts.willsFirst) this.#log([ends]);
    publishWills();
    if (facts.willsFirst) this.#log([ends]);
    this.#autosave?.stop();
    this.#save();
    if (conf?.everything)
      this.#log([{ level: 'information', text: 'Sqlite persistence: Closed DB' }]);
    this.#end('stopped', save(true));
  }

  /** SIGKILL, or no power: it does nothing any more. */
  kill(what: 'killed' | 'power-cut'): void {
    this.#end(what, this.#capable().save(true));
  }

  #end(what: BrokerEntry['what'], memory: SavedState): void {
    const { file } = this;
    const entry = { type: 'broker', what, lost: lostWith(memory, file) } as const;
    this.#host.append(file ? { ...entry, file: heldBy(file) } : entry);
    this.mute();
  }

  /** While it runs. */
  save(): void {
    if (this.#ended) return;
    const done = this.#save();
    if (done) this.#host.append({ type: 'broker', what: 'saved', file: heldBy(done) });
  }

  #save(): SavedState | undefined {
    const { disk, facts } = this.#host;
    const conf = this.#configured?.persistence;
    if (!conf) return undefined;
    const state = this.#capable().save(conf.everything);
    const { log, done } = disk.write(conf.path, state, facts);
    if (!conf.everything) this.#log(log);
    return done ? state : undefined;
  }

  #log(lines: readonly LogLine[]): void {
    for (const line of lines) {
      if (this.#configured?.logs(line.level)) this.#host.append({ type: 'log', ...line });
    }
  }

  #capable(): Pick<Required<Broker>, 'save' | 'publishWills'> {
    const engine = this.#engine;
    if (!engine.save || !engine.publishWills) throw new SandboxError('not-by-this-broker');
    return { save: engine.save.bind(engine), publishWills: engine.publishWills.bind(engine) };
  }

  mute(): void {
    this.#ended = true;
    this.#autosave?.stop();
  }

  /** Once its lines are closed. */
  async close(): Promise<void> {
    this.mute();
    await this.#engine.close();
  }
}

/** The process as a page sees it; `ended`: why there is none. */
export function stateOf(
  { configured, disk }: ProcessHost,
  process: BrokerProcess | undefined,
  ended: Exclude<ProcessState['state'], 'running'>,
): ProcessState {
  const path = configured?.persistence?.path;
  const saved = path === undefined ? undefined : disk.read(path);
  return {
    ...(process ? { state: 'running', pid: process.pid } : { state: ended }),
    ...(path !== undefined && { file: { path, ...(saved && { held: heldBy(saved) }) } }),
  };
}

/** What it logs at its start. A file is read before it says that it starts, a database before it listens. */
export function startLog({ configured, facts, disk }: ProcessHost): LogLine[] {
  if (!configured) return [];
  const { persistence: saves, log } = configured;
  if (!saves) return log;
  const file = disk.read(saves.path) ?? (saves.everything && { retained: [], sessions: [] });
  if (!file) return log;
  const counts = { ...heldBy(file), messages: messagesIn(file) };
  const texts = saves.everything
    ? [...facts.restored(counts).map((text) => `sqlite: ${text} (0 failed)`), noWills]
    : facts.restored(counts);
  const next = saves.everything
    ? /^Opening|^Starting in local only|^mosquitto version \S+ running/
    : /^mosquitto version \S+ starting/;
  const before = log.findIndex(({ text }) => next.test(text));
  if (before < 0) return log;
  const read = texts.map((text) => ({ level: 'information', text }) as const);
  return [...log.slice(0, before), ...read, ...log.slice(before)];
}
const noWills = 'sqlite: Restored 0 will messages (0 failed)';
