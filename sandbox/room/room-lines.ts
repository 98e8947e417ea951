/** The lines of a room: which connections get one, and what is done to all lines of a client. */
import type { Duplex } from 'readable-stream';
import { Line, type LineHost } from '../line/line.ts';
import { RatePool } from '../line/rate-pool.ts';
import type { Turns } from '../shared/turns.ts';
import type { LineInfo } from '../line/line-info.ts';
import type { ConfiguredBroker, ListenerRefusal } from '../mosquitto/files.ts';
import { isLoopbackAddress } from '../mosquitto/conf/hosts.ts';
import { namesFor, type Machines } from '../protocol/machines.ts';
import type { LimitValues } from '../shared/config.ts';
import type { NewEntry, OnCloud } from '../protocol/trace.ts';
import { SandboxError } from '../shared/errors.ts';
import { CONTAINER, listenerFor } from './listener-for.ts';
import type { RoomFaults } from './room-faults.ts';

/** What the lines need of their room. */
export interface LinesRoom {
  /** Those of this run: the room's files may ask for less than the sandbox allows. */
  readonly limits: LimitValues;
  append(entry: NewEntry): number;
  /** Gives the broker its end of a line. */
  handle(stream: Duplex, line: Line): void;
  /** A line has ended. */
  left(): void;
}

export class RoomLines {
  readonly #room: LinesRoom;
  readonly #most: number;
  readonly #host: LineHost;
  readonly #all = new Map<number, Line>();
  #ids = 0;

  /** @param most lines at once; the scene's actors always get one */
  constructor(room: LinesRoom, faults: RoomFaults, most: number) {
    this.#room = room;
    this.#most = most;
    const all = this.#all;
    this.#host = {
      get limits() {
        return room.limits;
      },
      append: (entry) => room.append(entry),
      rates: new RatePool(room.limits),
      get decide() {
        return faults.decide;
      },
      conditions: ({ info, clientId }) => faults.conditionsOf({ name: info.name, clientId }),
      connect(stream, line) {
        all.set(line.id, line);
        room.handle(stream, line);
      },
      closed(line) {
        all.delete(line.id);
        if (isGuest(line)) room.left();
      },
    };
  }

  /** Adds a connection; returns the reason, and leaves the stream untouched, if there is no place. */
  attach(
    socket: Duplex,
    {
      info,
      start,
      turns,
    }: { info: LineInfo; start: ConfiguredBroker | null; turns: Turns | undefined },
  ): Line | ListenerRefusal {
    if (info.role !== 'actor' && this.#all.size >= this.#most) return this.refuse('full', info);
    const listener = start && listenerFor(start, info, (port) => this.#countAt(port, info.on));
    if (typeof listener === 'string') return this.refuse(listener, info);
    const { pem, requireCertificate } = listener ?? {};
    const shaken = pem && info.handshake?.({ pem, requireCertificate: requireCertificate! });
    if (shaken?.refusal) {
      for (const line of shaken.log) {
        if (start?.logs(line.level)) this.#room.append({ type: 'log', ...line });
      }
      return this.refuse(shaken.refusal, info);
    }
    return new Line(this.#host, ++this.#ids, socket, {
      info: shaken ? { ...info, ...shaken } : info,
      port: listener?.port,
      ...(turns && { turns }),
    });
  }

  /** Notes it in the trace. */
  refuse(refusal: ListenerRefusal, info: LineInfo): ListenerRefusal {
    const { transport, role, name, target, on } = info;
    const port = target?.port;
    this.#room.append({
      type: 'line-refused',
      transport,
      role,
      refusal,
      ...(name !== undefined && { name }),
      ...(port !== undefined && { port }),
      ...(on && { on }),
    });
    return refusal;
  }

  #countAt(port: number, on?: OnCloud): number {
    let count = 0;
    for (const line of this.#of(on)) if (line.acceptedOn?.port === port) count++;
    return count;
  }

  get(id: number): Line | undefined {
    return this.#all.get(id);
  }

  /** Those of a broker. */
  #of(on?: OnCloud): Line[] {
    return [...this.#all.values()].filter(({ info }) => info.on === on);
  }

  /** Those of a device, an actor or a client id. */
  #named(client: string): Line[] {
    return [...this.#all.values()].filter(
      ({ info, clientId }) => info.name === client || clientId === client,
    );
  }

  freeze(client: string, frozen: boolean): void {
    for (const line of this.#named(client)) line.freeze(frozen);
  }

  /** No DISCONNECT, as if a cable was pulled. */
  cut(client: string): void {
    const lines = this.#named(client);
    if (lines.length === 0) throw new SandboxError('no-client');
    for (const line of lines) {
      this.#room.append({ type: 'fault', line: line.id, action: 'cut' });
      line.close('fault');
    }
  }

  /** Whether a client is connected that is neither an actor of the scene nor a bridge. */
  get hasGuests(): boolean {
    for (const line of this.#all.values()) if (isGuest(line)) return true;
    return false;
  }

  closeAll(): void {
    for (const line of this.#all.values()) line.close('room');
  }

  /** Those of a broker that has ended. */
  closeOf(on?: OnCloud): void {
    for (const line of this.#of(on)) line.close('broker');
  }

  /** The broker's machine has no power any more: no client hears of it. */
  losePower(on?: OnCloud): void {
    for (const line of this.#of(on)) line.losePower();
  }

  powerIsBack(on?: OnCloud): void {
    for (const line of this.#of(on)) line.powerIsBack();
  }
}

/**
 * Where a client's host name leads: to the second broker, or from another machine to the broker's.
 * Undefined: to a machine without a broker.
 */
export function led(info: LineInfo, machines?: Machines): LineInfo | undefined {
  const { target, role, name = '' } = info;
  const host = target?.host;
  const named = { ...info, ...(target && { target: { ...target, host: undefined } }) };
  if (host === 'cloud') return { ...named, on: host };
  if (host === CONTAINER) return info;
  const isNear = host === undefined || isLoopbackAddress(host);
  if (!machines || role !== 'device') return isNear ? info : named;
  if (isNear) return Object.hasOwn(machines.elsewhere, name) ? undefined : info;
  return namesFor(machines, name).includes(host) ? { ...named, away: true } : undefined;
}

/** A client from outside, or a program: not what belongs to the room itself. */
export const isGuest = ({ info: { role } }: Line): boolean => role !== 'actor' && role !== 'bridge';
