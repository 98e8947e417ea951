/**
 * The page's Docker: its containers, of which one can run, for a room has one broker. What runs in it is
 * the room's broker, with the files as the container sees them; each run of the exercise starts it again.
 */
import type { BrokerFiles } from '../../../../sandbox/protocol/exercise.ts';
import {
  arrived,
  endOf,
  entriesSince,
  failedStatus,
  hereIn,
  isTurn,
  logTextOf,
  stamped,
  type Place,
} from '../broker/broker-log.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import type { BrokerMachine } from '../broker/machine.ts';
import type { FileSystem } from '../programs/program.ts';
import { configPath } from './image.ts';
import type { Container } from './container.ts';
import { ContainerFiles } from './mounts.ts';
import { noContainer, ofDaemon, portAllocated, portInUse } from './words.ts';

const isError = (entry: TraceEntry): boolean => entry.type === 'log' && entry.level === 'error';

/** More than a person makes. */
const mostContainers = 50;
const mostLines = 2_000;
const usualConf = '/etc/mosquitto/mosquitto.conf';

/** Why a container was not started: Docker's words, and the status of `docker run`. */
export interface NotStarted {
  text: string;
  status: number;
}
export type Sentence = 'one-broker' | 'off' | 'outside' | 'often';

export class DockerEngine {
  readonly machine: BrokerMachine;
  readonly containers: Container[] = [];
  /** Directories that were made because a mount named them. */
  readonly made = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #running: { container: Container; place: Place; errors: string[]; stop(): void } | undefined;

  constructor(machine: BrokerMachine) {
    this.machine = machine;
  }

  get running(): Container | undefined {
    return this.#running?.container;
  }
  get isFull(): boolean {
    return this.containers.length >= mostContainers;
  }

  /** By its name, its identifier, or the beginning of that. Throws a DockerError. */
  find(name: string): Container {
    const found =
      this.containers.find((each) => each.name === name.replace(/^\//, '')) ??
      this.containers.find((each) => name !== '' && each.id.startsWith(name));
    if (!found) throw ofDaemon(noContainer(name));
    return found;
  }

  /** Calls when a container's log or state has changed. Returns how to unsubscribe. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  filesOf({ version, mounts }: Container, files: FileSystem): ContainerFiles {
    return new ContainerFiles(files, version, mounts, this.made);
  }

  /** What was ended from elsewhere (the Broker panel, `kill`, a run that could not start) has exited. */
  async refresh(): Promise<void> {
    this.#look();
    const process = await this.machine.process();
    const { room } = this.machine;
    if (this.#running && process?.state === 'failed' && this.#running.errors.length === 0)
      await arrived(room, { run: room.run(), n: 0 }, isError);
    this.#look();
    if (this.#running && process && process.state !== 'running') {
      const { errors } = this.#running;
      this.#exited(process.state === 'failed' ? failedStatus(errors) : 0);
    }
  }

  /** Starts its process. Undefined: it began; it may have ended at once. */
  async start(container: Container, files: FileSystem): Promise<NotStarted | Sentence | undefined> {
    const process = await this.machine.process();
    if (!process) return 'outside';
    if (process.state === 'off') return 'off';
    for (const { source } of container.mounts) {
      if (source !== undefined && files.read(source) === undefined && !files.list(source))
        this.made.add(source);
    }
    const seen = this.filesOf(container, files);
    const conflict = this.#portConflict(container, await this.#takenPorts());
    if (conflict) return conflict;
    if (process.pid !== undefined) return 'one-broker';
    const { fault } = seen;
    if (fault !== undefined) {
      container.status = 127;
      return { text: fault, status: 125 };
    }
    Object.assign(container, { state: 'running', since: Date.now(), status: 0 });
    const given = brokerFiles(container, seen);
    if (typeof given === 'string') {
      for (const line of given.split('\n')) this.#write(container, line);
      Object.assign(container, { state: 'exited', status: 3 });
      this.#changed();
      return undefined;
    }
    return this.#launch(container, given, () => brokerFiles(container, seen));
  }

  async #launch(
    container: Container,
    given: BrokerFiles,
    again: () => BrokerFiles | string,
  ): Promise<Sentence | undefined> {
    const { room } = this.machine;
    const unsubscribe = room.onChange(() => this.#look());
    this.#running = { container, place: hereIn(room), errors: [], stop: unsubscribe };
    room.contain(() => {
      const now = again();
      return typeof now === 'string' ? given : now;
    });
    const before = hereIn(room);
    const refusal = await this.machine.start('container', given);
    if (refusal === undefined || refusal === 'bad-files') await arrived(room, before, isTurn);
    this.#look();
    if (refusal === 'started-too-often') {
      this.#exited(1);
      return 'often';
    }
    if (refusal !== undefined && this.#running) this.#exited(failedStatus(this.#running.errors));
    return undefined;
  }

  /** SIGTERM, or SIGKILL. */
  async stop(container: Container, deed: 'stop' | 'kill' = 'stop'): Promise<void> {
    if (this.running !== container) return;
    const before = hereIn(this.machine.room);
    const refusal = await this.machine.operate(deed);
    if (refusal === undefined) await arrived(this.machine.room, before, isTurn);
    this.#look();
    if (this.running === container) this.#exited(deed === 'kill' ? 137 : 0);
  }

  remove(container: Container): void {
    const at = this.containers.indexOf(container);
    if (at >= 0) this.containers.splice(at, 1);
  }

  async #takenPorts(): Promise<readonly number[]> {
    const process = await this.machine.process();
    return process?.pid === undefined || this.#running ? [] : this.machine.room.ports();
  }

  #portConflict(container: Container, taken: readonly number[]): NotStarted | undefined {
    const { running } = this;
    for (const { host, port } of container.network === 'host' ? [] : container.published) {
      const of = [container.name, container.id, host, port] as const;
      if (running?.published.some((each) => each.port === port))
        return { text: portAllocated(...of), status: 125 };
      if (taken.includes(port)) return { text: portInUse(...of), status: 125 };
    }
    return undefined;
  }

  /** Reads what the trace has got: the broker's log, and its end. */
  #look(): void {
    const running = this.#running;
    if (!running) return;
    for (const entry of entriesSince(this.machine.room, running.place)) {
      const text = logTextOf(entry);
      if (text !== undefined) this.#write(running.container, text);
      if (entry.type === 'log' && entry.level === 'error') running.errors.push(entry.text);
      const how = endOf(entry);
      if (how)
        return this.#exited(
          how === 'failed' ? failedStatus(running.errors) : how === 'killed' ? 137 : 0,
        );
    }
    this.#changed();
  }

