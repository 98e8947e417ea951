/** What the teacher says to the class, and who is here: one class's client, and its part of the model. */
import type { Work } from '../../../sandbox/protocol/work.ts';
import type { ClassClient } from './class-client.ts';
import type { TeachModel } from './teach-model.ts';

/** A page that changes loses its connection for a moment; milliseconds. */
const awayMs = 3_000;

export interface LeadHost {
  model(): TeachModel;
  change(next: Partial<TeachModel>): void;
  work(row: Work): void;
}

export class Lead {
  readonly #host: LeadHost;
  readonly #leaving = new Map<string, ReturnType<typeof setTimeout>>();
  #client: ClassClient | undefined;
  #id: string | undefined;

  constructor(host: LeadHost) {
    this.#host = host;
  }

  async open(id: string): Promise<void> {
    this.close();
    this.#id = id;
    const { openClassClient } = await import('./class-client.ts');
    if (this.#id !== id) return;
    this.#client = openClassClient(id, {
      presence: (member, isHere) => this.#presence(member, isHere),
      work: (row) => this.#host.work(row),
      frozen: (seconds) =>
        this.#host.change({
          frozenUntil: seconds > 0 ? performance.now() + seconds * 1_000 : null,
        }),
      lost: () => this.#host.change({ present: new Set() }),
    });
  }

  #presence(member: string, isHere: boolean): void {
    clearTimeout(this.#leaving.get(member));
    const set = (): void => {
      const present = new Set(this.#host.model().present);
      if (isHere) present.add(member);
      else present.delete(member);
      this.#host.change({ present });
    };
    if (isHere) set();
    else this.#leaving.set(member, setTimeout(set, awayMs));
  }

  note(text: string, to?: string): void {
    void this.#send('note', (client) => client.note(text, to));
  }
  bring(exercise: string): void {
    void this.#send('bring', (client) => client.bring(exercise));
  }
  freeze(seconds: number): void {
    void this.#send(seconds > 0 ? 'freeze' : 'go', (client) => client.freeze(seconds));
  }

  async #send(
    what: NonNullable<TeachModel['said']>,
    send: (client: ClassClient) => Promise<void>,
  ): Promise<void> {
    this.#host.change({ said: null });
    let isSent = false;
    if (this.#client)
      await Promise.race([
        send(this.#client).then(() => (isSent = true)),
        new Promise((resolve) => setTimeout(resolve, awayMs)),
      ]).catch(() => {});
    this.#host.change({ said: isSent ? what : 'failed' });
  }

  close(): void {
    this.#id = undefined;
    this.#client?.close();
    this.#client = undefined;
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }
}
