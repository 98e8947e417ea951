import { isAtLeast } from '../../../../sandbox/mosquitto/conf/option.ts';
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import { clientFactsOf } from './changes.ts';
import type { ClientKind } from './client-config.ts';
import { pub } from './usage/pub.ts';
import { recentUsage } from './usage/recent.ts';
import { rr } from './usage/rr.ts';
import { sub } from './usage/sub.ts';

export { passwdUsage } from './usage/passwd.ts';

const texts: Record<ClientKind, string> = { pub, sub, rr };

/** The output of `--help`. */
export function usageOf(kind: ClientKind, version: MosquittoVersion): string {
  const text = isAtLeast(version, '2.1.2') ? recentUsage(kind, texts[kind]) : texts[kind];
  return text.replace('{version}', version).replace('{library}', clientFactsOf(version).library);
}