  #write(container: Container, text: string): void {
    const path = configOf(container.command) ?? configPath;
    const shown = text
      .replaceAll(usualConf, path)
      .replace(`Config loaded from ${configPath}`, `Config loaded from ${path}`);
    container.log.push(stamped(shown));
    if (container.log.length > mostLines) container.log.splice(0, mostLines / 10);
  }

  #exited(status: number): void {
    const running = this.#running;
    if (!running) return;
    running.stop();
    this.#running = undefined;
    this.machine.room.contain(undefined);
    const { container } = running;
    Object.assign(container, { state: 'exited', since: Date.now(), status });
    if (container.isRemovedAtEnd) this.remove(container);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The file that its command names; undefined: none. */
export function configOf(command: readonly string[]): string | undefined {
  const at = command.findIndex((word) => word === '-c' || word === '--config-file');
  return at < 0 ? undefined : command[at + 1];
}

/** What the room's broker gets; a string: what it says without reading anything. */
function brokerFiles(container: Container, seen: ContainerFiles): BrokerFiles | string {
  const { command, version, published, network } = container;
  const path = configOf(command);
  const conf = path === undefined ? undefined : seen.read(path);
  if (path !== undefined && conf === undefined) {
    const isRecent = version === '2.1.2';
    const error = `Error: Unable to open config file ${isRecent ? `'${path}'` : path}.`;
    return isRecent ? `${error}\nmosquitto version ${version} terminating` : error;
  }
  const [passwd, acl] = ['passwd', 'acl'].map((name) => seen.read(`/mosquitto/config/${name}`));
  return {
    ...(conf === undefined ? { passwd: '' } : { 'mosquitto.conf': conf }),
    ...(passwd !== undefined && { passwd }),
    ...(acl !== undefined && { acl }),
    mosquitto: version,
    container:
      network === 'host'
        ? 'host'
        : published
            .map(
              ({ host, port, to }) =>
                `${/^127\.|^\[::1\]|^localhost$/.test(host) ? '~' : ''}${port}:${to}`,
            )
            .join(' '),
  };
}
