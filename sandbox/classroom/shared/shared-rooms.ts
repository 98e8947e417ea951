/** The shared rooms of the classes: begun when the first client comes, ended when the teacher closes them. */
import { randomBytes } from 'node:crypto';
import type { EngineFactory } from '../../engine/broker.ts';
import type { LineInfo } from '../../line/line-info.ts';
import type { SharedPicture, SharedState } from '../../protocol/shared-room.ts';
import type { Room } from '../../room/room.ts';
import type { LimitValues } from '../../shared/config.ts';
import { SandboxError } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { sharedStateOf, type Class, type Member, type MemberInClass } from '../class-list.ts';
import type { Classroom } from '../classroom.ts';
import { hashOf } from '../codes.ts';
import { InOrder } from '../in-order.ts';
import type { Who } from './access.ts';
import { addressOf, freeHandle, resemblesSharedAddress } from './names.ts';
import { SharedRoom } from './shared-room.ts';

const sweepMs = 60_000;

interface Running {
  shared: SharedRoom;
  listening: { close(): void };
  /** By name in topics: the member's id. */
  members: Map<Who, string>;
}

/** As whom a client comes, and where. */
export interface SharedEntrance {
  room: Room;
  info: Pick<LineInfo, 'who' | 'name' | 'rates'>;
}

export class SharedRooms {
  readonly #classroom: Classroom;
  readonly #options: { engine: EngineFactory; limits: LimitValues };
  readonly #running = new Map<string, Running>();
  readonly #inOrder = new InOrder();
  readonly #hashes = new WeakMap<Member, { key: string; words: string; hash: string }>();
  readonly #sweeper: ReturnType<typeof setInterval>;

  constructor(classroom: Classroom, options: { engine: EngineFactory; limits: LimitValues }) {
    this.#classroom = classroom;
    this.#options = options;
    this.#sweeper = setInterval(() => this.sweep(), sweepMs);
    this.#sweeper.unref();
  }

