import { expect, test } from 'vitest';
import type { LinkConditions } from '../../../sandbox/protocol/faults.ts';
import { Emitter } from '../store/emitter.ts';
import { LineConditions } from './line-conditions.ts';
import type { RoomEvent } from './room.ts';

const client = 'lamp';

/** A room that confirms and refuses requests when the test says so. */
function makeRoom() {
  const events = new Emitter<RoomEvent>();
  const requests: { sent: LinkConditions; confirm(): void; refuse(error: Error): void }[] = [];
  const conditions = new LineConditions({
    subscribe: (listener) => events.subscribe(listener),
    setConditions: (sent) =>
      new Promise((confirm, refuse) => requests.push({ sent, confirm, refuse })),
  });
  return { conditions, requests, reset: () => events.emit({ type: 'reset', run: 2 }) };
}

test('a change keeps what an earlier one set that the room has not confirmed yet', async () => {
  const { conditions, requests } = makeRoom();
  const first = conditions.change({ client, latencyMs: 50 });
  requests[0]!.confirm();
  await first;
  const calm = conditions.change({ client, latencyMs: 0 });
  const frozen = conditions.change({ client, frozen: true });
  expect(requests[2]!.sent).toEqual({ client, latencyMs: 0, frozen: true });
  expect(conditions.of(client)).toEqual({ client, latencyMs: 50 });
  requests[1]!.confirm();
  requests[2]!.confirm();
  await Promise.all([calm, frozen]);
  expect(conditions.of(client)).toEqual({ client, latencyMs: 0, frozen: true });
});

test('what the room refused is in no later change, and a reset clears all', async () => {
  const { conditions, requests, reset } = makeRoom();
  const refused = conditions.change({ client, frozen: true });
  requests[0]!.refuse(new Error('no such client'));
  await expect(refused).rejects.toThrow('no such client');
  const lossy = conditions.change({ client, loss: 0.5 });
  expect(requests[1]!.sent).toEqual({ client, loss: 0.5 });
  requests[1]!.confirm();
  await lossy;
  let changes = 0;
  conditions.subscribe(() => (changes += 1));
  reset();
  expect([conditions.of(client), changes]).toEqual([{ client }, 1]);
  void conditions.change({ client, latencyMs: 5 });
  expect(requests[2]!.sent).toEqual({ client, latencyMs: 5 });
});
