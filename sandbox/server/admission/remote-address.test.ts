import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { parseNetwork, sourceOf, trustedProxies } from './remote-address.ts';

const proxies = trustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
const sourceOfRequest = (remoteAddress: string, forwarded?: string): string =>
  proxies.sourceOf({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  } as unknown as IncomingMessage);

test.each([
  ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
  // A reader who writes the header itself: only what the proxy added counts.
  ['127.0.0.1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
  // Two proxies in a row.
  ['127.0.0.1', '203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['fd00::1', '2001:db8::7', '2001:db8:0:0::/64'],
  ['fd00::1', '2001:db8::8', '2001:db8:0:0::/64'],
  // Nobody that is trusted says so.
  ['192.0.2.1', '203.0.113.9', '192.0.2.1'],
  ['127.0.0.1', undefined, '127.0.0.1'],
  ['127.0.0.1', 'unknown', '127.0.0.1'],
  ['127.0.0.1', '203.0.113.9, ', '127.0.0.1'],
] as const)('from %s, forwarded for %j: %s', (remote, forwarded, expected) => {
  expect(sourceOfRequest(remote, forwarded)).toBe(expected);
});

test.each([
  ['127.0.0.1', [], undefined, true],
  ['::1', [], undefined, true],
  ['::ffff:127.0.0.1', [], undefined, true],
  ['192.0.2.1', [], undefined, false],
  // A reader elsewhere, behind a proxy on this machine: whether the host has named it or not.
  ['127.0.0.1', [], '203.0.113.9', false],
  ['127.0.0.1', ['127.0.0.1'], '203.0.113.9', false],
  // A reader on this machine, behind the proxy that the host has named.
  ['127.0.0.1', ['127.0.0.1'], '127.0.0.1', true],
  // Who claims to be local is not believed.
  ['192.0.2.1', [], '127.0.0.1', false],
] as const)(
  'from %s, with the proxies %j, forwarded for %j: local %j',
  (remote, named, forwarded, expected) => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    const request = { headers, socket: { remoteAddress: remote } } as unknown as IncomingMessage;
    expect(trustedProxies(named).isLocal(request)).toBe(expected);
  },
);

test.each(['', 'a', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/x', '::/129', '300.0.0.1'])(
  '%j is no network',
  (text) => expect(parseNetwork(text)).toBeNull(),
);

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1::7', '2001:db8:1:0::/64'],
  ['2001:db8:0:2::', '2001:db8:0:2::/64'],
  ['1::8', '1:0:0:0::/64'],
  ['::2', '0:0:0:0::/64'],
  ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['2001:db8:1:2::7%en0', '2001:db8:1:2::/64'],
  // All hosts of a link share its network.
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['::1', '::1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
  ['', ''],
])('the limits count %j as %j', (address, source) => {
  expect(sourceOf(address)).toBe(source);
});
