/* eslint-disable max-lines -- one test suite, a case after the other, as in Paho's own file */
/** The cases that only Paho's suite for 5.0 has. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { Client } from './client.ts';
import { caseKit, sleep, type Cases } from './kit.ts';

const QUOTA = 0x93;
const texts = (got: readonly { payload: Buffer }[]): string[] =>
  got.map(({ payload }) => String(payload));

export const five: Cases = {
  async session_expiry(target) {
    const { topics, a } = caseKit(target, 'expiry');
    const connect = async (clean: boolean, sessionExpiryInterval: number, present: boolean) => {
      const client = await a({ clean, properties: { sessionExpiryInterval } });
      equal(client.connack.sessionPresent, present);
      if (clean) await client.subscribe(topics[0]);
      return client;
    };
    await (await connect(true, 0, false)).disconnect();
    await (await connect(false, 0, false)).disconnect();
    await (await connect(true, 5, false)).disconnect();
    await sleep(2000);
    await (await connect(false, 5, true)).disconnect();
    await sleep(6000);
    await (await connect(false, 5, false)).disconnect();
    // DISCONNECT is the last packet.
    await (await connect(true, 1, false)).disconnect({ sessionExpiryInterval: 5 });
    await sleep(3000);
    await (await connect(false, 1, true)).disconnect({ sessionExpiryInterval: 0 });
    await (await connect(false, 1, false)).disconnect();
  },

  async shared_subscriptions(target) {
    const { topics, a, b } = caseKit(target, 'shared');
    const members = [await a(), await b()];
    const filters = [`$share/sharename/${topics[0]}/x`, topics[0]];
    for (const client of members) await client.subscribe(filters);
    await members[1]!.deliver(topics[0], 'to both');
    for (const client of members) equal((await client.receive(1)).length, 1);
    await members[1]!.deliver(`${topics[0]}/x`, 'to one');
    await members[1]!.settle();
    const counts = [];
    for (const client of members) counts.push((await client.receive(0)).length);
    deepEqual(counts.sort(), [0, 1]);
  },

  async assigned_clientid(target) {
    const client = await Client.open(target, '');
    equal(client.connack.code, 0);
    ok(client.connack.properties['assignedClientIdentifier']);
    await client.disconnect();
    const named = await Client.open(target, 'paho-client0');
    equal(named.connack.properties['assignedClientIdentifier'], undefined);
  },

  async user_properties(target) {
    const { topics, a } = caseKit(target, 'user-properties');
    const client = await a();
    await client.subscribe(topics[0]);
    const properties = { userProperties: { a: '2', c: '3' } };
    for (const qos of [0, 1, 2]) await client.deliver(topics[0], '', qos, { properties });
    const got = await client.receive(3);
    for (const one of got)
      deepEqual({ ...(one.properties['userProperties'] as object) }, { a: '2', c: '3' });
    deepEqual(got.map(({ qos }) => qos).sort(), [0, 1, 2]);
  },

  async payload_format(target) {
    const { topics, a } = caseKit(target, 'payload-format');
    const client = await a();
    await client.subscribe(topics[0]);
    const properties = { payloadFormatIndicator: true, contentType: 'My name' };
    for (const qos of [0, 1, 2]) await client.deliver(topics[0], '', qos, { properties });
    const got = await client.receive(3);
    for (const one of got) {
      equal(one.properties['contentType'], 'My name');
      equal(Number(one.properties['payloadFormatIndicator']), 1);
    }
    deepEqual(got.map(({ qos }) => qos).sort(), [0, 1, 2]);
  },

  async publication_expiry(target) {
    const { topics, a, b } = caseKit(target, 'publication-expiry');
    const away = await b({ properties: { sessionExpiryInterval: 99_999 } });
    await away.subscribe(topics[0]);
    await away.disconnect({ sessionExpiryInterval: 999_999_999 });
    const client = await a();
    for (const messageExpiryInterval of [1, 6])
      for (const qos of [1, 2])
        await client.deliver(topics[0], `${messageExpiryInterval}`, qos, {
          properties: { messageExpiryInterval },
        });
    await sleep(3000);
    const got = await (await b({ clean: false })).receive(2);
    deepEqual(texts(got), ['6', '6']);
    for (const { properties } of got) ok((properties['messageExpiryInterval'] as number) < 6);
  },

  async subscribe_options(target) {
    const { topics, wild, a, b } = caseKit(target, 'options');
    let client = await a();
    const other = await b();
    for (const one of [client, other]) await one.subscribe(topics[0], 2, { nl: true });
    await client.deliver(topics[0], 'noLocal test', 1);
    equal((await other.receive(1)).length, 1);
    equal((await client.receive(0)).length, 0);
    await client.disconnect();
    await other.disconnect();

    client = await a();
    await client.subscribe(topics[0], 2, { rap: true });
    await client.deliver(topics[0], 'retain as published false', 1);
    await client.deliver(topics[0], 'retain as published true', 1, { retain: true });
    deepEqual(
      (await client.receive(2)).map(({ retain }) => retain),
      [false, true],
    );
    await client.disconnect();

    for (const [rh, first, again] of [
      [1, 3, 0],
      [2, 0, 0],
      [0, 3, 3],
    ] as const) {
      client = await a();
      for (const qos of [0, 1, 2])
        await client.deliver(topics[qos + 1]!, `qos ${qos}`, qos, { retain: true });
      for (const count of [first, again]) {
        await client.subscribe(wild[5], 2, { rh });
        const got = await client.receive(count);
        equal(got.length, count);
        if (count > 0) deepEqual(got.map(({ qos }) => qos).sort(), [0, 1, 2]);
      }
      await client.disconnect();
    }
    client = await a();
    for (const topic of topics) await client.deliver(topic, '', 1, { retain: true });
  },

  async subscribe_identifiers(target) {
    const { topics, a, b } = caseKit(target, 'identifiers');
    const one = await a();
    const two = await b();
    const identified = (subscriptionIdentifier: number) => ({
      properties: { subscriptionIdentifier },
    });
    await one.subscribe(topics[0], 2, identified(456_789));
    await two.subscribe(topics[0], 2, identified(2));
    await two.subscribe(`${topics[0]}/#`, 2, identified(3));
    await two.deliver(topics[0], 'sub identifier test', 1);
    const idsOf = async (client: Client): Promise<unknown[]> => {
      const got = await client.receive(1);
      equal(got.length, 1);
      return [got[0]!.properties['subscriptionIdentifier']].flat().sort();
    };
    deepEqual(await idsOf(one), [456_789]);
    deepEqual(await idsOf(two), [2, 3]);
  },

  async request_response(target) {
    const { topics, a, b } = caseKit(target, 'request');
    const [requester, responder] = [await a(), await b()];
    for (const client of [requester, responder]) await client.subscribe(topics[0], 2, { nl: true });
    const properties = { responseTopic: topics[0], correlationData: Buffer.from('334') };
    await requester.deliver(topics[0], 'request', 1, { properties });
    const [request] = await responder.receive(1);
    equal(request!.properties['responseTopic'], topics[0]);
    equal(String(request!.properties['correlationData']), '334');
    await responder.deliver(topics[0], 'response', 1, { properties });
    deepEqual(texts(await requester.receive(1)), ['response']);
  },

  async client_topic_alias(target) {
    const { topics, a } = caseKit(target, 'client-alias');
    const alias = (topicAlias: number) => ({ properties: { topicAlias } });
    const wrong = await a();
    // mqtt-packet doesn't write an alias 0: QoS 0, a topic of one character.
    wrong.write(Uint8Array.of(0x30, 7, 0, 1, 0x78, 3, 0x23, 0, 0));
    await wrong.next('disconnect');
    const client = await a({ properties: { topicAliasMaximum: 0, sessionExpiryInterval: 99_999 } });
    if (!client.connack.properties['topicAliasMaximum']) return;
    await client.subscribe(topics[0]);
    await client.deliver(topics[0], 'topic alias 1', 1, alias(1));
    await client.deliver('', 'topic alias 2', 1, alias(1));
    deepEqual(texts(await client.receive(2)), ['topic alias 1', 'topic alias 2']);
    await client.disconnect();
    const back = await a({ clean: false });
    await back.deliver(topics[0], 'topic alias 3', 1);
    deepEqual(texts(await back.receive(1)), ['topic alias 3']);
    back.publish('', 'topic alias 4', { qos: 1, ...alias(1) });
    await back.next('disconnect');
  },

  async server_topic_alias(target) {
    const { topics, a } = caseKit(target, 'server-alias');
    for (const properties of [{ topicAliasMaximum: 1 }, {}, { topicAliasMaximum: 0 }]) {
      const client = await a({ properties });
      await client.subscribe(topics[0]);
      for (const qos of [0, 1, 2]) await client.deliver(topics[0], 'topic alias 1', qos);
      const got = await client.receive(3);
      const allowed = properties.topicAliasMaximum === 1;
      const aliases = got.map((one) => one.properties['topicAlias']);
      deepEqual(aliases, allowed ? [1, 1, 1] : [undefined, undefined, undefined]);
      const [first, second] = got.map(({ topic }) => topic);
      deepEqual([first, second], allowed ? [topics[0], ''] : [topics[0], topics[0]]);
      await client.disconnect();
    }
  },

  async maximum_packet_size(target) {
    const { topics, a } = caseKit(target, 'packet-size');
    const sender = await a();
    const most = (sender.connack.properties['maximumPacketSize'] as number) ?? 2 ** 28 - 1;
    if (most < 65_535) {
      sender.publish(topics[0], '.'.repeat(most));
      equal((await sender.next('disconnect')).code, 0x95);
    } else await sender.disconnect();
    const client = await a({ properties: { maximumPacketSize: 64 } });
    await client.subscribe(topics[0]);
    await client.deliver(topics[0], '.'.repeat(32));
    equal((await client.receive(1)).length, 1);
    await client.deliver(topics[0], '.'.repeat(64), 1);
    equal((await client.receive(0)).length, 0);
  },

  async server_keep_alive(target) {
    const { a } = caseKit(target, 'server-keep-alive');
    equal((await a({ keepalive: 120 })).connack.properties['serverKeepAlive'], 60);
  },

  async flow_control1(target) {
    const { topics, a } = caseKit(target, 'flow-1');
    const client = await a({ properties: { receiveMaximum: 2, sessionExpiryInterval: 0 } });
    await client.subscribe(topics[0]);
    client.acknowledges = false;
    for (const n of [1, 2, 3]) await client.deliver(topics[0], `message ${n}`, 1);
    const got = await client.receive(2);
    deepEqual(texts(got), ['message 1', 'message 2']);
    client.send({ cmd: 'puback', messageId: got[0]!.messageId });
    deepEqual(texts(await client.receive(1)), ['message 3']);
  },

  async flow_control2(target) {
    const { topics, a } = caseKit(target, 'flow-2');
    const client = await a();
    const most = (client.connack.properties['receiveMaximum'] as number) ?? 65_535;
    for (let n = 1; n <= most + 1; n++) client.publish(topics[0], `message ${n}`, { qos: 2 });
    equal((await client.next('disconnect')).code, QUOTA);
  },

  async will_delay(target) {
    // Will delay, session expiry, and when the will comes.
    for (const [delay, expiry, wanted] of [
      [3, 5, 4],
      [5, 0, 1],
      [5, 2, 3],
    ] as const) {
      const { topics, a, b } = caseKit(target, `will-delay-${delay}-${expiry}`);
      const will = { topic: topics[0], payload: Buffer.from('will'), qos: 2, retain: false };
      const client = await a({
        will: { ...will, properties: { willDelayInterval: delay } },
        properties: { sessionExpiryInterval: expiry },
      });
      equal(client.connack.sessionPresent, false);
      const watcher = await b();
      await watcher.subscribe(topics[0]);
      client.terminate();
      const began = performance.now();
      deepEqual(texts(await watcher.receive(1)), ['will']);
      const seconds = (performance.now() - began) / 1000;
      ok(Math.abs(seconds - wanted) <= 1.05, `after ${seconds} s, not ${wanted}`);
    }
  },
};
