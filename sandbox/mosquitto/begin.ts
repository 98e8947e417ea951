/** How Mosquitto begins, before it opens anything (src/mosquitto.c, src/logging.c). */
import type { Facts } from './conf/changes.ts';
import { isUser, isWritable } from './conf/machine.ts';
import { configDirectory, type LogLine } from './conf/problem.ts';
import type { BrokerConf } from './conf/settings.ts';
import { fail, type Starting } from './security.ts';

/**
 * What it does between its conf and its first line of log: it becomes another user, writes its
 * process id, and opens its log file. Undefined: it ends.
 */
export function begin(conf: BrokerConf, facts: Facts, to: Starting): { logs: boolean } | undefined {
  const { user, pidFile, logFile, logDestinations } = conf;
  const main = `${configDirectory}/mosquitto.conf`;
  if (!isUser(user)) {
    fail(
      to,
      main,
      0,
      `Error: Unable to drop privileges to '${user}' because this user does not exist.`,
    );
    return undefined;
  }
  for (const text of facts.runsAs(user)) to.log.push({ level: 'information', text });
  if (user === 'root') {
    const text = 'Warning: Mosquitto should not be run as root/administrator.';
    to.log.push({ level: 'warning', text });
    to.problems.push({ file: main, line: 0, severity: 'warning', text });
  }
  if (pidFile !== undefined && user !== 'root' && !isWritable(pidFile)) {
    fail(to, main, 0, 'Error: Unable to write pid file.');
    return undefined;
  }
  if (logFile === undefined || user === 'root' || isWritable(logFile)) return { logs: true };
  const text = `Error: Unable to open log file ${logFile} for writing.`;
  to.log.push({ level: 'error', text });
  to.problems.push({ file: main, line: 0, severity: 'warning', text });
  return { logs: logDestinations > 1 };
}

/**
 * What a broker that could not start says at its end. `opened`: it had read its file, which 2.1 writes
 * again.
 */
export function farewell(facts: Facts, to: Starting, opened?: BrokerConf): LogLine[] {
  if (!facts.saysThatItEnds) return [];
  const path = opened?.persistence?.path;
  const texts = [
    `mosquitto version ${facts.version} terminating`,
    ...(path === undefined ? [] : [`Saving in-memory database to ${path}.`]),
  ];
  const lines = texts.map((text): LogLine => ({ level: 'information', text }));
  return [...lines, ...(to.lastWords ?? [])];
}
