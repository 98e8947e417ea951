/** Ports that can't be opened, or that moved: explained to the host. */
import { tries, type SocketListener } from './listeners/tcp.ts';

export interface MovedPort {
  wanted: number;
  why: 'taken' | 'forbidden';
  flag: '--mqtt-port' | '--tls-port';
}

/** A port is taken or not allowed; says which flag changes it. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

type PortFlag = '--port' | '--mqtt-port' | '--tls-port' | '--metrics-port';

/** Awaits `listening`; a failure is explained to the host. */
export async function portOr<T>(
  listening: Promise<T>,
  flag: PortFlag,
  { host, port, fixed }: { host: string; port: number; fixed?: boolean },
): Promise<T> {
  return listening.catch((cause: NodeJS.ErrnoException) => {
    throw new PortError(
      whyNot(
        cause,
        { host, port, fixed: fixed || flag === '--port' || flag === '--metrics-port' },
        flag,
      ),
      { cause },
    );
  });
}

function whyNot(
  { code, message }: NodeJS.ErrnoException,
  { host, port, fixed }: { host: string; port: number; fixed: boolean },
  flag: PortFlag,
): string {
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is no address of this machine. Choose another one: --host <address>`;
  const last = fixed ? port : Math.min(port + tries, 65_535);
  const ports = last > port ? `The ports ${port} to ${last}` : `Port ${port}`;
  const are = last > port ? 'are' : 'is';
  const why =
    code === 'EADDRINUSE'
      ? `${are} taken`
      : code === 'EACCES'
        ? `may not be used by this user${port < 1024 ? ': below 1024 that needs the rights of an administrator' : ''}`
        : `can't be used (${message})`;
  return `${ports} ${why}. Choose another one: ${flag} <number>`;
}

export function movedPort(
  flag: MovedPort['flag'],
  wanted: number,
  listener: SocketListener | null,
): MovedPort[] {
  return listener?.moved ? [{ flag, wanted, why: listener.moved }] : [];
}
