/** Run by leak.test.ts with --expose-gc: makes and closes brokers, prints bytes of heap as JSON. */
import type { Broker } from '../engine/broker.ts';
import { createBroker } from '../engine/builtin/index.ts';
import { connected } from './broker-client.ts';

const [mode, count] = [process.argv[2], Number(process.argv[3])];
const collect = globalThis.gc!;

async function heap(): Promise<number> {
  // Streams are released in later turns.
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

async function life(): Promise<void> {
  const broker = await createBroker();
  const five = await connected(broker, 'five', { properties: { sessionExpiryInterval: 60 } }, 5);
  await five.subscribe('t/#', 1);
  await five.subscribe('$SYS/#', 0);
  const old = await connected(broker, 'old', { clean: false, keepalive: 60 });
  old.publish('t/x', 'payload', { qos: 1, retain: true });
  await five.next('publish');
  await old.cut();
  await broker.close();
}

async function lives(): Promise<number> {
  // What is made once, for all: code, caches.
  for (let i = 0; i < 300; i++) await life();
  const before = await heap();
  for (let i = 0; i < count; i++) await life();
  return (await heap()) - before;
}

async function idle(): Promise<number> {
  const kept: Broker[] = [];
  for (let i = 0; i < 100; i++) kept.push(await createBroker());
  const before = await heap();
  for (let i = 0; i < count; i++) kept.push(await createBroker());
  const each = ((await heap()) - before) / count;
  for (const broker of kept) await broker.close();
  return each;
}

console.log(JSON.stringify(await (mode === 'lives' ? lives() : idle())));
