import type { ConnectPacket, SubscribePacket, UnsubscribePacket } from '../../../sandbox/protocol/mqtt.ts'; // prettier-ignore

/** A connection as the broker knows it. */
export interface Line {
  id: number;
  connect?: ConnectPacket;
  /** Key of the session that it works on, once it is accepted. */
  session?: string;
  /** It sent DISCONNECT: its will is not published. */
  saidGoodbye: boolean;
  /** By packet identifier: what the broker has not responded to yet. */
  requests: Map<number, SubscribePacket | UnsubscribePacket>;
}

export class Lines {
  readonly #lines = new Map<number, Line>();

  of(id: number): Line {
    let line = this.#lines.get(id);
    if (!line) this.#lines.set(id, (line = { id, saidGoodbye: false, requests: new Map() }));
    return line;
  }
  closed(id: number): void {
    this.#lines.delete(id);
  }
}
