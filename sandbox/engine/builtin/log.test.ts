/** The broker's log, in Mosquitto's words, and its word that something has changed. */
import { expect, test } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected, BrokerClient } from '../../testing/broker-client.ts';

test('clients that connect and disconnect, and how', async () => {
  const broker = await start({ authorizePublish: (_, topic) => topic !== 'no' });
  const lines: string[] = [];
  broker.onLog((_, text) => void lines.push(text.replace(/line \d+/, 'line 1')));
  const polite = await connected(broker, 'polite', { keepalive: 60, username: 'ann' });
  await polite.settle();
  polite.publish('no', 'x', { qos: 1 });
  await polite.next('puback');
  await polite.disconnect();
  const cut = await connected(broker, 'cut', {}, 5);
  await cut.settle();
  await cut.cut();
  expect(lines).toEqual([
    'New connection from line 1.',
    "New client connected from line 1 as polite (p2, c1, k60, u'ann').",
    "Denied PUBLISH from polite (d0, q1, r0, m1, 'no', ... (1 bytes))",
    'Client polite disconnected.',
    'New connection from line 1.',
    'New client connected from line 1 as cut (p5, c1, k0).',
    'Client cut closed its connection.',
  ]);
});

test('a take-over is logged', async () => {
  const broker = await start();
  const lines: string[] = [];
  broker.onLog((level, text) => void lines.push(`${level}: ${text}`));
  await connected(broker, 'c');
  await connected(broker, 'c');
  expect(lines).toContain('error: Client c already connected, closing old connection.');
  expect(lines.filter((line) => line.includes('closed its'))).toEqual([]);
});

test('a client without an identifier is given one', async () => {
  const broker = await start();
  const five = await new BrokerClient(broker, 5).connect('', { clean: true });
  const id = five.properties!['assignedClientIdentifier'];
  expect(id).toMatch(/^auto-[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  expect(broker.state().clients[0]!.clientId).toBe(id);
  await new BrokerClient(broker, 4).connect('', { clean: true });
  expect(broker.state().clients[1]!.clientId).toMatch(/^auto-/);
});

test('onChange fires for everything that state() shows', async () => {
  const broker = await start();
  let before = JSON.stringify(broker.state());
  let told = false;
  broker.onChange(() => (told = true));
  const expectChange = (what: string): void => {
    const after = JSON.stringify(broker.state());
    expect(after, what).not.toBe(before);
    expect(told, what).toBe(true);
    [before, told] = [after, false];
  };
  const client = await connected(broker, 'c', { clean: false });
  expectChange('connected');
  await client.subscribe('t', 2);
  expectChange('subscribed');
  client.publish('t', 'x', { qos: 2, messageId: 5 });
  await client.next('pubrec');
  const { messageId } = await client.next('publish');
  expectChange('published');
  client.send({ cmd: 'pubrel', messageId: 5 });
  await client.next('pubcomp');
  expectChange('released');
  client.send({ cmd: 'pubrec', messageId });
  await client.next('pubrel');
  expectChange('received');
  client.send({ cmd: 'pubcomp', messageId });
  await client.settle();
  expectChange('completed');
  client.publish('t', 'x', { retain: true });
  await client.settle();
  expectChange('retained');
  await broker.clearRetained('t');
  expectChange('cleared');
  client.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['t'] });
  await client.next('unsuback');
  expectChange('unsubscribed');
  await client.cut();
  expectChange('cut');
});
