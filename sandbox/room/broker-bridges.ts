/** The bridges of one broker's process, and what it says around their first try. Most brokers have none. */
import type { Broker } from '../engine/broker.ts';
import type { LogLine } from '../mosquitto/conf/problem.ts';
import type { ConfiguredBroker } from '../mosquitto/files.ts';
import type { BrokerName } from '../protocol/exercise.ts';
import type { RoomOfBridges, RunningBridges } from './bridge/room-of-bridges.ts';

export class BrokerBridges {
  readonly #room: RoomOfBridges;
  readonly #name: BrokerName;
  readonly #say: (lines: readonly LogLine[]) => void;
  #running: RunningBridges | undefined;
  /** Said once they have been tried: that the broker runs. */
  #afterwards: readonly LogLine[] = [];

  constructor(room: RoomOfBridges, name: BrokerName, say: (lines: readonly LogLine[]) => void) {
    this.#room = room;
    this.#name = name;
    this.#say = say;
  }

  /** Says what the broker logs at its start; the last line only at `begin`, if it has bridges. */
  async start(
    engine: Broker | undefined,
    configured: ConfiguredBroker | null,
    log: readonly LogLine[],
  ): Promise<void> {
    // A broker elsewhere has bridges of its own.
    if (!engine?.innerClient || !configured?.bridges.length) return this.#say(log);
    const { startBridges } = await import('./bridge/start-bridges.ts');
    this.#running = await startBridges(
      {
        ...{ name: this.#name, configured },
        engine: { innerClient: engine.innerClient.bind(engine) },
        log: (line) => configured.logs(line.level) && this.#say([line]),
      },
      this.#room,
    );
    this.#say([...this.#running.warnings, ...log.slice(0, -1)]);
    this.#afterwards = log.slice(-1);
  }

  /** Once the brokers listen that start together: each tries to connect. */
  begin(): void {
    this.#running?.connect();
    this.#say(this.#afterwards);
    this.#afterwards = [];
  }

  /** @param silent nobody hears of it */
  end(silent: boolean): void {
    this.#running?.end(silent);
    this.#running = undefined;
  }
}
