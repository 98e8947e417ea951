/** What all listeners of a server share. */
import type { ListenerContext } from './admission/admit.ts';
import { PendingConnects } from './admission/pending-connects.ts';
import { FairLoop } from './fair/fair-loop.ts';
import { MemoryGuard } from './fair/memory-guard.ts';
import { ResponseRate } from './fair/response-rate.ts';
import { AddressPlaces, Places } from './fair/places.ts';
import { HttpConnections } from './http-connections.ts';
import { ConnectionQuota } from './admission/connection-quota.ts';
import { Operation } from './operations/operation.ts';
import { trustedProxies } from './admission/remote-address.ts';
import { ownHosts } from './own-host.ts';
import { siteBase } from './site-base.ts';
import { KnownRooms } from './admission/known-rooms.ts';
import { noEntrances } from './admission/entrance.ts';
import { FailedLookups } from './admission/failed-lookups.ts';
import { openFilesLimit } from './admission/open-files.ts';
import { log } from '../shared/log.ts';
import { TokenBucket } from '../shared/token-bucket.ts';
import type { Rooms } from '../rooms/rooms.ts';

export interface ContextOptions {
  /** Host names that readers use, beside this machine's own. */
  names?: readonly string[];
  /** The path of the site on its host, with a slash at both ends; `/` by default. */
  base?: string;
  /** Addresses or networks of proxies whose X-Forwarded-For is trusted. */
  proxies?: readonly string[];
  /** Addresses or networks of proxies that name the site's path in each request: `X-Ingress-Path`. */
  ingress?: readonly string[];
}

/** A client without a CONNECT gets no reason; the server's log has it, once a minute. */
function logClosedPending(most: number): (remote: string) => void {
  const perMinute = new TokenBucket(1 / 60, 1);
  return (remote) => {
    if (!perMinute.tryTake()) return;
    log.warn(
      'pending-connects',
      `${remote} has more than ${most} connections that have not sent CONNECT: the oldest are closed.`,
    );
  };
}

/** What every listener needs to find a room. */
export function makeListenerContext(rooms: Rooms, options: ContextOptions = {}): ListenerContext {
  const { names = [], proxies = [], ingress = [], base = '/' } = options;
  const {
    wrongRoomAddresses,
    wrongRoomAddressesMs,
    pendingConnectsPerAddress,
    lines,
    turnMs,
    waitingPerAddress,
    responseBytesPerSecond,
    responseBytesBurst,
    connectionsPerAddress,
    spareFiles,
  } = rooms.limits;
  // Whoever may say what the site's path is may say who its readers are.
  const trusted = trustedProxies([...proxies, ...ingress]);
  return {
    rooms,
    operation: new Operation(),
    failedLookups: new FailedLookups(wrongRoomAddresses, wrongRoomAddressesMs),
    known: new KnownRooms(),
    knownViewers: new KnownRooms(),
    site: siteBase(base, trustedProxies(ingress).includes),
    proxies: trusted,
    http: new HttpConnections(rooms.limits, trusted.includes),
    ownHost: ownHosts(names),
    pendingConnects: new PendingConnects(
      pendingConnectsPerAddress,
      logClosedPending(pendingConnectsPerAddress),
    ),
    fair: new FairLoop(turnMs),
    memory: new MemoryGuard(waitingPerAddress, () => void rooms.relieve()),
    responses: new ResponseRate({ perSecond: responseBytesPerSecond, burst: responseBytesBurst }),
    lines: new Places(lines),
    connections: new AddressPlaces(connectionsPerAddress),
    sockets: new ConnectionQuota(openFilesLimit() - spareFiles),
    entrances: noEntrances,
    onPage: () => ({ hidesHints: () => false }),
  };
}
