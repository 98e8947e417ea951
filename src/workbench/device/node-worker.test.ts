import { Duplex } from 'node:stream';
import { Aedes } from 'aedes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgramInNode, startingLine } from './node-worker.ts';
import type { FromDevice } from './messages.ts';

let broker: Aedes;
let abort: AbortController;
/** Bytes from the program, one string of hexadecimal for each line. */
let sent: string[];
let cut: (() => void)[];

beforeEach(async () => {
  broker = await Aedes.createBroker();
  abort = new AbortController();
  sent = [];
  cut = [];
});
afterEach(async () => {
  abort.abort();
  await new Promise<void>((resolve) => broker.close(() => resolve()));
});

/** A line's port → the broker. `swallow` decides which chunks from the broker are lost. */
function join(port: MessagePort, swallow: (chunk: Uint8Array) => boolean = () => false): void {
  const index = sent.push('') - 1;
  const stream = new Duplex({
    read() {},
    write(chunk: Uint8Array, _encoding, done) {
      if (!swallow(chunk)) port.postMessage(new Uint8Array(chunk));
      done();
    },
    destroy(error, done) {
      port.postMessage(null);
      done(error);
    },
  });
  cut.push(() => stream.destroy());
  port.onmessage = ({ data }: MessageEvent<Uint8Array | null>) => {
    if (data === null) stream.destroy();
    else {
      sent[index] += Buffer.from(data).toString('hex');
      stream.push(Buffer.from(data));
    }
  };
  broker.handle(stream);
}

function run(
  program: string,
  openLine: (port: MessagePort) => void = join,
  language: 'en' | 'zh-tw' = 'en',
) {
  const messages: FromDevice[] = [];
  return new Promise<FromDevice[]>((resolve) => {
    runProgramInNode({
      name: 'publisher',
      program,
      language,
      openLine: (port) => openLine(port),
      signal: abort.signal,
      on(message) {
        messages.push(message);
        if (message.type === 'ended' || message.type === 'failed') resolve(messages);
      },
    });
  });
}
const printed = (messages: FromDevice[]) =>
  messages.flatMap((m) => (m.type === 'console' ? [m.text] : []));

/** A running program that the test can talk to. */
function open(program: string, together?: SharedArrayBuffer) {
  const messages: FromDevice[] = [];
  const waiting = new Set<() => void>();
  const device = runProgramInNode({
    name: 'publisher',
    program,
    ...(together && { together }),
    openLine: (port) => join(port),
    signal: abort.signal,
    on(message) {
      messages.push(message);
      for (const look of waiting) look();
    },
  });
  const until = (holds: (all: FromDevice[]) => boolean) =>
    new Promise<FromDevice[]>((resolve) => {
      const look = () => holds(messages) && resolve(messages);
      waiting.add(look);
      look();
    });
  return { ...device, until };
}
const has = (text: string) => (all: FromDevice[]) => printed(all).includes(text);
const over = (all: FromDevice[]) => all.some(({ type }) => type === 'ended' || type === 'failed');

it('programs that start together wait for the one that loads last', async () => {
  const line = startingLine(2);
  const first = open("console.log('first');", line);
  Atomics.wait(new Int32Array(line), 0, 2); // Until the first has loaded.
  const before = Date.now();
  const second = open("console.log('second');", line);
  for (const { until } of [first, second]) {
    const message = (await until(over)).find(({ type }) => type === 'console');
    expect(message).toHaveProperty('at');
    expect((message as { at: number }).at).toBeGreaterThanOrEqual(before);
  }
});

