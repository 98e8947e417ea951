import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import type { ClientKind } from './client-config.ts';
import { pub } from './usage/pub.ts';
import { rr } from './usage/rr.ts';
import { sub } from './usage/sub.ts';

export { passwdUsage } from './usage/passwd.ts';

const texts: Record<ClientKind, string> = { pub, sub, rr };

/** The output of `--help`. */
export const usageOf = (kind: ClientKind, version: MosquittoVersion): string =>
  texts[kind].replaceAll('{version}', version);
