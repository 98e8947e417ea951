/** Shared subscriptions (MQTT 5.0, section 4.8.2): each message goes to one member of the group. */
import type { QoS } from '../../protocol/mqtt.ts';

/** A subscription in the group. */
export interface Member {
  session: { connected: boolean };
  /** Granted. */
  qos: QoS;
}

export class SharedGroup<M extends Member> {
  /** `$share/group/filter`. */
  readonly name: string;
  readonly members: M[] = [];
  #next = 0;

  constructor(name: string) {
    this.name = name;
  }

  add(member: M): void {
    this.members.push(member);
  }

  remove(member: M): void {
    const at = this.members.indexOf(member);
    if (at < 0) return;
    this.members.splice(at, 1);
    if (at < this.#next) this.#next--;
  }

  /**
   * The next member: round robin over connected members; if none is connected, over members whose
   * session can queue the message. Null if none can take it.
   */
  choose(willing: (member: M) => boolean): M | null {
    return (
      this.#turn((member) => member.session.connected && willing(member)) ??
      this.#turn((member) => member.qos > 0 && willing(member))
    );
  }

  #turn(may: (member: M) => boolean): M | null {
    const count = this.members.length;
    for (let i = 0; i < count; i++) {
      const at = (this.#next + i) % count;
      const member = this.members[at]!;
      if (!may(member)) continue;
      this.#next = at + 1;
      return member;
    }
    return null;
  }
}
