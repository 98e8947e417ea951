/** What the teacher's page says of options, ports and limits is what the course does. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaults, limitValues } from '../../sandbox/shared/config.ts';
import { welcome } from '../../scripts/addresses.ts';
import { usage } from '../../scripts/usage.ts';

const limits = limitValues();
const pages = ['en', 'zh-tw'].map((language) => ({
  language,
  text: readFileSync(new URL(`${language}.mdx`, import.meta.url), 'utf8'),
}));

test.each(pages)('$language: every option, and none that there is not', ({ text }) => {
  const flags = (from: string) => [...new Set(from.match(/--[a-z]+(?:-[a-z]+)*/g))];
  const others = ['--cafile'];
  expect(
    flags(text)
      .filter((flag) => !others.includes(flag))
      .sort(),
  ).toEqual(flags(usage.slice(usage.indexOf('[options]'))).sort());
});

test.each(pages)('$language: ports and limits', ({ text }) => {
  const numbers = [
    ...[limits.rooms, limits.lines, limits.packetBytes].map((n) => n.toLocaleString('en')),
    ...[limits.roomsPerMinute, limits.linesPerRoom, limits.packetsPerSecond],
    ...[defaults.port, defaults.mqttPort, defaults.tlsPort],
  ];
  for (const number of numbers)
    expect(text).toMatch(new RegExp(`(?<![\\d,])${number}(?![\\d,]\\d)`));
  expect(limits.roomIdleMs).toBe(30 * 60_000);
});

test.each(pages)('$language: what is printed is what is shown', ({ text }) => {
  const printed = welcome(
    { host: defaults.host, port: 4321, mqttPort: 1883, tlsPort: 8883 },
    { wlan0: [{ family: 'IPv4', internal: false, address: '192.168.1.20' } as never] },
  );
  expect(text).toContain(`\n${printed}\n`);
});
