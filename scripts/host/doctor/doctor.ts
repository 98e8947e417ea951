/** `retained doctor`: looks at what the course needs of a machine. It changes nothing. */
import { networkInterfaces } from 'node:os';
import { defaults } from '../../../sandbox/shared/config.ts';
import type { HostOptions } from '../../options.ts';
import { askServer } from '../backup/ask-server.ts';
import { databaseFinding } from './database.ts';
import { dataFinding, diskFinding, newestIn } from './data.ts';
import { lineOf, type Finding } from './finding.ts';
import { clockFinding, filesFinding, nodeFinding } from './machine.ts';
import { addressFinding, firewallFinding, routeAddress } from './network.ts';
import { portFinding, type WantedPort } from './ports.ts';

/** @returns the exit code: 1 if the course would not work */
export async function doctor(
  options: HostOptions & { data: string; program: string },
  say: (line: string) => void,
): Promise<number> {
  const { data, program, host = defaults.host } = options;
  const about = await askServer(data, 'GET', '/about').catch(() => null);
  const wanted: WantedPort[] = [
    { flag: '--port', what: 'pages', port: options.port ?? Number(about?.['port'] ?? defaults.port) }, // prettier-ignore
    { flag: '--mqtt-port', what: 'MQTT', port: options.mqttPort ?? Number(about?.['mqttPort'] ?? defaults.mqttPort) }, // prettier-ignore
    { flag: '--tls-port', what: 'MQTT over TLS', port: options.tlsPort ?? Number(about?.['tlsPort'] ?? defaults.tlsPort) }, // prettier-ignore
  ];
  const own = [about?.['port'], about?.['mqttPort'], about?.['tlsPort']];
  const findings: Finding[] = [
    nodeFinding(process.version),
    addressFinding(host, networkInterfaces(), await routeAddress()),
    ...(await Promise.all(wanted.map((port) => portFinding(host, port, own)))),
    firewallFinding(wanted.map(({ port }) => port)),
    await dataFinding(data, {
      isOpen: about !== null,
      program,
      hasDatabase: options.database !== undefined,
    }),
    ...(options.database === undefined ? [] : [await databaseFinding(options.database, data)]),
    diskFinding(data),
    clockFinding(Date.now(), newestIn(data)),
    filesFinding(),
  ];
  for (const finding of findings) say(lineOf(finding));
  const bad = findings.filter(({ state }) => state === 'bad').length;
  const notes = findings.filter(({ state }) => state === 'note').length;
  say(
    bad > 0
      ? `\nThe course will not work so: ${bad === 1 ? 'one thing needs' : `${bad} things need`} to be done (NO).`
      : `\nThe course can be opened here${notes > 0 ? '; the lines with ! say what to know' : ''}.`,
  );
  return bad > 0 ? 1 : 0;
}
