/** The addresses of the course, for the host's terminal. */
import { networkInterfaces } from 'node:os';
import { renderUnicodeCompact } from 'uqr';
import type { MovedPort } from '../sandbox/server/ports.ts';

export interface Listening {
  /** The address that was listened on. */
  host: string;
  port: number;
  mqttPort: number;
  /** Requested ports that could not be used. */
  moved?: readonly MovedPort[];
  /** Null without TLS. */
  tlsPort?: number | null;
  /** Pages are served by https. */
  secure?: boolean;
  /** The path of the site on its host. */
  base?: string;
  /** Null, or why not: this server has no classes. */
  teacherSecret?: string | null;
  whyNoClasses?: string;
  /** Whether a person reads the text. In a log the teacher's secret is not written. */
  isTerminal?: boolean;
}

type Interfaces = ReturnType<typeof networkInterfaces>;

/** IPv4 first: what a class types. Link-local IPv6 needs a zone that no browser takes. */
export function networkAddresses(host: string, interfaces: Interfaces): string[] {
  if (host !== '0.0.0.0' && host !== '::') return isLoopback(host) ? [] : [host];
  const all = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal);
  const of = (family: string) =>
    all.filter((each) => each.family === family).map(({ address }) => address);
  const global = of('IPv6').filter((address) => !/^fe80:/i.test(address));
  return [...of('IPv4'), ...(host === '::' ? global : [])];
}

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

const inUrl = (host: string) => (host.includes(':') ? `[${host}]` : host);

/** The lines that say where the course is, widest audience last. */
export function welcome(
  listening: Listening,
  interfaces: Interfaces = networkInterfaces(),
): string {
  const { host, port, mqttPort, moved = [], tlsPort, base = '/' } = listening;
  const scheme = listening.secure ? 'https' : 'http';
  const everywhere = host === '0.0.0.0' || host === '::';
  const here = everywhere || isLoopback(host) ? ['localhost'] : [];
  const network = networkAddresses(host, interfaces);
  const lines = [
    'The course is open:',
    ...here.map((name) => `  on this machine  ${scheme}://${name}:${port}${base}`),
    ...network.map((name) => `  for the class    ${scheme}://${inUrl(name)}:${port}${base}`),
    `MQTT over TCP: port ${mqttPort}${tlsPort ? `, over TLS: port ${tlsPort}` : ''}`,
  ];
  for (const { wanted, why, flag } of moved)
    lines.push(
      why === 'taken'
        ? `  Port ${wanted} is taken (a Mosquitto on this machine?), so the next free one is used;`
        : `  Port ${wanted} may not be used by this user${wanted < 1024 ? ' (below 1024 that needs the rights of an administrator)' : ''}, so the next one is used;`,
      `  ${flag} <number> chooses another.`,
    );
  lines.push(
    ...classLines(listening, `${scheme}://${inUrl(network[0] ?? 'localhost')}:${port}${base}`),
  );
  return [...lines, 'Ctrl-C stops it.'].join('\n');
}

/** @param home the course's address for the class */
function classLines(
  { teacherSecret = null, whyNoClasses = '', isTerminal = false }: Listening,
  home: string,
): string[] {
  if (teacherSecret === null) return whyNoClasses ? [whyNoClasses] : [];
  const teach = `${home}teach`;
  if (!isTerminal)
    return [`For the teacher: ${teach}#<secret>; the secret is in the file teacher-secret of the data folder.`]; // prettier-ignore
  return [
    `For the teacher, and for nobody else: ${teach}#${teacherSecret}`,
    `Learners join at ${home}join`,
    renderUnicodeCompact(`${home}join`, { border: 2 }),
  ];
}
