/** `-p`: which port of the machine leads to which of the container (nat.ParsePortSpec of go-connections). */
import { ofRun } from './words.ts';

export interface Published {
  /** The address of the machine; `0.0.0.0`: all. */
  host: string;
  /** Of the machine. */
  port: number;
  /** Of the container. */
  to: number;
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
/** Where the kernel takes a port from, if none is named. */
const firstFree = 32_768;

/** Throws a DockerError. */
export function publishedOf(spec: string): Published | 'udp' | 'range' {
  const [, address, hostPort, to = '', protocol = 'tcp'] =
    /^(?:(?:(\[[\da-fA-F:]+\]|[^:]*):)?([^:]*):)?([^:/]*)(?:\/(.*))?$/.exec(spec) ?? [];
  if (to === '') throw ofRun(`no port specified: ${spec}<empty>`);
  if (/^\d+-\d+$/.test(to) || /^\d+-\d+$/.test(hostPort ?? '')) return 'range';
  if (!isPort(to)) throw ofRun(`invalid containerPort: ${to}`);
  if (hostPort && !isPort(hostPort)) throw ofRun(`invalid hostPort: ${hostPort}`);
  if (!/^(?:tcp|udp|sctp)$/.test(protocol)) throw ofRun(`invalid proto: ${protocol}`);
  if (protocol !== 'tcp') return 'udp';
  const port = hostPort ? Number(hostPort) : firstFree;
  return { host: address || '0.0.0.0', port, to: Number(to) };
}

/** The column PORTS of `docker ps`. */
export function portsText(published: readonly Published[]): string {
  const open = published.flatMap(({ host, port, to }) =>
    (host === '0.0.0.0' ? [host, '[::]'] : [host]).map((each) => `${each}:${port}->${to}/tcp`),
  );
  const isExposed = !published.some(({ to }) => to === 1883);
  return [...(isExposed ? ['1883/tcp'] : []), ...open].join(', ');
}
