/**
 * The addresses that a room's machine has, as far as a listener can name one: its loopback, and
 * "any". Devices of the page connect from localhost, other clients from the network.
 */

/** As a number, so that a family and a listener follow from it. */
export const isLoopbackAddress = (host: string): boolean =>
  host.length < 20 && host !== 'localhost' && isLoopback(host);

export type Family = 'ipv4' | 'ipv6';
export const familyOf = (address: string): Family => (address.includes(':') ? 'ipv6' : 'ipv4');

/**
 * Whether a listener on `host` takes a connection of that family, to that address if the client
 * named one. `::` is about IPv6 only, as Mosquitto sets it.
 */
export function takes(host: string | undefined, family: Family, address?: string): boolean {
  if (host === undefined || host === '*') return true;
  if (host === 'localhost') return address === undefined || /^(?:127\.0\.0\.1|::1)$/.test(address);
  if (familyOf(host) !== family) return false;
  return isAnyAddress(host) || address === undefined || address === host;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

export function isAnyAddress(host: string | undefined): boolean {
  return host === undefined || host === '0.0.0.0' || host === '::' || host === '*';
}

/**
 * An address in numbers, `5` and `10.1` among them (inet_aton); whether the machine has it is
 * another matter.
 */
export function isNumericHost(host: string): boolean {
  if (/^(?:0x[0-9a-f]{1,8}|\d{1,10})(?:\.(?:0x[0-9a-f]{1,8}|\d{1,10})){0,3}$/i.test(host)) {
    const parts = host.split('.').map(Number);
    const last = parts.pop() ?? 0;
    return parts.every((part) => part <= 255) && last < 256 ** (4 - parts.length);
  }
  return host.includes(':') && /^[0-9a-fA-F:.]{2,45}$/.test(host);
}
