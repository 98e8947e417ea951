import type { Ground } from '../ground.ts';

/** One row: what somebody does to the course. */
export interface Attack {
  name: string;
  entrance: 'TCP' | 'TLS' | 'WebSocket' | 'watch' | 'HTTP';
  /** In a few words, for the table. */
  what: string;
  /** Resolves once all of it is under way; it goes on until its process ends. */
  run(ground: Ground): Promise<unknown>;
}
