import { describe, expect, test } from 'vitest';
import { readProxyHeader } from './proxy-protocol.ts';

const line = (text: string) => Buffer.from(`${text}\r\n`, 'latin1');
const signature = '0d0a0d0a000d0a515549540a';
/** Version and command, family, then the addresses and what follows. */
const binary = (head: string, body: string) =>
  Buffer.from(signature + head + (body.length / 2).toString(16).padStart(4, '0') + body, 'hex');

const v4 = '0a00002b7f000001' + '15e0' + '075b';
const v6 = '20010db8000000000000000000000007' + '0'.repeat(31) + '1' + '15e0' + '075b';
const mapped = `${'0'.repeat(20)}ffffc0000207${'0'.repeat(31)}1` + '15e0' + '075b';

const readable = [
  ['version 1, IPv4', line('PROXY TCP4 192.0.2.7 192.0.2.1 5600 1883'), '192.0.2.7', 5600],
  ['version 1, IPv6', line('PROXY TCP6 2001:db8::7 2001:db8::1 65535 1'), '2001:db8::7', 65_535],
  ['version 2, IPv4', binary('2111', v4), '10.0.0.43', 5600],
  ['version 2, IPv4, more after it', binary('2111', `${v4}030004deadbeef`), '10.0.0.43', 5600],
  ['version 2, IPv6', binary('2121', v6), '2001:db8:0:0:0:0:0:7', 5600],
  ['version 2, IPv4 in IPv6', binary('2121', mapped), '::ffff:192.0.2.7', 5600],
] as const;

describe('the header of the PROXY protocol', () => {
  test.each(readable)(
    '%s: the client, and not a byte of what follows',
    (_, header, address, port) => {
      const all = Buffer.concat([header, Buffer.from([0x10, 0x00])]);
      const client = { address, port };
      expect(readProxyHeader(all)).toEqual({ state: 'read', client, bytes: header.length });
    },
  );

  test.each(readable)('%s: each beginning of it is incomplete', (_, header) => {
    for (let length = 0; length < header.length; length += 1)
      expect(readProxyHeader(header.subarray(0, length)), `${length} bytes`).toEqual({
        state: 'incomplete',
      });
  });

  test.each([
    ['a health check of version 2', binary('2000', '')],
    ['a health check with addresses', binary('2011', v4)],
    ['a path of this machine', binary('2131', '00'.repeat(216))],
    ['version 1 of no network', line('PROXY UNKNOWN')],
    ['version 1 of no network, with more', line('PROXY UNKNOWN ffff::1 ffff::2 1 2')],
  ])('%s is the proxy’s own', (_, header) => {
    expect(readProxyHeader(header)).toEqual({ state: 'read', client: null, bytes: header.length });
  });

  test.each([
    ['CONNECT', Buffer.from('101000044d51545404020000000474657374', 'hex')],
    ['a request', Buffer.from('GET / HTTP/1.1\r\n')],
    ['a request that begins alike', Buffer.from('PROPFIND / HTTP/1.1\r\n')],
    ['a handshake', Buffer.from('1603010200', 'hex')],
    ['a line without an end', Buffer.alloc(107, 'PROXY ')],
    ['an address of the other family', line('PROXY TCP4 2001:db8::7 192.0.2.1 1 2')],
    ['no address', line('PROXY TCP4 192.0.2.777 192.0.2.1 1 2')],
    ['a port too large', line('PROXY TCP4 192.0.2.7 192.0.2.1 65536 2')],
    ['words too many', line('PROXY TCP4 192.0.2.7 192.0.2.1 1 2 3')],
    ['two spaces', line('PROXY TCP4  192.0.2.7 192.0.2.1 1 2')],
    ['version 3', binary('3111', v4)],
    ['an unknown command', binary('2211', v4)],
    ['addresses too short', binary('2111', v4.slice(2))],
    ['IPv6 addresses too short', binary('2121', v4)],
    ['a length without end', Buffer.from(`${signature}2111ffff`, 'hex')],
  ])('%s is wrong', (_, bytes) => {
    expect(readProxyHeader(bytes)).toEqual({ state: 'wrong' });
  });
});
