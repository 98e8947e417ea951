/** For tests: a broker of its own for each test, closed after it. */
import { afterEach } from 'vitest';
import type { Broker, BrokerOptions } from '../engine/broker.ts';
import { createBroker } from '../engine/builtin/index.ts';

const open: Broker[] = [];

afterEach(async () => {
  for (const broker of open.splice(0)) await broker.close();
});

export async function start(options: BrokerOptions = {}): Promise<Required<Broker>> {
  const broker = await createBroker(options);
  open.push(broker);
  return broker;
}
