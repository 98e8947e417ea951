/**
 * Every limit of `config.ts` is hit once: the client is told as its version can be, the trace says
 * which limit it was, and a neighbour's messages all go round meanwhile.
 */
import { once } from 'node:events';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { limits, type LimitName } from '../shared/config.ts';
import { Arena, Neighbour, type LimitCase } from '../testing/limit-cases/arena.ts';
import { packetCases } from '../testing/limit-cases/packets.ts';
import { roomLifeCases } from '../testing/limit-cases/room-lives.ts';
import { roomCases } from '../testing/limit-cases/rooms.ts';
import { serverCases } from '../testing/limit-cases/server.ts';
import { entriesOf, untilSeen } from '../testing/seen.ts';

const cases = { ...packetCases, ...roomCases, ...roomLifeCases, ...serverCases };
const figures: string[] = [];
let arena: Arena | undefined;
afterEach(async () => {
  await arena?.close();
  arena = undefined;
});
afterAll(() => console.log(`A neighbour's round trips, in milliseconds:\n${figures.join('\n')}`));

test('every limit has a case, and every case a limit', () => {
  expect(Object.keys(cases).toSorted()).toEqual(Object.keys(limits).toSorted());
});

describe('hits the limit', () => {
  test.each(Object.entries(cases) as [LimitName, LimitCase][])('%s', async (name, limitCase) => {
    arena = await Arena.open(limitCase.limits);
    const neighbour = await Neighbour.open(arena);
    await limitCase.hit(arena);
    const { trips, p50, slowest } = await neighbour.finish();
    expect(trips).toBeGreaterThanOrEqual(50);
    figures.push(`  ${name}: ${trips} trips, p50 ${p50.toFixed(1)}, slowest ${slowest.toFixed(1)}`);
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

  test('without the sub-protocol there is no upgrade', async () => {
    arena = await Arena.open({});
    const socket = arena.socket(`/mqtt/${arena.address}`, []);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]; // prettier-ignore
    expect(response.statusCode).toBe(400);
  });
});
