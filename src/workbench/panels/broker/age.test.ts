import { expect, test } from 'vitest';
import english from '../../../i18n/en/panels.json' with { type: 'json' };
import { record as recording } from '../../../../sandbox/testing/recording.ts';
import { createWords } from '../../i18n/words.ts';
import { RunRecord } from '../../run/record.ts';
import { Moment } from '../../time/moment.ts';
import { Ages, ageText } from './age.ts';

const words = createWords(english);
test.each([
  [0, 'kept for 0 s'],
  [59_999, 'kept for 59 s'],
  [60_000, 'kept for 1 min'],
  [59 * 60_000 + 59_000, 'kept for 59 min'],
  [7_300_000, 'kept for 2 h'],
])('%d ms: %s', (ms, text) => expect(ageText(ms, words)).toBe(text));

test('a message is as old as its PUBLISH, by the clock of the moment; a newer one of its topic is newer', async () => {
  const entries = await recording([], async ({ wire }) => {
    const sensor = wire('sensor');
    await sensor.connect('sensor');
    for (const messageId of [1, 2]) {
      sensor.publish('t', `${messageId}`, { qos: 1, messageId, retain: true });
      await sensor.next('puback');
    }
  });
  const record = new RunRecord((notify) => notify());
  record.addEntries(entries);
  const moment = new Moment(record, [{ topic: 'scene', payload: 'x' }]);
  const ages = new Ages(moment);
  const [first, second] = moment.steps.filter(({ entry }) => entry.type === 'packet' && entry.bytes[0]! >> 4 === 3); // prettier-ignore
  const last = entries.at(-1)!.at;
  ages.sync(1_000);
  expect(ages.of('t', 4_000)).toBeCloseTo(last + 3_000 - second!.at);
  expect(ages.of('scene', 4_000)).toBeCloseTo(last + 3_000);
  expect(ages.of('unknown', 4_000)).toBeUndefined();
  moment.goTo(moment.steps.findIndex(({ n }) => n === second!.n));
  ages.sync(5_000);
  expect(ages.of('t', 99_000)).toBeCloseTo(moment.entries.at(-1)!.at - first!.at);
});
