/** One command-line option of the Mosquitto clients. */
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import type { ClientConfig, ClientKind } from './client-config.ts';

/** Undefined if the value is right; otherwise the text for stderr. */
export type UsageError = string | undefined;
export interface ClientOption {
  /** Only for these clients; others don't know it. */
  only?: readonly ClientKind[];
  /** The version that brought it. */
  since?: MosquittoVersion;
  /** The parameter of the option, or undefined if it has none. */
  takes?: string;
  /** The option's name in the message for a missing value, if it isn't its first name. */
  calls?: string;
  /** Called before the value is read. */
  before?: (config: ClientConfig) => UsageError;
  set(config: ClientConfig, value: string): UsageError | void;
}
