import { expect, test } from 'vitest';
import { joinAddress } from './join-address.ts';

test.each([
  ['/join', 'http://school.example/en/class/', undefined, 'http://school.example/join'],
  ['/learn/join', 'https://school.example/learn/en/class/', undefined, 'https://school.example/learn/join'], // prettier-ignore
  // Behind Home Assistant, whose own address is http://…:8123.
  ['/api/hassio_ingress/abc/join', 'http://ha.local:8123/api/hassio_ingress/abc/en/class/', { port: 4321, secure: false, base: '/' }, 'http://ha.local:4321/join'], // prettier-ignore
  ['/x/join', 'https://[fd00::1]/x/en/class/', { port: 443, secure: true, base: '/learn/' }, 'https://[fd00::1]/learn/join'], // prettier-ignore
])('%s on %s', (path, page, direct, expected) => {
  expect(joinAddress(path, page, direct).href).toBe(expected);
});
