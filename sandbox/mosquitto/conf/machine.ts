/** The machine of a room's broker, as far as an option can name a part of it: a Debian's. */
import { absolute } from './problem.ts';

const users: ReadonlySet<string> = new Set([
  ...['root', 'daemon', 'bin', 'sys', 'mail', 'www-data', 'backup', 'list', 'nobody'],
  ...['systemd-network', 'messagebus', 'mosquitto', 'learner'],
]);
const directories: ReadonlySet<string> = new Set([
  ...[
    '/',
    '/bin',
    '/dev',
    '/etc',
    '/home',
    '/opt',
    '/root',
    '/run',
    '/srv',
    '/tmp',
    '/usr',
    '/var',
  ],
  ...['/etc/mosquitto', '/etc/mosquitto/ca_certificates', '/etc/mosquitto/certs'],
  ...['/etc/mosquitto/conf.d', '/home/learner', '/run/mosquitto', '/usr/share', '/var/lib'],
  ...['/var/lib/mosquitto', '/var/log', '/var/log/mosquitto', '/var/www', '/var/www/html'],
]);
/** Where the user mosquitto may write. */
const writable = ['/run/mosquitto/', '/tmp/', '/var/lib/mosquitto/', '/var/log/mosquitto/'];

export const isUser = (name: string): boolean => users.has(name);
export const isDirectory = (path: string): boolean => directories.has(absolute(path));
/** Whether the broker can make a file there, once it has given up root. */
export function isWritable(path: string): boolean {
  const full = absolute(path);
  return writable.some(
    (start) => full.startsWith(start) && !full.slice(start.length).includes('/'),
  );
}
/** The network interfaces, as `ip link` names them. */
export const isInterface = (name: string): boolean => /^(?:lo|eth0)$/i.test(name);
