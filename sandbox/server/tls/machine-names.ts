/** Names and addresses of this machine for its certificate. */
import { hostname, networkInterfaces } from 'node:os';

/** `localhost` first. Link-local IPv6 addresses need a zone, which no certificate can name. */
export function machineNames(): string[] {
  const name = hostname().toLowerCase();
  const names = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(name) ? [name] : [];
  // The multicast DNS name of a Raspberry Pi or a Mac.
  const local = names.filter((each) => !each.includes('.')).map((each) => `${each}.local`);
  const addresses = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address))
    .map(({ address }) => address);
  return [...new Set(['localhost', ...names, ...local, '127.0.0.1', '::1', ...addresses])];
}
