/** How Mosquitto opens its listeners (src/mosquitto.c, src/net.c, src/websockets.c). */
import { isAnyAddress, isLoopback, isNumericHost } from './conf/hosts.ts';
import { absolute, configDirectory, textOf } from './conf/problem.ts';
import type { Facts } from './conf/changes.ts';
import { isDirectory, isInterface, isWritable } from './conf/machine.ts';
import type { BrokerConf, ListenerConf } from './conf/settings.ts';
import type { ConfigFiles } from './conf/problem.ts';
import { fail, type Starting } from './security.ts';

/** The paths of the sandbox's certificates in a room's conf. */
export const certificates = {
  ca: `${configDirectory}/ca_certificates/ca.crt`,
  certificate: `${configDirectory}/certs/server.crt`,
  key: `${configDirectory}/certs/server.key`,
} as const;

/** Opens the listeners that a room can have. Returns false if one fails. */
export function openListeners(conf: BrokerConf, facts: Facts, to: Starting): boolean {
  const open: ListenerConf[] = [];
  if (conf.localOnly) {
    for (const text of [
      'Starting in local only mode. Connections will only be possible from clients running on this machine.',
      'Create a configuration file which defines a listener to allow remote access.',
      'For more details see https://mosquitto.org/documentation/authentication-methods/',
    ]) {
      to.log.push({ level: 'warning', text });
    }
  }
  for (const listener of conf.listeners) {
    if (listener.port === 0) {
      if (openUnix(listener, to)) continue;
      return false;
    }
    const taken = open.some((other) => other.port === listener.port && overlap(other, listener));
    const isOwn = listener.protocol === 'mqtt' || facts.websocketsAreBuiltIn;
    if (!(isOwn ? openMqtt : openWebSockets)(listener, taken, to, facts)) return false;
    open.push(listener);
  }
  if (facts.websocketsAreEnough || conf.listeners.some(({ protocol }) => protocol === 'mqtt')) {
    return true;
  }
  const [{ file, line } = { file: '', line: 0 }] = conf.listeners;
  return fail(to, file, line, 'Error: Unable to start any listening sockets, exiting.');
}

function openUnix({ unixSocket = '', file, line }: ListenerConf, to: Starting): boolean {
  to.log.push({ level: 'information', text: `Opening unix listen socket on path ${unixSocket}.` });
  return (
    isWritable(unixSocket) || fail(to, file, line, 'Error binding unix socket: Permission denied')
  );
}

function overlap(a: ListenerConf, b: ListenerConf): boolean {
  if (isAnyAddress(a.host) || isAnyAddress(b.host)) return true;
  return a.host === b.host || a.host === 'localhost' || b.host === 'localhost';
}

function openMqtt(listener: ListenerConf, taken: boolean, to: Starting, facts: Facts): boolean {
  const { host, port, file, line, interface: bound } = listener;
  const refuse = (...words: string[]) => fail(to, file, line, ...words);
  if (host !== undefined && !isLoopback(host) && !isNumericHost(host) && !isAnyAddress(host)) {
    return refuse('Error creating listener: Name or service not known.');
  }
  const families =
    host === undefined || host === 'localhost' || host === '*'
      ? ['ipv4', 'ipv6']
      : [host.includes(':') ? 'ipv6' : 'ipv4'];
  for (const family of families) {
    to.log.push({ level: 'information', text: `Opening ${family} listen socket on port ${port}.` });
    if (bound !== undefined && !isInterface(bound)) {
      if (facts.missingInterface !== undefined) return refuse(facts.missingInterface(bound));
      const kind = family === 'ipv4' ? 'IPv4' : 'IPv6';
      const text = `Warning: Interface ${bound} does not support ${kind} configuration.`;
      to.log.push({ level: 'warning', text });
      to.problems.push({ file, line, severity: 'error', text });
      continue;
    }
    if (taken) return refuse('Error: Address already in use');
    if (host !== undefined && !isLoopback(host) && !isAnyAddress(host)) {
      return refuse('Error: Cannot assign requested address');
    }
    // Debian's service runs as the user mosquitto when it opens its ports.
    if (port < 1024) {
      return refuse(
        'If you are trying to bind to a privileged port (<1024), try using setcap and do not start the broker as root:',
        "    sudo setcap 'CAP_NET_BIND_SERVICE=+ep /usr/sbin/mosquitto'",
        'Error: Permission denied',
      );
    }
  }
  if (bound !== undefined && !isInterface(bound)) return false;
  const missing = loadTls(listener, to.files);
  return missing === undefined || refuse(missing);
}

/** What Mosquitto says of a file that is not there, or not what it should be. */
function loadTls({ tls }: ListenerConf, files: ConfigFiles = {}): string | undefined {
  if (!tls) return undefined;
  const { caFile, certFile, keyFile } = tls;
  const isThere = (path: string, own: string, kind: string) =>
    textOf(files, path)?.includes(kind) ?? absolute(path) === own;
  if (caFile !== undefined && !isThere(caFile, certificates.ca, ' CERTIFICATE')) {
    return `Error: Unable to load CA certificates. Check cafile "${caFile}".`;
  }
  if (!isThere(certFile, certificates.certificate, ' CERTIFICATE')) {
    return `Error: Unable to load server certificate "${certFile}". Check certfile.`;
  }
  if (!isThere(keyFile, certificates.key, ' PRIVATE KEY')) {
    return `Error: Unable to load server key file "${keyFile}". Check keyfile.`;
  }
  const certificate = textOf(files, certFile);
  if (certificate) tls.pem = { certificate, ca: textOf(files, caFile ?? '') };
  return undefined;
}

function openWebSockets(listener: ListenerConf, taken: boolean, to: Starting): boolean {
  const { host, port, file, line, httpDir } = listener;
  if (httpDir !== undefined && !isDirectory(httpDir)) {
    const missing = `Error: Unable to open http dir "${httpDir}".`;
    return fail(
      to,
      file,
      line,
      missing,
      `Error: Unable to create websockets listener on port ${port}.`,
    );
  }
  to.log.push({
    level: 'information',
    text: `Opening websockets listen socket on port ${port}.`,
  });
  const missing = loadTls(listener, to.files) !== undefined;
  const elsewhere = host !== undefined && !isLoopback(host) && !isAnyAddress(host);
  if (!taken && !missing && !elsewhere && port >= 1024) return true;
  return fail(to, file, line, `Error: Unable to create websockets listener on port ${port}.`);
}
