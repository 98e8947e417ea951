/** A program's connection as one line of the room: the only network that a page's terminal has. */
import { hasFiles, type BrokerFiles } from '../../../../sandbox/protocol/exercise.ts';
import type { Machines } from '../../../../sandbox/protocol/machines.ts';
import { sharedHost } from '../../../../sandbox/protocol/shared-room.ts';
import type { LineTarget } from '../../device/messages.ts';
import { otherHosts } from '../../room/other-hosts.ts';
import { ConnectionError, type ProgramIo } from '../programs/program.ts';

export interface RoomOfLines {
  /** Makes the room if there is none yet; rejects if it can't be reached. */
  connect(): Promise<unknown>;
  openLine(name: string, port: MessagePort, signal: AbortSignal, target: LineTarget): Promise<void>;
}
/**
 * The broker's host names for a program on the same machine, and for a program on the reader's
 * machine.
 */
const isHere = (host: string, page: string): boolean =>
  ['localhost', '127.0.0.1', '::1', 'ip6-localhost', page].includes(host);

/** Mosquitto's default port. */
const usualPort = 1883;

/**
 * @param name the terminal's, as the trace has it
 * @param files the brokers' files: they define the ports, and whether there is a second broker
 * @param known `machines`: where the terminal runs; absent: on the broker's machine. `isMember`: whether this device is
 *   a member of a class, which may have a shared room
 */
export function roomLines(
  room: RoomOfLines,
  name: string,
  page: string,
  files: () => BrokerFiles,
  known: { machines?: Machines | undefined; isMember?(): boolean } = {},
): ProgramIo['connect'] {
  return async ({ host, port, tls, webSocket = false, isInContainer = false }, events) => {
    const { machines, isMember = () => false } = known;
    const names = otherHosts({ machines, isMember: isMember() }, name, files());
    const isNamed = names.includes(host.toLowerCase());
    if (!isNamed && !isHere(host, page)) throw new ConnectionError('unknown-host');
    if (tls) throw new ConnectionError('tls');
    const isShared = host.toLowerCase() === sharedHost;
    if (port !== usualPort && (isShared || !(hasFiles(files()) || isInContainer)))
      throw new ConnectionError('refused');
    await room.connect().catch(() => {
      throw new ConnectionError('refused');
    });
    const { port1, port2 } = new MessageChannel();
    const cut = new AbortController();
    let hasReceived = false;
    let over = false;
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (over) return;
      if (data instanceof Uint8Array) {
        hasReceived = true;
        return events.data(data);
      }
      over = true;
      port1.close();
      events.closed(hasReceived ? 'lost' : 'refused');
    };
    void room.openLine(name, port2, cut.signal, {
      port,
      protocol: webSocket ? 'websockets' : 'mqtt',
      ...(isInContainer && !isNamed && { host: 'container' }),
      ...((isNamed || (!isInContainer && /^(?:127\.|::1$)/.test(host))) && {
        host: host.toLowerCase(),
      }),
    });
    return {
      send(bytes) {
        // A view would take all of its buffer along.
        if (!over) port1.postMessage(new Uint8Array(bytes));
      },
      close() {
        if (over) return;
        over = true;
        port1.postMessage(null);
      },
    };
  };
}
