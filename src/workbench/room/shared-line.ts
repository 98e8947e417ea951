/** A program's connection to the shared room of the member's class, on the course's server. */
import { readSharedAccess } from '../../../sandbox/protocol/shared-room.ts';
import { openDeviceLine } from './device-line.ts';

/** Why it did not take the connection: a key of `workbench.shared.<key>`. */
export type SharedRefusal = 'closed' | 'not-a-member' | 'unreachable';

const base = import.meta.env.BASE_URL;

/** The server knows the member by the cookie. `refused` is called after the line has closed without having been open. */
export async function openSharedLine(
  port: MessagePort,
  signal: AbortSignal,
  refused: (why: SharedRefusal) => void,
): Promise<void> {
  const url = new URL(`${base}class/shared`, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  let wasOpen = false;
  const opened = (): void => void (wasOpen = true);
  await openDeviceLine(url.href, port, signal, () => {}, opened);
  if (wasOpen || signal.aborted) return;
  const why = await reason();
  if (why) refused(why);
}

/** A browser does not tell a page why a WebSocket was refused. */
async function reason(): Promise<SharedRefusal | null> {
  try {
    const response = await fetch(`${base}api/class/shared`, { cache: 'no-store' });
    if (response.status === 404) return 'not-a-member';
    const access = readSharedAccess(await response.json());
    if (!access) return 'unreachable';
    return access.isOpen ? null : 'closed';
  } catch {
    return 'unreachable';
  }
}
