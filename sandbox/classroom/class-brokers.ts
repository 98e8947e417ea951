/** The brokers of the classes that are in use: started when the first page comes, ended when none is left. */
import { ClassBroker } from './class-broker.ts';
import type { Classroom } from './classroom.ts';

type BrokerOptions = Omit<ConstructorParameters<typeof ClassBroker>[2], 'ended'>;

const sweepMs = 60_000;

export class ClassBrokers {
  readonly #classroom: Classroom;
  readonly #options: BrokerOptions;
  readonly #running = new Map<string, { broker: ClassBroker; ready: Promise<void> }>();
  readonly #sweeper: ReturnType<typeof setInterval>;

  constructor(classroom: Classroom, options: BrokerOptions) {
    this.#classroom = classroom;
    this.#options = options;
    this.#sweeper = setInterval(() => this.sweep(), sweepMs);
    this.#sweeper.unref();
  }

  /** Resolves when it runs. @throws SandboxError `no-class` */
  async of(id: string): Promise<ClassBroker> {
    let one = this.#running.get(id);
    if (!one) {
      const options = { ...this.#options, ended: () => this.#end(id) };
      const broker = new ClassBroker(this.#classroom, id, options);
      const ready = broker.start();
      this.#running.set(id, (one = { broker, ready }));
      // The class was deleted at this moment.
      ready.catch(() => this.#end(id));
    }
    await one.ready;
    return one.broker;
  }

  #end(id: string): void {
    const one = this.#running.get(id);
    this.#running.delete(id);
    void one?.broker.close().catch(console.error);
  }

  /** Ends those without a page for as long as a room of a learner waits. */
  sweep(now = performance.now()): void {
    for (const [id, { broker }] of this.#running) {
      const { room } = broker;
      if (!room.busy && now - room.usedAt > room.limits.roomIdleMs) this.#end(id);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#running.values()].map(({ broker }) => broker.close()));
    this.#running.clear();
  }
}
