/** What MQTT 5.0 adds: reason codes, properties, subscription options. */
import { expect } from 'vitest';
import { connected } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';

export const mqtt5 = ({ start, test }: EngineSuite): void => {
  test('user properties keep their order and number, and all else is passed on [MQTT-3.3.2-18]', async () => {
    const broker = await start();
    const publisher = await connected(broker, 'p', {}, 5);
    const reader = await connected(broker, 'r', {}, 5);
    await reader.subscribe('t', 2);
    const bytes: Uint8Array[] = [];
    reader.stream.on('data', (chunk: Uint8Array) => bytes.push(chunk));
    // mqtt-packet can't write this order: z, 2, z, 1.
    const pairs = [
      ['z', 'first'],
      ['2', 'second'],
      ['z', 'third'],
      ['1', 'fourth'],
    ];
    const text = (s: string): Buffer => Buffer.concat([Buffer.from([0, s.length]), Buffer.from(s)]);
    const properties = Buffer.concat([
      Buffer.from([0x01, 1, 0x09, 0, 2, 0xff, 0x00, 0x03]),
      text('text/plain'),
      Buffer.from([0x08]),
      text('reply/to'),
      ...pairs.map(([name, value]) =>
        Buffer.concat([Buffer.from([0x26]), text(name!), text(value!)]),
      ),
    ]);
    const rest = Buffer.concat([
      text('t'),
      Buffer.from([properties.length]),
      properties,
      text('hi'),
    ]);
    publisher.stream.write(Buffer.concat([Buffer.from([0x30, rest.length]), rest]));
    await reader.next('publish');
    // Byte for byte as sent, but for the order of different properties, which is free.
    const wanted = pairs.map(([name, value]) =>
      Buffer.concat([Buffer.from([0x26]), text(name!), text(value!)]),
    );
    expect(Buffer.concat(bytes).includes(Buffer.concat(wanted))).toBe(true);
    publisher.publish('t', 'x', {
      qos: 1,
      properties: {
        payloadFormatIndicator: true,
        contentType: 'a/b',
        responseTopic: 'r',
        correlationData: Buffer.from([1, 2]),
      },
    });
    expect((await reader.next('publish')).properties).toEqual({
      payloadFormatIndicator: true,
      contentType: 'a/b',
      responseTopic: 'r',
      correlationData: Buffer.from([1, 2]),
    });
  });

  test('a 3.1.1 subscriber gets the same message without properties', async () => {
    const broker = await start();
    const publisher = await connected(broker, 'p', {}, 5);
    const reader = await connected(broker, 'r');
    await reader.subscribe('t');
    publisher.publish('t', 'x', { properties: { contentType: 'a/b' } });
    expect((await reader.next('publish')).payload.toString()).toBe('x');
  });

  test('No Local, Retain As Published, Retain Handling [MQTT-3.8.3-3] [MQTT-3.3.1-9] … -13', async () => {
    const broker = await start();
    const a = await connected(broker, 'a', {}, 5);
    const b = await connected(broker, 'b', {}, 5);
    await a.subscribe([{ topic: 't', qos: 0, nl: true }]);
    await b.subscribe([{ topic: 't', qos: 0, rap: true }]);
    a.publish('t', 'x', { retain: true });
    expect(await a.messages()).toEqual([]);
    expect(await b.next('publish')).toMatchObject({ retain: true });
    const handling = async (rh: number): Promise<number> => {
      await b.subscribe([{ topic: 't', qos: 0, rh }]);
      return (await b.messages()).length;
    };
    expect([await handling(1), await handling(2), await handling(0)]).toEqual([0, 0, 1]);
    await b.subscribe([{ topic: '+', qos: 0, rh: 1 }]);
    expect(await b.messages()).toHaveLength(1);
  });

  test('one PUBLISH carries every identifier of overlapping subscriptions [MQTT-3.3.4-4]', async () => {
    const broker = await start();
    const client = await connected(broker, 'c', {}, 5);
    await client.subscribe('t/a', 1, { properties: { subscriptionIdentifier: 2 } });
    await client.subscribe('t/#', 0, { properties: { subscriptionIdentifier: 300 } });
    await client.subscribe('+/a', 0);
    client.publish('t/a', 'x', { qos: 1 });
    const got = await client.next('publish');
    expect((got.properties!['subscriptionIdentifier'] as number[]).toSorted()).toEqual([2, 300]);
    await client.subscribe('t/a', 1, { properties: { subscriptionIdentifier: 9 } });
    client.publish('t/a', 'x');
    const again = await client.next('publish');
    expect(again.properties!['subscriptionIdentifier']).not.toContain(2);
    await broker.publish({ topic: 'r/a', payload: 'x', retain: true });
    await client.next('publish');
    await client.subscribe('r/a', 0, { properties: { subscriptionIdentifier: 77 } });
    expect((await client.next('publish')).properties).toEqual({ subscriptionIdentifier: 77 });
  });

  test('UNSUBACK says which subscriptions there were [MQTT-3.11.3-2]', async () => {
    const broker = await start();
    const client = await connected(broker, 'c', {}, 5);
    await client.subscribe('a');
    client.send({ cmd: 'unsubscribe', messageId: 5, unsubscriptions: ['a', 'b'] });
    expect((await client.next('unsuback')).granted).toEqual([0, 0x11]);
  });
};