describe('from the page', () => {
  it('a program that is asked to end says DISCONNECT, whatever it still waits for', async () => {
    const device = open(`
      import mqtt from 'mqtt';
      setInterval(() => {}, 50);
      const client = await mqtt.connectAsync('mqtt://localhost');
      console.log('on');
    `);
    await device.until(has('on'));
    device.send({ type: 'end' });
    expect((await device.until(over)).at(-1)).toEqual({ type: 'ended' });
    // DISCONNECT, section 3.14 of MQTT 3.1.1: the last two bytes of the line.
    expect(sent[0]).toMatch(/e000$/);
  });

  it('a press reaches the program, which waits for it without timers or lines', async () => {
    const device = open(`
      import { button, lamp } from 'device';
      const light = lamp('Light');
      button('Bell').onPress(() => { light.toggle(); console.log('pressed', light.isOn); });
    `);
    await device.until((all) => all.filter(({ type }) => type === 'face').length === 2);
    device.send({ type: 'input', face: 2, value: 1 });
    const messages = await device.until(has('pressed true'));
    expect(over(messages)).toBe(false);
    await device.until((all) => all.some((each) => each.type === 'face-value' && each.value === 1));
    device.send({ type: 'end' });
    await device.until(over);
  });

  it('the last value of a face is seen, also of a program that ends at once', async () => {
    const messages = await run(`
      import * as device from 'device';
      const gauge = device.gauge('Speed', { max: 200 });
      for (let i = 0; i < 100; i++) gauge.set(i);
    `);
    const shown = messages.filter(({ type }) => type === 'face-value');
    expect(shown.at(-1)).toEqual({ type: 'face-value', id: 1, value: 99 });
    expect(messages.at(-1)).toEqual({ type: 'ended' });
  });
});

