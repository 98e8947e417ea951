/**
 * Every limit of `config.ts` is hit once: the client is told as its version can be, the trace says
 * which limit it was, and a neighbour's messages go round meanwhile about as fast as before.
 */
import { once } from 'node:events';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { limits, type LimitName } from '../shared/config.ts';
import { Arena, Neighbour, type LimitCase, type Trips } from '../testing/limit-cases/arena.ts';
import { packetCases } from '../testing/limit-cases/packets.ts';
import { roomExpiryCases } from '../testing/limit-cases/room-expiry.ts';
import { roomCases } from '../testing/limit-cases/rooms.ts';
import { serverCases } from '../testing/limit-cases/server.ts';
import { shareCases } from '../testing/limit-cases/shares.ts';
import { entriesOf, untilSeen } from '../testing/seen.ts';

const cases = { ...packetCases, ...roomCases, ...roomExpiryCases, ...serverCases, ...shareCases };
const figures: string[] = [];
let arena: Arena | undefined;
afterEach(async () => {
  await arena?.close();
  arena = undefined;
});
const figure = ({ p50, p90, slowest }: Trips) =>
  [p50, p90, slowest].map((ms) => ms.toFixed(1).padStart(6)).join(' ');
afterAll(() =>
  console.log(
    `A neighbour's round trips in ms, calm | attacked: p50, p90, slowest\n${figures.join('\n')}`,
  ),
);

test('every limit has a case, and every case a limit', () => {
  expect(Object.keys(cases).toSorted()).toEqual(Object.keys(limits).toSorted());
});

describe('hits the limit', () => {
  test.each(Object.entries(cases) as [LimitName, LimitCase][])('%s', async (name, limitCase) => {
    arena = await Arena.open(limitCase.limits);
    const neighbour = await Neighbour.open(arena);
    await limitCase.hit(arena);
    const { calm, attacked } = await neighbour.finish();
    figures.push(`  ${name.padEnd(24)} ${figure(calm)} | ${figure(attacked)}`);
    // Other programs on the machine slow both; the attack may not slow the neighbour noticeably.
    expect(attacked.p50).toBeLessThan(calm.p50 * 4 + 2);
    expect(attacked.p90).toBeLessThan(calm.slowest * 4 + 25);
    expect(attacked.slowest).toBeLessThan(calm.slowest * 10 + 500);
  });
});

describe('the frames around MQTT on WebSocket', () => {
  test('a text frame closes, with the statement that forbids it', async () => {
    arena = await Arena.open({});
    const socket = arena.socket(`/mqtt/${arena.address}`);
    await once(socket, 'open');
    const closed = once(socket, 'close') as Promise<[number]>;
    socket.send('hello');
    expect((await closed)[0]).toBe(1003);
    const { room } = arena;
    await untilSeen(room, () => entriesOf(room, 'line-closed').some(({ by }) => by === 'gate'));
    expect(entriesOf(room, 'refused')).toMatchObject([
      { rule: 'websocket-text-frame', statement: 'MQTT-6.0.0-1' },
    ]);
  });

  test('a frame that is larger than any packet closes before it is read', async () => {
    arena = await Arena.open({ packetBytes: 1000, watchBytes: 2000 });
    const socket = arena.socket(`/mqtt/${arena.address}`);
    await once(socket, 'open');
    const closed = once(socket, 'close') as Promise<[number]>;
    socket.send(Buffer.alloc(5000));
    expect((await closed)[0]).toBe(1009);
    await arena.noted('packetBytes');
    await arena.closedByLimit();
  });

  test.each([
    [['mqttv3.1'], 'mqttv3.1'],
    [['mqttv3.1', 'mqtt'], 'mqtt'],
  ])('of %j the sub-protocol is %s, as with Mosquitto', async (offered, chosen) => {
    arena = await Arena.open({});
    const socket = arena.socket(`/mqtt/${arena.address}`, offered);
    await once(socket, 'open');
    expect(socket.protocol).toBe(chosen);
    socket.close();
  });

  test('without the sub-protocol there is no upgrade', async () => {
    arena = await Arena.open({});
    const socket = arena.socket(`/mqtt/${arena.address}`, []);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]; // prettier-ignore
    expect(response.statusCode).toBe(400);
  });
});
