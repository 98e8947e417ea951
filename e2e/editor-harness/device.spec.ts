import { expect, test } from '@playwright/test';
import { originalPosition } from '../../src/workbench/compile/compiled.ts';
import { compile, open, printed, run } from './open.ts';
import type { Opened } from './open.ts';

const HELLO = `
  import mqtt from 'mqtt';
  import { connect, MqttClient } from 'mqtt';
  import * as all from 'mqtt';
  const client = await mqtt.connectAsync('mqtt://localhost');
  await client.subscribeAsync('hello/mqtt');
  console.log(client instanceof MqttClient, all.connect === connect, client.options.keepalive);
  client.on('message', (topic: string, payload) => {
    console.log('%s: %s', topic, payload, { payload });
    client.end();
  });
  await client.publishAsync('hello/mqtt', 'hi', { qos: 1 });
`;

for (const [how, frameHeader] of [
  ['with the server’s header', true],
  ['from a host of plain files, with the meta element alone', false],
] as const)
  test.describe(`a device ${how}`, () => {
    test.describe.configure({ mode: 'serial' });
    let opened: Opened;
    test.beforeAll(async () => {
      opened = await open({ frameHeader });
    });
    test.afterAll(() => opened?.close());

    test('runs MQTT.js against the broker, and ends', async () => {
      const messages = await run(opened.page, HELLO);
      expect(printed(messages)).toEqual([
        'true true 60',
        'hello/mqtt: hi { payload: <Buffer 68 69> }',
      ]);
      expect(messages.at(-1)).toEqual({ type: 'ended' });
      expect(opened.troubles).toEqual([]);
    });

    test('gives the place of an exception, in the program’s own lines', async () => {
      const text = `// one\n\ninterface Gone {}\nfunction f() {\n  throw new RangeError('too far');\n}\n\nf();`;
      const last = (await run(opened.page, text)).at(-1);
      expect(last).toMatchObject({ type: 'failed', message: 'RangeError: too far' });
      if (last?.type !== 'failed') return;
      expect(originalPosition(compile(text).map, last.line ?? 0, last.column ?? 0)).toEqual({
        line: 5,
        column: 9,
      });
      const later = await run(opened.page, `\n\nsetTimeout(() => { (null as any).x; }, 1);`);
      expect(later.at(-1)).toMatchObject({ type: 'failed', line: 3 });
      const rejected = await run(
        opened.page,
        `\nPromise.reject('plain'); setInterval(() => {}, 9);`,
      );
      expect(rejected.at(-1)).toEqual({ type: 'failed', message: 'plain' });
    });

    test('prints a stack with the learner’s own lines and nothing of the data: URLs', async () => {
      const [text] = printed(await run(opened.page, `\nconsole.log(new Error('seen'));`));
      expect(text).toMatch(/^Error: seen\n {4}at publisher\.ts:2:13$/);
    });

    test('says in one sentence why another broker can’t be reached', async () => {
      const messages = await run(
        opened.page,
        `import mqtt from 'mqtt';\nmqtt.connect('mqtt://broker.hivemq.com');`,
      );
      expect(messages.at(-1)).toMatchObject({ type: 'failed', line: 2 });
      expect(JSON.stringify(messages.at(-1))).toContain('Write mqtt://localhost instead.');
    });

    test('reconnects on a fresh line, redelivers with DUP [MQTT-3.3.1-1], and a stop cuts the line', async () => {
      const gone = new Promise<string>((resolve) =>
        opened.broker.once('clientDisconnect', ({ id }) => resolve(id)),
      );
      const dup = new Promise<boolean>((resolve) => {
        let cuts = 0;
        opened.broker.authorizePublish = (client, packet, done) => {
          if (packet.topic !== 'once') return done(null);
          // The first flight is never acknowledged: its line is cut instead.
          if (cuts++ === 0) (client as unknown as { conn: { destroy(): void } }).conn.destroy();
          else {
            resolve(packet.dup === true);
            done(null);
          }
        };
      });
      const messages = await run(
        opened.page,
        `import mqtt from 'mqtt';
       const client = mqtt.connect('mqtt://localhost', { clientId: 'again', reconnectPeriod: 20 });
       client.publish('once', 'x', { qos: 1 }, () => console.log('acknowledged'));`,
        'acknowledged',
      );
      expect(await dup).toBe(true);
      expect(messages.filter(({ type }) => type === 'mapped')).toHaveLength(1);
      expect(await gone).toBe('again');
    });

    test('stops an endless loop at once, and the page stays usable meanwhile', async () => {
      const answer = await opened.page.evaluate(async () => {
        const run = await harness.run(`console.log('in'); while (true) {}`);
        await run.wait('console', 'in');
        // A frame drawn and a click handled while the loop turns.
        const start = performance.now();
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const frame = performance.now() - start;
        run.device?.stop();
        const next = await harness.run(`console.log('next');`);
        await next.wait('ended');
        return { frame, console: next.console };
      });
      expect(answer.console).toEqual(['next']);
      expect(answer.frame).toBeLessThan(500);
    });

    test('runs several devices side by side, and an abort ends one', async () => {
      const ids = await opened.page.evaluate(async () => {
        const tick = (n: number): string => `setInterval(() => console.log('tick ${n}'), 5);`;
        const [one, two] = await Promise.all([
          harness.run(tick(1), 'one'),
          harness.run(tick(2), 'two'),
        ]);
        await Promise.all([one.wait('console'), two.wait('console')]);
        one.abort.abort();
        const heard = one.messages.length;
        two.messages.length = 0;
        await two.wait('console');
        two.device?.stop();
        return { more: one.messages.length - heard, two: two.console[0] };
      });
      expect(ids).toEqual({ more: 0, two: 'tick 2' });
    });
  });
