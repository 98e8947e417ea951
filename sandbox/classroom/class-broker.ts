/** The broker of one class: a room whose clients are the class's pages, and one of the server's own. */
import mqtt, { type MqttClient } from 'mqtt';
import type { EngineFactory } from '../engine/broker.ts';
import { lookerAt } from '../protocol/class-screen.ts';
import { classTopics } from '../protocol/class-topics.ts';
import type { Work } from '../protocol/work.ts';
import { memoryPair } from '../room/memory-pair.ts';
import { Room } from '../room/room.ts';
import { SandboxError } from '../shared/errors.ts';
import { limitValues, type LimitValues } from '../shared/config.ts';
import { Assigned } from './assigned.ts';
import { classRules, clientIdOf, server } from './class-access.ts';
import { sharedStateOf, type Class } from './class-list.ts';
import type { Classroom } from './classroom.ts';
import { InOrder } from './in-order.ts';
import { Looks } from './looks.ts';
import { mostStarters } from '../protocol/starter.ts';
import { mostMembers } from './members.ts';
import { isStarter, mustHold, publishSaid, saidRow, stillSaid, type Said } from './said.ts';

/** Pages of a class at once: each member has two tabs, and the teacher a few. */
const mostLines = mostMembers * 2 + 20;

/** What a class needs otherwise than an exercise. */
const classLimits = {
  // A presence and a state of each member, and what is given for exercises.
  retainedTopics: mostMembers * 2 + mostStarters + 50,
  retainedBytes: 4_194_304,
  // The teacher's page receives all of them at once, and misses none.
  unsentBytes: 4_194_304,
  queuedMessages: 2_000,
  // What is given goes to all pages that have the exercise open, at once.
  queuedBytes: 25_165_824,
  sessionMessages: 2_000,
  // A page says little: the program that the teacher looks at, twice a second.
  packetsPerSecond: 20,
  packetsBurst: 60,
  bytesPerSecond: 131_072,
  bytesBurst: 262_144,
} as const satisfies Partial<LimitValues>;

export class ClassBroker {
  readonly room: Room;
  readonly #classroom: Classroom;
  readonly #id: string;
  readonly #listening: { close(): void };
  /** Who of the class is looked at; their pages are told. */
  readonly looks: Looks;
  readonly #assigned: Assigned;
  readonly #inOrder = new InOrder();
  #client: MqttClient | undefined;
  #members = new Set<string>();
  /** Topics of what is given for exercises. */
  readonly #starters = new Set<string>();
  #shared = '';

