/** What the server knows of a connection before its first packet. */
import type { LimitName } from '../shared/config.ts';
import type { LineRole, OnCloud, Transport } from '../protocol/trace.ts';
import type { RuleId } from '../mqtt/rules/index.ts';
import type { ClientHello, ListenerTls, Shaken } from '../protocol/tls.ts';
import type { LineRates } from './rate-pool.ts';

export interface LineInfo {
  transport: Transport;
  role: LineRole;
  /** Device or actor name, or a bridge's broker. */
  name?: string;
  /** The broker that it leads to. */
  on?: OnCloud;
  /** In a room that knows its clients: as whom the server has accepted this one. */
  who?: string;
  /** How fast it may be, together with all lines that were given the same; absent: by the room's limits. */
  rates?: LineRates;
  /** The port and protocol of the program's URL; `host` if that is not `localhost`. */
  target?: {
    port: number;
    protocol: 'mqtt' | 'websockets';
    host?: string | undefined;
    /** A program of the page wants TLS, which is played. */
    tls?: ClientHello | undefined;
  };
  /** Plays its TLS handshake with a listener. */
  handshake?: (listener: ListenerTls) => Shaken;
  /** The program has named the broker's machine, which it reaches over the network. */
  away?: boolean;
  /** Its network address, if it came over a network. */
  remote?: string;
  /** The client is on the sandbox's own machine. */
  loopback?: boolean;
  /** The certificate of a TLS client, signed by the sandbox's authority. */
  certificate?: { commonName: string; subject: string };
}

/**
 * A socket's event `unfit`: the WebSocket frame is invalid, and the transport has reported it to
 * the client.
 */
export type Unfit = { rule: RuleId; bytes: Uint8Array } | { limit: LimitName };
