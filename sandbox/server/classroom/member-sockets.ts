/** The open WebSockets of each member on their class's broker: of too many the oldest is closed. */
import type { WebSocket } from 'ws';

/** Tabs and devices of one member. */
const mostOfMember = 8;

export class MemberSockets {
  readonly #open = new Map<string, Set<WebSocket>>();

  /** @param most of them at once */
  add(member: string, opened: WebSocket, most = mostOfMember): void {
    const open = this.#open.get(member) ?? new Set();
    this.#open.set(member, open.add(opened));
    opened.once('close', () => {
      open.delete(opened);
      if (open.size === 0) this.#open.delete(member);
    });
    const [oldest] = open;
    if (open.size > most) oldest?.terminate();
  }
}
