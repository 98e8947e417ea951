/** Which address is the class's, and whether its programs can get in. */
import { createSocket } from 'node:dgram';
import { existsSync, readFileSync } from 'node:fs';
import type { networkInterfaces } from 'node:os';
import { networkAddresses } from '../../addresses.ts';
import type { Finding } from './finding.ts';

/** Of containers, virtual machines and tunnels: no class is there. */
const virtual =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|wg|utun|tailscale|zt|cni|flannel|lxc|podman|awdl|llw|bridge)|vEthernet|VirtualBox|VMware|WSL/i;

export type Interfaces = ReturnType<typeof networkInterfaces>;

/** A machine without DHCP gives itself one; nobody else finds it by that. */
const isSelfMade = (address: string): boolean => address.startsWith('169.254.');

/**
 * @param route the address that this machine would send from; null without a way out
 */
export function addressFinding(
  host: string,
  interfaces: Interfaces,
  route: string | null,
): Finding {
  const about = 'address';
  const all = networkAddresses(host, interfaces);
  const nameOf = (address: string): string =>
    Object.entries(interfaces).find(([, list]) => list?.some((one) => one.address === address))?.[0] ?? ''; // prettier-ignore
  const real = all.filter((one) => !virtual.test(nameOf(one)) && !isSelfMade(one));
  const first = route !== null && real.includes(route) ? route : real[0];
  if (first === undefined)
    return {
      about,
      state: 'note',
      text:
        all.length > 0
          ? `no network that a class could be in (only ${all.map((one) => `${one} of ${nameOf(one)}`).join(', ')})`
          : 'only this machine can open the course',
      todo: [
        all.length === 0 && host !== '0.0.0.0' && host !== '::'
          ? `it listens on ${host}: leave out --host for the whole network`
          : 'connect to the network of the class, or open a hotspot, and start again',
      ],
    };
  if (nameOf(first) === '')
    return { about, state: 'bad', text: `${first} is no address of this machine`, todo: ['leave out --host for all of them'] }; // prettier-ignore
  const others = all.filter((one) => one !== first);
  const text = `${first} (${nameOf(first)}) is the class's`;
  if (others.length === 0) return { about, state: 'good', text };
  return {
    about,
    state: real.length > 1 ? 'note' : 'good',
    text: `${text}; also ${others.map((one) => `${one} (${nameOf(one)}${virtual.test(nameOf(one)) ? ', virtual' : ''})`).join(', ')}`,
    ...(real.length > 1 && {
      todo: ['in another network the class uses the address that begins like its own'],
    }),
  };
}

/** The address of the default route. Nothing is sent: the socket is only connected. */
export function routeAddress(): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const done = (address: string | null): void => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => done(null));
    // An address for documentation (RFC 5737), which is never a machine's.
    socket.connect(53, '192.0.2.1', () => done(socket.address().address));
  });
}

/** Whether a firewall runs can be seen without rights; whether it lets the class in, cannot. */
export function firewallFinding(
  ports: readonly number[],
  platform: NodeJS.Platform = process.platform,
  read: (path: string) => string | null = readOrNull,
): Finding {
  const about = 'firewall';
  const list = ports.join(',');
  const unknown = 'this can’t be seen from here: open the address on another device';
  if (platform === 'win32')
    return {
      about,
      state: 'note',
      text: 'Windows asks once whether others may connect',
      todo: [
        'allow it for private networks, and make the network of the class a private one',
        `if it was refused, as an administrator: netsh advfirewall firewall add rule name=Retained dir=in action=allow protocol=TCP localport=${list}`,
        unknown,
      ],
    };
  if (platform === 'darwin')
    return {
      about,
      state: 'note',
      text: 'macOS asks whether node may accept connections, if its firewall is on',
      todo: ['System Settings, Network, Firewall, Options: allow node', unknown],
    };
  if (/^ENABLED=yes/m.test(read('/etc/ufw/ufw.conf') ?? ''))
    return { about, state: 'note', text: 'ufw is on', todo: [`sudo ufw allow proto tcp to any port ${list}`, unknown] }; // prettier-ignore
  if (read('/run/firewalld.pid') !== null)
    return {
      about,
      state: 'note',
      text: 'firewalld is on',
      todo: [
        `sudo firewall-cmd ${ports.map((port) => `--add-port=${port}/tcp`).join(' ')}`,
        unknown,
      ],
    };
  return { about, state: 'good', text: 'neither ufw nor firewalld is on', todo: [unknown] };
}

function readOrNull(path: string): string | null {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}
