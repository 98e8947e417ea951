import { expect, test } from 'vitest';
import { replacementsIn } from './fill.ts';

const place = { host: '192.168.1.5', port: 1883, room: 'brave-otter-x7k2m9q4wd' };
const filled = (text: string): string =>
  replacementsIn(text, place).reduceRight(
    (now, { start, end, by }) => now.slice(0, start) + by + now.slice(end),
    text,
  );

test.each([
  ['-h $HOST -p $PORT -u $ROOM', '-h 192.168.1.5 -p 1883 -u brave-otter-x7k2m9q4wd'],
  ["f(os.environ['HOST'], int(os.environ['PORT']))", "f('192.168.1.5', 1883)"],
  ["{'username': os.environ['ROOM']}", "{'username': 'brave-otter-x7k2m9q4wd'}"],
  ['$HOSTNAME $SYS', '$HOSTNAME $SYS'],
])('%s', (text, expected) => {
  expect(filled(text)).toBe(expected);
});