describe('a program in a Node thread', () => {
  it('connects, publishes and ends, with types, top-level await and every way to import', async () => {
    const messages = await run(`
      import mqtt, { connect, MqttClient, type IClientOptions } from 'mqtt';
      import * as all from 'mqtt';
      const options: IClientOptions = { clientId: 'a' };
      const client = await mqtt.connectAsync('mqtt://localhost', options);
      console.log(client instanceof MqttClient, all.connect === connect, client.options.keepalive, client.options.protocolVersion);
      await client.subscribeAsync('hello/mqtt');
      client.on('message', (topic, payload) => { console.log(topic, payload.toString()); client.end(); });
      await client.publishAsync('hello/mqtt', 'hi', { qos: 1 });
    `);
    expect(printed(messages)).toEqual(['true true 60 4', 'hello/mqtt hi']);
    expect(messages.filter(({ type }) => type === 'mapped')).toEqual([
      { type: 'mapped', url: 'mqtt://localhost' },
    ]);
    expect(messages.at(-1)).toEqual({ type: 'ended' });
    expect(sent).toHaveLength(1);
    // DISCONNECT is the last thing on the line [MQTT-3.14.4-1].
    expect(sent[0]).toMatch(/e000$/);
  });

  it.each([
    `mqtt.connect()`,
    `mqtt.connect({})`,
    `mqtt.connect({ host: 'localhost', port: 1883 })`,
    `mqtt.connect('mqtt://localhost:1883')`,
    `mqtt.connect('mqtt://127.0.0.1')`,
    `mqtt.connect('ws://localhost:9001')`,
    `mqtt.connect('ws://localhost:9001/mqtt', { clientId: 'b' })`,
    `new mqtt.MqttClient(mqtt.connect({ manualConnect: true }).streamBuilder, {})`,
  ])('takes %s for the room', async (call) => {
    const messages = await run(`import mqtt from 'mqtt';
      const client = ${call} as any;
      client.on('connect', () => client.endAsync().then(() => console.log('done')));`);
    expect(printed(messages)).toEqual(['done']);
    expect(messages.at(-1)).toEqual({ type: 'ended' });
  });

  it.each([
    ['mqtt://test.mosquitto.org', 'Write mqtt://localhost instead.'],
    ['mqtt://localhost:1884', 'No broker listens at mqtt://localhost:1884.'],
    ['mqtts://localhost:8883', 'there is no TLS listener'],
    ['localhost', 'Missing protocol'],
  ])('refuses %s with a sentence, at its line', async (url, sentence) => {
    const messages = await run(`import mqtt from 'mqtt';\n\nmqtt.connect('${url}');\n`);
    expect(messages.at(-1)).toMatchObject({ type: 'failed', line: 3 });
    expect((messages.at(-1) as { message: string }).message).toContain(sentence);
    expect(sent).toEqual([]);
  });

  it('speaks Chinese, and connectAsync rejects', async () => {
    const messages = await run(
      `import { connectAsync } from 'mqtt'; await connectAsync('mqtt://example.org').catch((error) => console.log(error.message));`,
      join,
      'zh-tw',
    );
    expect(printed(messages)[0]).toContain('請改寫成 mqtt://localhost');
  });

  it('sends an unacknowledged PUBLISH again with DUP, on a fresh line [MQTT-3.3.1-1]', async () => {
    let lines = 0;
    const messages = await run(
      `import mqtt from 'mqtt';
       const client = mqtt.connect({ clientId: 'a', clean: false, reconnectPeriod: 10 });
       client.publish('t', 'x', { qos: 1 });
       client.on('connect', () => client.publish('u', 'y', { qos: 1 }, () => client.end()));`,
      (port) => {
        lines++;
        // The first line's PUBACKs are lost (type 4, section 3.4), and the line with them.
        join(
          port,
          (chunk) =>
            lines === 1 && (chunk[0] ?? 0) >> 4 === 4 && (setImmediate(() => cut[0]?.()), true),
        );
      },
    );
    expect(messages.at(-1)).toEqual({ type: 'ended' });
    expect(lines).toBe(2);
    // First flight of t: 0x32 (QoS 1, DUP 0), though it waited for the connection; then 0x3a (DUP 1).
    expect(sent[0]).toMatch(/3206000174\w{4}78/);
    expect(sent[1]).toMatch(/3a06000174\w{4}78/);
    expect(sent[1]).not.toMatch(/3206000174/);
  });

  it('fails at the line of an exception, in a callback too, and of a rejection', async () => {
    expect((await run(`const a: string = 'x';\n\nthrow new TypeError('no ' + a);`)).at(-1)).toEqual(
      {
        type: 'failed',
        message: 'TypeError: no x',
        line: 3,
        column: 7,
      },
    );
    expect((await run(`\nsetTimeout(() => {\n  null!.x;\n}, 1);`)).at(-1)).toMatchObject({
      type: 'failed',
      line: 3,
    });
    expect(
      (await run(`\nPromise.reject(new Error('gone'));\nsetInterval(() => {}, 10);`)).at(-1),
    ).toMatchObject({
      type: 'failed',
      message: 'Error: gone',
      line: 2,
    });
  });

  it('is ended by timers that make more of themselves', async () => {
    const messages = await run(
      'function more() { setTimeout(more); setTimeout(more); }\nmore();\n',
    );
    expect(messages.at(-1)).toMatchObject({ type: 'failed' });
    expect(messages.at(-1)).toHaveProperty(
      'message',
      expect.stringContaining('10000 of its timers'),
    );
  });
  it('ends when no timer is left, and also when it waits for what never comes', async () => {
    expect(
      (await run(`const t = setInterval(() => {}, 5); setTimeout(() => clearInterval(t), 20);`)).at(
        -1,
      ),
    ).toEqual({ type: 'ended' });
    expect((await run(`await new Promise(() => {});`)).at(-1)).toEqual({ type: 'ended' });
  });

  it('stops an endless loop, and its line receives the end', async () => {
    const ended = new Promise<void>((resolve) => {
      const program = runProgramInNode({
        name: 'loop',
        program: `import mqtt from 'mqtt'; const c = mqtt.connect(); c.on('connect', () => { console.log('in'); while (true) {} });`,
        openLine(port) {
          join(port);
          port.addEventListener('message', ({ data }) => data === null && resolve());
        },
        on: (message) => message.type === 'console' && program.stop(),
        signal: abort.signal,
      });
    });
    await ended;
  });
});
