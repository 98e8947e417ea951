/** What is known of a connection before it has said anything. */
import type { LimitName } from '../shared/config.ts';
import type { LineRole, Transport } from '../protocol/trace.ts';
import type { RuleId } from '../mqtt/rules/index.ts';

export interface LineInfo {
  transport: Transport;
  role: LineRole;
  /** Device or actor name. */
  name?: string;
  /** Where the program wanted to go: the port and protocol of its URL. */
  target?: { port: number; protocol: 'mqtt' | 'websockets' };
  /** The client is on the sandbox's own machine. */
  loopback?: boolean;
  /** What a TLS client has shown, signed by the sandbox's authority. */
  certificate?: { commonName: string; subject: string };
}

/** A socket's event `unfit`: the frame around the bytes is wrong, and its sender has been told. */
export type Unfit = { rule: RuleId; bytes: Uint8Array } | { limit: LimitName };