  /** @param ended the class was deleted */
  constructor(
    classroom: Classroom,
    id: string,
    { engine, limits, ended }: { engine: EngineFactory; limits: LimitValues; ended(): void },
  ) {
    this.#classroom = classroom;
    this.#id = id;
    this.looks = new Looks({
      now: classroom.now,
      publish: async (member, look, seconds) => {
        if (!this.#members.has(member)) return;
        const payload = JSON.stringify(look);
        await publishSaid(this.#client!, { topic: classTopics.look(member), payload, seconds });
      },
    });
    this.#assigned = new Assigned({
      now: classroom.now,
      read: () => this.#class?.row.assignment ?? null,
      publish: (payload) => this.#publish(classTopics.assignment, payload),
    });
    this.room = new Room({
      ...{ code: 'class', engine, maxLines: mostLines },
      limits: limitValues({ ...limits, ...classLimits }),
      rules: classRules((member) => this.#class?.members.has(member) ?? false),
    });
    this.#listening = classroom.listen(id, {
      work: (rows) => this.#tell(rows),
      changed: () => this.#changed(),
      out: (member) => this.#disconnect([member]),
      kept: () => {},
      ended,
    });
  }

  get #class(): Class | undefined {
    return this.#classroom.classes.find(({ row }) => row.id === this.#id);
  }

  /** Resolves when the server's own client has published each member's state. */
  async start(): Promise<void> {
    await this.room.ready();
    const client = new mqtt.MqttClient(() => this.#dial() as never, {
      clientId: clientIdOf(server, 'states'),
      protocolVersion: 5,
      reconnectPeriod: 1_000,
      timerVariant: 'native',
    });
    client.on('error', () => {});
    this.#client = client;
    await new Promise((resolve) => client.once('connect', resolve));
    const { members } = this.#classroom.class(this.#id);
    this.#members = new Set(members.keys());
    this.#tell([...members.values()].flatMap(({ work }) => latest(work.values()) ?? []));
    const isMember = (member: string): boolean => this.#members.has(member);
    const said = await this.#classroom.said(this.#id);
    for (const one of stillSaid(said, { now: this.#classroom.now(), isMember }))
      await this.#publishSaid(one);
    this.#assigned.say();
    this.#sayShared();
  }

  /** The shared room while it is open, once for each change. */
  #sayShared(): void {
    const one = this.#class;
    const payload = one?.row.shared?.isOpen ? JSON.stringify(sharedStateOf(one.row)) : '';
    if (payload !== this.#shared) this.#publish(classTopics.shared, payload);
    this.#shared = payload;
  }

  /**
   * Stores it, then publishes it. Resolves when the broker has it: whether the store has it, too.
   * @throws SandboxError `no-class`, `too-many-starters`
   */
  say(said: Said): Promise<boolean> {
    return this.#inOrder.run(this, async () => {
      mustHold(await this.#classroom.said(this.#id), said);
      let isKept = true;
      try {
        await this.#classroom.keepSaid(this.#id, saidRow(said, this.#classroom.now()));
      } catch (error) {
        if (!(error instanceof SandboxError) || error.code !== 'not-kept') throw error;
        // A full disk: a pause must work all the same, until the server is started again.
        isKept = false;
      }
      await this.#publishSaid(said);
      return isKept;
    });
  }

  async #publishSaid(said: Said): Promise<void> {
    if (isStarter(said.topic)) this.#starters.add(said.topic);
    await publishSaid(this.#client!, said);
  }

  /** What holds as long as it is said again, and is not stored. Resolves when the broker has it. */
  tell(topic: string, payload: string, seconds: number): Promise<void> {
    return publishSaid(this.#client!, { topic, payload, seconds });
  }

  #dial() {
    const [client, end] = memoryPair();
    const line = this.room.attach(end, { transport: 'memory', role: 'actor', name: server, who: server }); // prettier-ignore
    if (typeof line === 'string') end.destroy();
    return client;
  }

  #tell(rows: readonly Work[]): void {
    for (const row of rows) this.#publish(classTopics.state(row.member), JSON.stringify(row));
  }

  #publish(topic: string, payload: string): void {
    this.#client?.publish(topic, payload, { qos: 1, retain: true }, () => {});
  }

  /** Who was removed is disconnected, and nothing of them is retained. */
  #changed(): void {
    this.#assigned.say();
    this.#sayShared();
    const now = new Set(this.#class?.members.keys());
    const gone = [...this.#members].filter((member) => !now.has(member));
    this.#members = now;
    if (gone.length === 0) return;
    for (const member of gone) this.looks.forget(member);
    for (const member of gone)
      for (const name of ['state', 'presence', 'note', 'look'] as const)
        this.#publish(classTopics[name](member), '');
    for (const topic of this.#starters)
      if (gone.some((member) => topic.startsWith(`class/${member}/`))) {
        this.#starters.delete(topic);
        this.#publish(topic, '');
      }
    this.#disconnect([...gone, ...gone.map(lookerAt)]);
  }

  #disconnect(members: readonly string[]): void {
    for (const { clientId, connected } of this.room.state.clients)
      if (connected && members.some((member) => clientId.startsWith(clientIdOf(member, ''))))
        this.room.disconnect(clientId);
  }

  async close(): Promise<void> {
    this.#listening.close();
    this.looks.close();
    this.#assigned.close();
    this.#client?.end(true);
    await this.room.close('stopping');
  }
}

function latest(work: Iterable<Work>): Work | undefined {
  let last: Work | undefined;
  for (const row of work) if (!last || row.active > last.active) last = row;
  return last;
}
