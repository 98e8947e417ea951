/** The log of a well-behaved client's actions, until the parent process asks for it. */
import { timesOf, type AskSeen, type Seen } from './messages.ts';

export class ActionLog {
  #times = new Map<string, number[]>();
  #refused: Record<string, number> = {};
  /** Actions under way: their kind, and when they began. */
  readonly #open = new Map<object, { kind: string; at: number }>();

  /** Responds to the parent's requests from now on. */
  constructor() {
    process.on('message', ({ ask }: AskSeen) => {
      if (ask === 'seen') process.send!(this.#take());
    });
    process.on('disconnect', () => process.exit());
  }

  /** An action has begun. Call the returned function once when it ends. */
  begin(kind: string): () => void {
    const key = {};
    this.#open.set(key, { kind, at: performance.now() });
    return () => {
      const action = this.#open.get(key);
      if (this.#open.delete(key) && action) this.#add(action.kind, performance.now() - action.at);
    };
  }

  refused(why: string): void {
    this.#refused[why] = (this.#refused[why] ?? 0) + 1;
  }

  /** Times an action. If it throws, it counts as refused. */
  async timed<T>(kind: string, action: () => Promise<T>): Promise<T | undefined> {
    const done = this.begin(kind);
    try {
      return await action();
    } catch (error) {
      this.refused(`${kind}: ${(error as Error).message}`);
      return undefined;
    } finally {
      done();
    }
  }

  #add(kind: string, ms: number): void {
    const times = this.#times.get(kind) ?? [];
    if (times.length === 0) this.#times.set(kind, times);
    times.push(ms);
  }

  #take(): Seen {
    // An action that has not ended counts with its time until now.
    const now = performance.now();
    for (const { kind, at } of this.#open.values()) if (now - at > 50) this.#add(kind, now - at);
    const times = Object.fromEntries([...this.#times].map(([kind, all]) => [kind, timesOf(all)]));
    const refused = this.#refused;
    this.#times = new Map();
    this.#refused = {};
    return { times, refused };
  }
}
