import type { ClientKind } from './client-config.ts';
import { pub } from './usage/pub.ts';
import { rr } from './usage/rr.ts';
import { sub } from './usage/sub.ts';

export { passwdUsage } from './usage/passwd.ts';
/** The output of `--help`. */
export const usage: Record<ClientKind, string> = { pub, sub, rr };
