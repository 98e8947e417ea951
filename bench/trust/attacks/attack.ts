import type { AttackTools } from '../attack-tools.ts';

/** One row: an attack on the course's server. */
export interface Attack {
  name: string;
  transport: 'TCP' | 'TLS' | 'WebSocket' | 'watch' | 'HTTP';
  /** A short description for the table. */
  what: string;
  /** Resolves when the whole attack is running. It runs until its process ends. */
  run(tools: AttackTools): Promise<unknown>;
}
