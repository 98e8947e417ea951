/**
 * The start of Mosquitto 2.0.11 after the conf is parsed: it reads password and ACL files, looks
 * for plugins, and opens listeners (src/mosquitto.c, src/security_default.c, src/net.c).
 */
import { AclFile } from './auth/acl.ts';
import { isAnyAddress, isLoopback, isNumericHost } from './conf/hosts.ts';
import { absolute, configDirectory, textOf } from './conf/problem.ts';
import type { ConfigFiles, LogLine, ConfigProblem } from './conf/problem.ts';
import type { BrokerConf, ListenerConf, SecurityConf } from './conf/settings.ts';
import { PasswordFile } from './auth/passwd.ts';

/** The paths of the sandbox's certificates in a room's conf. */
export const certificates = {
  ca: `${configDirectory}/ca_certificates/ca.crt`,
  certificate: `${configDirectory}/certs/server.crt`,
  key: `${configDirectory}/certs/server.key`,
} as const;

/** The security settings of a listener or of the whole broker. */
export interface Security {
  conf: SecurityConf;
  passwords?: PasswordFile;
  acl?: AclFile;
}

export interface Starting {
  problems: ConfigProblem[];
  log: LogLine[];
}

/** Reports an error that ends the start. Returns false. */
function fail(to: Starting, file: string, line: number, ...words: string[]): false {
  for (const text of words) to.log.push({ level: 'error', text });
  to.problems.push({ file, line, severity: 'error', text: words[0] ?? '' });
  return false;
}

/** The files that a security section names; undefined if one is missing or invalid. */
export function openSecurity(
  conf: SecurityConf,
  files: ConfigFiles,
  to: Starting,
): Security | undefined {
  const security: Security = { conf };
  const main = `${configDirectory}/mosquitto.conf`;
  for (const plugin of conf.plugins) {
    to.log.push({ level: 'information', text: `Loading plugin: ${plugin}` });
    fail(
      to,
      main,
      0,
      `Error: Unable to load auth plugin "${plugin}".`,
      `Load error: ${plugin}: cannot open shared object file: No such file or directory`,
    );
    return undefined;
  }
  if (conf.passwordFile !== undefined) {
    const path = conf.passwordFile;
    const text = textOf(files, path);
    if (text === undefined) {
      const failed = `Error opening password file "${path}".`;
      fail(to, main, 0, `Error: Unable to open pwfile "${path}".`, failed);
      return undefined;
    }
    const { file, problems, log } = PasswordFile.parse(text, path);
    to.problems.push(...problems);
    to.log.push(...log);
    security.passwords = file;
  }
  if (conf.aclFile !== undefined) {
    const path = conf.aclFile;
    const failed = `Error opening acl file "${path}".`;
    const text = textOf(files, path);
    if (text === undefined) {
      fail(to, main, 0, `Error: Unable to open acl_file "${path}".`, failed);
      return undefined;
    }
    const { file, problems, log } = AclFile.parse(text, path);
    to.problems.push(...problems);
    to.log.push(...log);
    if (!file) {
      to.log.push({ level: 'error', text: failed });
      return undefined;
    }
    security.acl = file;
  }
  if (conf.pskFile !== undefined && textOf(files, conf.pskFile) === undefined) {
    const failed = `Error opening psk file "${conf.pskFile}".`;
    fail(to, main, 0, `Error: Unable to open pwfile "${conf.pskFile}".`, failed);
    return undefined;
  }
  return security;
}

/** Opens the listeners that a room can have. Returns false if one fails. */
export function openListeners(conf: BrokerConf, to: Starting): boolean {
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
    if (listener.port === 0) continue;
    const taken = open.some((other) => other.port === listener.port && overlap(other, listener));
    if (!(listener.protocol === 'mqtt' ? openMqtt : openWebSockets)(listener, taken, to)) {
      return false;
    }
    open.push(listener);
  }
  return true;
}

function overlap(a: ListenerConf, b: ListenerConf): boolean {
  if (isAnyAddress(a.host) || isAnyAddress(b.host)) return true;
  return a.host === b.host || a.host === 'localhost' || b.host === 'localhost';
}

function openMqtt(listener: ListenerConf, taken: boolean, to: Starting): boolean {
  const { host, port, file, line } = listener;
  const refuse = (...words: string[]) => fail(to, file, line, ...words);
  if (host !== undefined && !isLoopback(host) && !isNumericHost(host)) {
    return refuse('Error creating listener: Name or service not known.');
  }
  const families =
    host === undefined || host === 'localhost'
      ? ['ipv4', 'ipv6']
      : [host.includes(':') ? 'ipv6' : 'ipv4'];
  for (const family of families) {
    to.log.push({ level: 'information', text: `Opening ${family} listen socket on port ${port}.` });
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
  if (!listener.tls) return true;
  const { caFile, certFile, keyFile } = listener.tls;
  if (caFile !== undefined && absolute(caFile) !== certificates.ca) {
    return refuse(`Error: Unable to load CA certificates. Check cafile "${caFile}".`);
  }
  if (absolute(certFile) !== certificates.certificate) {
    return refuse(`Error: Unable to load server certificate "${certFile}". Check certfile.`);
  }
  if (absolute(keyFile) !== certificates.key) {
    return refuse(`Error: Unable to load server key file "${keyFile}". Check keyfile.`);
  }
  return true;
}

function openWebSockets(listener: ListenerConf, taken: boolean, to: Starting): boolean {
  const { host, port, file, line, tls } = listener;
  to.log.push({
    level: 'information',
    text: `Opening websockets listen socket on port ${port}.`,
  });
  const missing =
    tls !== undefined &&
    ((tls.caFile !== undefined && absolute(tls.caFile) !== certificates.ca) ||
      absolute(tls.certFile) !== certificates.certificate ||
      absolute(tls.keyFile) !== certificates.key);
  const elsewhere = host !== undefined && !isLoopback(host) && !isAnyAddress(host);
  if (!taken && !missing && !elsewhere && port >= 1024) return true;
  return fail(to, file, line, `Error: Unable to create websockets listener on port ${port}.`);
}
