/**
 * Learners at work: each joins the class, opens an exercise and has two devices in its room, one of which
 * sends messages to the other. Once, at a moment of their own, they do what the exercise asks.
 * Argument: an assignment.
 */
import { once } from 'node:events';
import { Client, Viewer } from '../trust/client.ts';
import { ask, makeRoom, publishPacket, subscribePacket, type RoomKeys } from '../trust/wire.ts';
import { epoch, type Assignment, type Begin, type Group, type Measured } from './messages.ts';

const { broker, ports, groups, pauseMs } = JSON.parse(process.argv[2]!) as Assignment;
const measured: Measured = { deliveries: [], greens: [], deeds: {}, failed: {}, sent: 0 };
const failed = (why: unknown): void => {
  const words = String(why instanceof Error ? why.message : why);
  measured.failed[words] = (measured.failed[words] ?? 0) + 1;
};
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Learner {
  name: string;
  publisher: Client;
  /** Resolves when its page was told that all checks hold. */
  green: Promise<void>;
}

async function join(name: string, { code, address }: Group): Promise<string> {
  for (;;) {
    const body = JSON.stringify({ code, name });
    const { status, cookie } = await ask(ports, address, '/api/class/join', body);
    if (status === 200) return cookie;
    // A class grows at a pace; the page tries again by itself.
    if (status !== 429 && status !== 503) throw new Error(`join: HTTP ${status}`);
    await wait(1_000);
  }
}

async function device(room: RoomKeys, address: string, name: string): Promise<Client> {
  const client = await Client.open(ports, broker === 'course' ? 'ws' : 'tcp', room, address, name);
  client.socket.on('error', () => {});
  client.socket.once('close', () => failed('a device lost its connection'));
  return client;
}

async function begin(name: string, group: Group): Promise<Learner> {
  const { address } = group;
  let green: Promise<void> = Promise.resolve();
  // Of Mosquitto all devices are clients of one broker.
  let room: RoomKeys = { address: '', watchPath: '', devicePath: () => '' };
  if (broker === 'course') {
    const cookie = await join(name, group);
    room = await makeRoom(ports, address, cookie);
    const viewer = await Viewer.open(ports, room, address, cookie);
    green = new Promise((resolve) => {
      viewer.onNews = (message) => {
        if (message.type !== 'checks') return;
        const { results } = message as { type: string; results: { state: string }[] };
        if (results.length > 0 && results.every(({ state }) => state === 'true')) resolve();
      };
    });
  }
  const own = broker === 'course' ? '' : `${name}-`;
  const publisher = await device(room, address, `${own}publisher`);
  const phone = await device(room, address, `${own}phone`);
  phone.onPacket = ({ cmd, payload }) => {
    if (cmd === 'publish') measured.deliveries.push(epoch() - Number(String(payload)));
  };
  phone.send(subscribePacket([`${own}load/#`]));
  await phone.next('suback');
  return { name, publisher, green };
}

async function work({ name, publisher, green }: Learner, seconds: number): Promise<void> {
  const own = broker === 'course' ? '' : `${name}-`;
  const end = epoch() + seconds * 1000;
  // Not all at once, as a class never is.
  await wait(Math.random() * pauseMs);
  // The first and the last tenth are without it.
  const at = epoch() + seconds * 1000 * (0.1 + 0.8 * Math.random());
  const deed = async (): Promise<void> => {
    await wait(at - epoch());
    if (broker !== 'course') return;
    measured.deeds[name] = epoch();
    publisher.send(publishPacket('hello/mqtt', 'Hello'));
    await green;
    measured.greens.push(epoch() - measured.deeds[name]!);
  };
  const done = deed().catch(failed);
  while (epoch() < end) {
    publisher.send(publishPacket(`${own}load/1`, String(epoch())));
    measured.sent += 1;
    await wait(pauseMs);
  }
  await Promise.race([done, wait(10_000)]);
}

const learners: Learner[] = [];
/** As many at once as a teacher says “open it now” to. */
const TOGETHER = 20;
await Promise.all(
  groups.map(async (group) => {
    for (let n = 0; n < group.size; n += TOGETHER) {
      const names = Array.from(
        { length: Math.min(TOGETHER, group.size - n) },
        (_, k) => `L${group.first + n + k}`,
      );
      const made = await Promise.all(names.map((name) => begin(name, group).catch(failed)));
      learners.push(...made.filter((one) => one !== undefined));
    }
  }),
);
process.send!('up');
const [{ begin: start }] = (await once(process, 'message')) as [Begin];
await Promise.all(learners.map((learner) => work(learner, start.seconds)));
await wait(500);
process.send!(measured);
