/** What a listener or the broker allows at most. */
import { connects, leaves, publishes, subscribes } from '../steps.ts';
import { conf, open, talking } from './shared.ts';
import type { Case } from './shared.ts';

const bytes = (count: number) => 'x'.repeat(count);
export const limits: Case[] = [
  conf('QoS 1 at most', `${open}max_qos 1\n`, [
    connects('will2', { will: { topic: 'w', payload: 'w', qos: 2 } }),
    connects('will25', { version: 5, will: { topic: 'w', payload: 'w', qos: 2 } }),
    ...talking('a/b', 'a/#'),
  ]),
  conf('QoS 1 at most, by its old name', `${open}maximum_qos 1\n`, talking('a/b', 'a/#')),
  conf('QoS 0 at most', `${open}max_qos 0\n`, talking('a/b', 'a/#')),
  conf(
    'QoS 1 at most at one of two listeners',
    'listener 1883\nmax_qos 1\nlistener 1884\nallow_anonymous true\n',
    [
      connects('a', { version: 5 }),
      connects('b', { version: 5, port: 1884 }),
      connects('old', { port: 1884 }),
      connects('oldest'),
      subscribes('a', 'x', 2),
      subscribes('b', 'x', 2),
      subscribes('oldest', 'y', 2),
      publishes('b', 'x', 'two', 2),
      publishes('old', 'y', 'two', 2),
      publishes('a', 'x', 'two', 2),
      publishes('oldest', 'x', 'two', 2),
    ],
  ),
  conf('nothing is retained', `${open}retain_available false\n`, [
    connects('will', { will: { topic: 'w', payload: 'w', retain: true } }),
    connects('will5', { version: 5, will: { topic: 'w', payload: 'w', retain: true } }),
    connects('a'),
    connects('b', { version: 5 }),
    publishes('a', 'x', 'kept', 1, true),
    publishes('b', 'x', 'kept', 1, true),
    connects('c'),
    subscribes('c', '#'),
  ]),
  conf('small payloads', `${open}message_size_limit 10\n`, [
    connects('a'),
    connects('b', { version: 5 }),
    connects('c'),
    subscribes('c', '#', 1),
    publishes('a', 'x', bytes(10), 1),
    publishes('a', 'x', bytes(11), 1),
    publishes('a', 'x', bytes(11), 0),
    publishes('b', 'x', bytes(11), 0),
    publishes('b', 'x', bytes(11), 1),
    publishes('a', 'x', bytes(11), 2),
  ]),
  {
    ...conf('the limits that 5.0 clients are told', open, [connects('a', { version: 5 })]),
    everything: true,
  },
  conf('small packets', `${open}max_packet_size 100\n`, [
    connects('a'),
    connects('b', { version: 5 }),
    connects('c'),
    subscribes('c', '#', 1),
    publishes('a', 'x', bytes(80), 1),
    publishes('b', 'x', bytes(80), 1),
    publishes('a', 'x', bytes(95)),
    publishes('a', 'x', bytes(96)),
    publishes('a', 'x', bytes(97)),
    connects('a'),
    publishes('a', 'x', bytes(200), 1),
    publishes('b', 'x', bytes(200), 1),
  ]),
  conf('packets of some size', `${open}max_packet_size 1000\n`, [
    connects('a'),
    publishes('a', 'x', bytes(996)),
    publishes('a', 'x', bytes(997)),
  ]),
  conf('short keep alives', `${open}max_keepalive 30\n`, [
    connects('a', { keepAlive: 60 }),
    connects('b', { keepAlive: 60, version: 5 }),
    connects('c', { keepAlive: 0, version: 5 }),
    connects('e', { keepAlive: 0 }),
    connects('d', { keepAlive: 20, version: 5 }),
  ]),
  conf('no keep alive at all', open, [
    connects('a', { keepAlive: 0 }),
    connects('b', { keepAlive: 0, version: 5 }),
  ]),
  conf('five in flight', `${open}max_inflight_messages 5\n`, talking('a/b', 'a/#')),
  conf('any number in flight', `${open}max_inflight_messages 0\n`, talking('a/b', 'a/#')),
  conf('two wait for a sleeper', `${open}max_inflight_messages 1\nmax_queued_messages 2\n`, [
    connects('phone', { clean: false }),
    subscribes('phone', 'a', 1),
    leaves('phone'),
    connects('pub'),
    ...['1', '2', '3', '4', '5'].map((payload) => publishes('pub', 'a', payload, 1)),
    connects('phone', { clean: false }),
  ]),
];
