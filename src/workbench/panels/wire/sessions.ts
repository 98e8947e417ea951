/** Whose session a line works on, and when that session ends: exchanges outlive lines only in one. */
import type { Packet } from '../../../../sandbox/protocol/mqtt.ts';

interface LineSession {
  client: string;
  /** The session outlives the line: 3.1.1 section 3.1.2.4, 5.0 section 3.1.2.11.2. */
  kept: boolean;
}

export class Sessions {
  readonly #lines = new Map<number, LineSession>();
  /** The line that each client came by last: an older one that closes later ends nothing. */
  readonly #newest = new Map<string, number>();

  /** By client id if it is known; a client that gave none is known by its line. */
  clientOf(line: number): string {
    return this.#lines.get(line)?.client ?? `line ${line}`;
  }

  /** Answers the client whose session starts anew with this packet, if one does. */
  add(line: number, packet: Packet): string | undefined {
    const known = this.#lines.get(line);
    if (packet.kind === 'CONNECT') {
      const client = packet.clientId || `line ${line}`;
      const expiry = packet.properties?.sessionExpiryInterval ?? 0;
      this.#set(line, { client, kept: packet.version === 5 ? expiry > 0 : !packet.clean });
    } else if (known && packet.kind === 'CONNACK') {
      const { assignedClientIdentifier, sessionExpiryInterval } = packet.properties ?? {};
      if (assignedClientIdentifier) known.client = assignedClientIdentifier;
      if (sessionExpiryInterval !== undefined) known.kept = sessionExpiryInterval > 0;
      this.#set(line, known);
      // 5.0 [MQTT-3.2.2-5]: no session present, so nothing of an old one may be left on either side.
      if (packet.reasonCode === 0 && !packet.sessionPresent) return known.client;
    } else if (known && packet.kind === 'DISCONNECT') {
      // 5.0 section 3.14.2.2.2: the last word on how long the session is kept.
      const expiry = packet.properties?.sessionExpiryInterval;
      if (expiry !== undefined) known.kept = expiry > 0;
    }
    return undefined;
  }

  /** Answers the client whose session ends with this line, if it does. */
  close(line: number): string | undefined {
    const session = this.#lines.get(line);
    this.#lines.delete(line);
    if (!session || this.#newest.get(session.client) !== line) return undefined;
    this.#newest.delete(session.client);
    return session.kept ? undefined : session.client;
  }

  #set(line: number, session: LineSession): void {
    this.#lines.set(line, session);
    this.#newest.set(session.client, line);
  }
}
