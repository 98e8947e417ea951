/** What the teacher says to the class, and who is here: one class's client, and its part of the model. */
import type { Work } from '../../../sandbox/protocol/work.ts';
import type { SayRequest } from '../../../sandbox/protocol/class-topics.ts';
import { say } from '../class-api.ts';
import type { TeachModel } from './teach-model.ts';

/** A page that changes loses its connection for a moment; milliseconds. */
const awayMs = 3_000;

type Sent = Exclude<TeachModel['said'], 'failed' | null>['what'];

export interface LeadHost {
  model(): TeachModel;
  change(next: Partial<TeachModel>): void;
  work(row: Work): void;
  /** What is given for an exercise, as the class's broker says it. */
  starter(to: string, exercise: string, payload: Uint8Array): void;
}

export class Lead {
  readonly #host: LeadHost;
  readonly #leaving = new Map<string, ReturnType<typeof setTimeout>>();
  #client: { close(): void } | undefined;
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
      starter: (to, exercise, payload) => this.#host.starter(to, exercise, payload),
      frozen: (seconds) =>
        this.#host.change({
          frozenUntil: seconds > 0 ? performance.now() + seconds * 1_000 : null,
        }),
      shown: (shown) => this.#host.change({ shown }),
      lost: () => {
        const { starters } = this.#host.model();
        this.#host.change({
          ...{ present: new Set(), shown: null },
          starters: { ...starters, given: new Map() },
        });
      },
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
    void this.#send('note', { type: 'note', text, ...(to !== undefined && { to }) });
  }
  bring(exercise: string): void {
    void this.#send('bring', { type: 'bring', exercise });
  }
  freeze(seconds: number): void {
    void this.#send(seconds > 0 ? 'freeze' : 'go', { type: 'freeze', seconds });
  }

  async #send(what: Sent, request: SayRequest): Promise<void> {
    const id = this.#id;
    if (id === undefined) return;
    const change = (said: TeachModel['said']): void => {
      if (this.#id === id) this.#host.change({ said });
    };
    change(null);
    try {
      const isKept = await say(id, request);
      change({ what, isKept });
    } catch {
      change('failed');
    }
  }

  close(): void {
    this.#id = undefined;
    this.#client?.close();
    this.#client = undefined;
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }
}
