/** One command-line option of the Mosquitto clients. */
import type { ClientConfig, ClientKind } from './client-config.ts';

/** Undefined if the value is right; otherwise the text for stderr. */
export type UsageError = string | undefined;
export interface ClientOption {
  /** Only for these clients; others don't know it. */
  only?: readonly ClientKind[];
  /** What the option takes, or undefined where it takes nothing. */
  takes?: string;
  /** What the words for a missing value call the option, where that isn't its first name. */
  calls?: string;
  /** Asked before the value is looked for. */
  before?: (config: ClientConfig) => UsageError;
  set(config: ClientConfig, value: string): UsageError | void;
}