  #class(id: string): Class | undefined {
    return this.#classroom.classes.find(({ row }) => row.id === id);
  }

  // ── What the teacher does ──

  /** @throws SandboxError `no-class`, `not-kept` */
  set(id: string, state: SharedState): Promise<void> {
    return this.#classroom.share(id, (before) => ({ key: before?.key ?? newKey(), ...state }));
  }

  /** @throws SandboxError `no-class`, `no-shared-room` */
  clear(id: string): Promise<void> {
    return this.of(id).clear();
  }

  /** Whoever has a member's address has nothing in hand any more; everybody connects anew. */
  async renew(id: string): Promise<void> {
    await this.#classroom.share(id, (before) => ({
      ...(before ?? { isOpen: false, isPaused: false }),
      key: newKey(),
    }));
    const running = this.#running.get(id);
    for (const who of running?.members.keys() ?? []) running!.shared.cut(who);
  }

  // ── Who comes ──

  /** The member's name in topics; given once, and kept. @throws SandboxError `not-kept` */
  handleOf({ class: one, member }: MemberInClass): Promise<string> {
    return this.#inOrder.run(one, async () => {
      const { handle, name } = member.row;
      if (handle !== null) return handle;
      const others = [...one.members.values()].flatMap(({ row }) => row.handle ?? []);
      const given = freeHandle(name, new Set(others));
      await this.#classroom.members.change(member, () => ({ handle: given }));
      return given;
    });
  }

  /** The user name of the member's own programs; null while the room was never opened. */
  addressOf({ class: one, member }: MemberInClass): string | null {
    return one.row.shared && addressOf(one.row.shared.key, member.row);
  }

  /** Whose address this is, in a room that is open. */
  find(address: string): MemberInClass | null {
    if (!resemblesSharedAddress(address)) return null;
    const hash = hashOf(address);
    for (const one of this.#classroom.classes) {
      const { shared } = one.row;
      if (!shared?.isOpen) continue;
      for (const member of one.members.values())
        if (this.#hash(member, shared.key) === hash) return { class: one, member };
    }
    return null;
  }

  /** Of the member's address: how long a comparison of hashes takes tells nothing of an address. */
  #hash(member: Member, key: string): string {
    const { words } = member.row;
    const known = this.#hashes.get(member);
    if (known?.key === key && known.words === words) return known.hash;
    const hash = hashOf(addressOf(key, member.row));
    this.#hashes.set(member, { key, words, hash });
    return hash;
  }

  /**
   * Null while the room is closed. The place is free again when `socket` closes.
   * @param member has a name in topics: `handleOf`
   */
  enter(
    { class: one, member }: MemberInClass,
    socket: Parameters<SharedRoom['enter']>[1],
  ): SharedEntrance | 'full' | null {
    const { handle } = member.row;
    if (!one.row.shared?.isOpen || handle === null) return null;
    const shared = this.of(one.row.id);
    const info = shared.enter(handle, socket);
    return info ? { room: shared.room, info } : 'full';
  }

  /** @throws SandboxError `no-class`, `no-shared-room`: it is closed */
  of(id: string): SharedRoom {
    if (!this.#classroom.class(id).row.shared?.isOpen) throw new SandboxError('no-shared-room');
    return (this.#running.get(id) ?? this.#begin(id)).shared;
  }

  #begin(id: string): Running {
    const members = this.#handles(id);
    const shared: SharedRoom = new SharedRoom({
      ...this.#options,
      isMember: (who) => running.members.has(who),
      isPaused: () => this.#class(id)?.row.shared?.isPaused ?? true,
    });
    const listening = this.#classroom.listen(id, {
      work: () => {},
      changed: () => this.#changed(id),
      out: (member) => {
        for (const [who, one] of running.members) if (one === member) shared.cut(who);
      },
      kept: () => {},
      ended: () => this.#end(id),
    });
    const running: Running = { shared, listening, members };
    this.#running.set(id, running);
    return running;
  }

  #handles(id: string): Map<Who, string> {
    const rows = [...(this.#class(id)?.members.values() ?? [])].map(({ row }) => row);
    return new Map(rows.flatMap((row) => (row.handle === null ? [] : [[row.handle, row.id]])));
  }

  #changed(id: string): void {
    const running = this.#running.get(id);
    if (!running) return;
    if (!this.#class(id)?.row.shared?.isOpen) return this.#end(id);
    const before = running.members;
    running.members = this.#handles(id);
    running.shared.stage.version++;
    for (const [who, member] of before)
      if (running.members.get(who) !== member)
        running.shared.forget(who).catch((error: unknown) => log.error('shared-room', error));
  }

  #end(id: string): void {
    const running = this.#running.get(id);
    this.#running.delete(id);
    running?.listening.close();
    running?.shared.close().catch((error: unknown) => log.error('shared-room', error));
  }

  /** What the teacher sees. @throws SandboxError `no-class` */
  picture(id: string): SharedPicture {
    const { row, members } = this.#classroom.class(id);
    const shared = this.#running.get(id)?.shared;
    const empty = { messages: 0, perSecond: 0, refused: 0, topics: [], otherTopics: 0, latest: [] };
    const known = [...members.values()].flatMap(({ row: { handle, name } }) =>
      handle === null ? [] : [{ handle, name }],
    );
    return {
      ...sharedStateOf(row),
      version: shared?.stage.version ?? 0,
      ...(shared?.stage.picture ?? empty),
      learners: members.size,
      retained: shared?.retained ?? 0,
      members: known.map(({ handle, name }) => ({
        ...{ handle, name, lines: shared?.linesOf(handle) ?? 0 },
        ...(shared?.stage.messagesOf(handle) ?? { messages: 0, ago: null }),
      })),
    };
  }

  /** Ends those that nobody has used for as long as a learner's room waits: they begin empty. */
  sweep(now = performance.now()): void {
    for (const [id, { shared }] of this.#running) {
      const { room } = shared;
      if (!room.busy && now - room.usedAt > room.limits.roomIdleMs) this.#end(id);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    const all = [...this.#running.values()];
    this.#running.clear();
    for (const { listening } of all) listening.close();
    await Promise.all(all.map(({ shared }) => shared.close()));
  }
}

const newKey = (): string => randomBytes(24).toString('base64url');
