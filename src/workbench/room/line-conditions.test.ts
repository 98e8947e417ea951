import { expect, test } from 'vitest';
import { LineConditions } from './line-conditions.ts';

const client = 'lamp';

test('a change keeps what an earlier one said that the room has not answered yet', () => {
  const weather = new LineConditions();
  weather.took(weather.changed({ client, latencyMs: 50 }));
  const calm = weather.changed({ client, latencyMs: 0 });
  const frozen = weather.changed({ client, frozen: true });
  expect(frozen).toEqual({ client, latencyMs: 0, frozen: true });
  expect(weather.of(client)).toEqual({ client, latencyMs: 50 });
  weather.took(calm);
  weather.took(frozen);
  expect(weather.of(client)).toEqual(frozen);
});

test('what the room refused is in no later change, and a reset clears all', () => {
  const weather = new LineConditions();
  weather.refused(weather.changed({ client, frozen: true }));
  expect(weather.changed({ client, loss: 0.5 })).toEqual({ client, loss: 0.5 });
  weather.clear();
  expect(weather.changed({ client, latencyMs: 5 })).toEqual({ client, latencyMs: 5 });
});
