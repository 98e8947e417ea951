/** The cases that both of Paho's suites have. Each is named as there, and has topics of its own. */
import { deepEqual, equal, notEqual, ok, rejects } from 'node:assert/strict';
import { Client } from './client.ts';
import { caseKit, type Cases } from './kit.ts';

export const both: Cases = {
  async basic(target) {
    const { topics, a } = caseKit(target, 'basic');
    await (await a()).disconnect();
    const client = await a();
    equal(client.connack.code, 0);
    await client.subscribe(topics[0]);
    for (const qos of [0, 1, 2]) await client.deliver(topics[0], `qos ${qos}`, qos);
    equal((await client.receive(3)).length, 3);
    const twice = await a();
    twice.connectAgain('twice');
    await twice.ended();
    await rejects(a({ protocolId: 'hj' }));
  },

  async retained_message(target) {
    const { topics, wild, a, properties } = caseKit(target, 'retained');
    const more = { retain: true, ...properties({ userProperties: { a: '2', c: '3' } }) };
    const client = await a();
    for (const qos of [0, 1, 2]) await client.deliver(topics[qos + 1]!, `qos ${qos}`, qos, more);
    await client.subscribe(wild[5]);
    const got = await client.receive(3);
    deepEqual(got.map(({ qos }) => qos).sort(), [0, 1, 2]);
    if (target.version === 5)
      for (const one of got)
        deepEqual({ ...(one.properties['userProperties'] as object) }, { a: '2', c: '3' });
    for (const qos of [0, 1, 2]) await client.deliver(topics[qos + 1]!, '', qos, { retain: true });
    await client.receive(3);
    await client.disconnect();
    const again = await a();
    await again.subscribe(wild[5]);
    equal((await again.receive(0)).length, 0);
  },

  async will_message(target) {
    const { topics, a, b } = caseKit(target, 'will');
    const payload = Buffer.from('client not disconnected');
    const client = await a({
      keepalive: 2,
      will: { topic: topics[2], payload, qos: 2, retain: false },
    });
    const watcher = await b({ clean: false });
    await watcher.subscribe(topics[2]);
    client.terminate();
    deepEqual(
      (await watcher.receive(1)).map((one) => String(one.payload)),
      [String(payload)],
    );
    await watcher.disconnect();
  },

  async zero_length_clientid(target) {
    const good = await Client.open(target, '');
    equal(good.connack.code, 0);
    await good.disconnect();
    const { hand } = caseKit(target, 'zero');
    // mqtt-packet doesn't write it: no identifier, clean session (clean start) 0.
    const name = [0, 4, 77, 81, 84, 84, target.version];
    const rest = [0, 0, 0, ...(target.version === 5 ? [0] : []), 0, 0];
    const bare = await hand(Uint8Array.of(0x10, name.length + rest.length, ...name, ...rest));
    const connack = await bare.next('connack');
    equal(connack.code, target.version === 5 ? 0 : 2);
    // 5.0 allows it, and the broker assigns an identifier.
    if (target.version === 5) ok(connack.properties['assignedClientIdentifier']);
    else await bare.ended();
  },

  async offline_message_queueing(target) {
    const { topics, wild, a, b, kept } = caseKit(target, 'offline');
    const away = await a({ ...kept, clean: target.version === 5 });
    await away.subscribe(wild[5]);
    await away.disconnect();
    const publisher = await b();
    equal(publisher.connack.sessionPresent, false);
    for (const qos of [0, 1, 2]) await publisher.deliver(topics[qos + 1]!, `qos ${qos}`, qos);
    await publisher.disconnect();
    const back = await a({ clean: false });
    equal(back.connack.sessionPresent, true);
    const got = await back.receive(2);
    ok(got.length === 2 || got.length === 3, `${got.length} messages`);
  },

  async overlapping_subscriptions(target) {
    const { topics, wild, a } = caseKit(target, 'overlapping');
    const client = await a();
    await client.subscribe([
      { topic: wild[6], qos: 2 },
      { topic: wild[0], qos: 1 },
    ]);
    await client.deliver(topics[3], 'overlapping topic filters', 2);
    const qos = (await client.receive(1)).map((one) => one.qos).sort();
    ok(qos.length === 1 ? qos[0] === 2 : String(qos) === '1,2', `QoS ${qos}`);
  },

  async keepalive(target) {
    const { topics, a, b } = caseKit(target, 'keepalive');
    const will = {
      topic: topics[4],
      payload: Buffer.from('keepalive expiry'),
      qos: 2,
      retain: false,
    };
    const client = await a({ keepalive: 5, will });
    const watcher = await b();
    await watcher.subscribe(topics[4]);
    const began = performance.now();
    equal((await watcher.receive(1)).length, 1);
    const seconds = (performance.now() - began) / 1000;
    ok(seconds > 5 && seconds <= 15, `after ${seconds} s`);
    await client.ended();
  },

  async redelivery_on_reconnect(target) {
    const { topics, wild, b, kept } = caseKit(target, 'redelivery');
    const client = await b({ ...kept, clean: target.version === 5 });
    await client.subscribe(wild[6]);
    client.acknowledges = false;
    client.publish(topics[1], '', { qos: 1 });
    await client.deliver(topics[3], '', 2);
    await client.settle();
    await client.disconnect();
    const back = await b({ clean: false });
    equal((await back.receive(2)).length, 2);
  },

  async subscribe_failure(target) {
    const { a } = caseKit(target, 'failure');
    const { granted } = await (
      await a()
    ).subscribe(target.version === 5 ? 'test/nosubscribe' : 'nosubscribe');
    deepEqual(granted, [0x80], `the return code should be 128, is ${granted}`);
  },

  async dollar_topics(target) {
    const { b } = caseKit(target, 'dollar');
    const client = await b();
    await client.subscribe('+/+');
    await client.settle();
    client.got.length = 0;
    await client.deliver('$TopicA/B', '', 1);
    const own = (await client.receive(0)).filter(({ topic }) => topic.startsWith('$'));
    equal(own.length, 0);
  },

  async unsubscribe(target) {
    const { topics, a, b } = caseKit(target, 'unsubscribe');
    const client = await b();
    for (const n of [0, 1, 2]) await client.subscribe(topics[n]!);
    await client.unsubscribe(topics[0]);
    const publisher = await a();
    for (const n of [0, 1, 2]) await publisher.deliver(topics[n]!, `topic ${n}`, 1);
    const got = await client.receive(2);
    deepEqual(
      got.map(({ payload }) => String(payload)),
      ['topic 1', 'topic 2'],
    );
    notEqual(got.length, 3);
  },
};
