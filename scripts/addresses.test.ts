import type { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';
import { networkAddresses, welcome } from './addresses.ts';

const address = (family: 'IPv4' | 'IPv6', text: string, internal = false) => ({
  ...{ address: text, family, internal, netmask: '', mac: '', cidr: null },
  ...(family === 'IPv6' && { scopeid: 0 }),
});
const interfaces = {
  lo: [address('IPv4', '127.0.0.1', true), address('IPv6', '::1', true)],
  wlan0: [
    address('IPv6', 'fe80::1'),
    address('IPv4', '192.168.1.20'),
    address('IPv6', '2001:db8::2'),
  ],
} as ReturnType<typeof networkInterfaces>;

it('names what the class can type', () => {
  expect(networkAddresses('0.0.0.0', interfaces)).toEqual(['192.168.1.20']);
  expect(networkAddresses('::', interfaces)).toEqual(['192.168.1.20', '2001:db8::2']);
  expect(networkAddresses('127.0.0.1', interfaces)).toEqual([]);
  expect(networkAddresses('10.0.0.5', interfaces)).toEqual(['10.0.0.5']);
});

const taken = { wanted: 1883, why: 'taken', flag: '--mqtt-port' } as const;

it('says all addresses, and where MQTT had to move', () => {
  const listening = { host: '0.0.0.0', port: 4321, mqttPort: 1884, moved: [taken] };
  expect(welcome(listening, interfaces)).toBe(
    [
      'The course is open:',
      '  on this machine  http://localhost:4321/',
      '  for the class    http://192.168.1.20:4321/',
      'MQTT over TCP: port 1884',
      '  Port 1883 is taken (a Mosquitto on this machine?), so the next free one is used;',
      '  --mqtt-port <number> chooses another.',
      'Ctrl-C stops it.',
    ].join('\n'),
  );
});

it('says where TLS is', () => {
  const ports = { port: 1, mqttPort: 2, tlsPort: 3 };
  const text = welcome({ host: '127.0.0.1', secure: true, ...ports }, interfaces);
  expect(text).toContain('https://localhost:1/');
  expect(text).toContain('MQTT over TCP: port 2, over TLS: port 3');
});

it('says nothing of a port that was asked for and free', () => {
  const listening = { host: '::1', port: 1, mqttPort: 2 };
  expect(welcome(listening, interfaces)).toBe(
    [
      'The course is open:',
      '  on this machine  http://localhost:1/',
      'MQTT over TCP: port 2',
      'Ctrl-C stops it.',
    ].join('\n'),
  );
});

it('says why each port had to move, and which flag chooses another', () => {
  const moved = [
    { wanted: 1010, why: 'forbidden', flag: '--mqtt-port' },
    { wanted: 8883, why: 'taken', flag: '--tls-port' },
  ] as const;
  const text = welcome({ host: '::1', port: 1, mqttPort: 1024, tlsPort: 8884, moved }, interfaces);
  expect(text).toContain('Port 1010 may not be used by this user (below 1024 that needs');
  expect(text).not.toContain('Port 1010 is taken');
  expect(text).toMatch(/Port 8883 is taken.*\n {2}--tls-port <number>/);
});

it('says the teacher’s link to a person, and no secret to a log', () => {
  const listening = { host: '0.0.0.0', port: 4321, mqttPort: 1883, teacherSecret: 'a-secret' };
  const log = welcome(listening, interfaces);
  expect(log).toContain('http://192.168.1.20:4321/teach#<secret>');
  expect(log).not.toContain('a-secret');
  const screen = welcome({ ...listening, base: '/learn/', isTerminal: true }, interfaces);
  expect(screen).toContain('http://192.168.1.20:4321/learn/teach#a-secret\n');
  expect(screen).toContain('Learners join at http://192.168.1.20:4321/learn/join\n');
  // The picture of a QR code, 2 rows of it a line.
  expect(screen.match(/^.*[█▀▄].*$/gm)!.length).toBeGreaterThan(12);
});

it('says why there are no classes', () => {
  const why = 'Classes need Node 22.13 or newer; this is v20.9.0.';
  const listening = { host: '127.0.0.1', port: 1, mqttPort: 2, teacherSecret: null };
  expect(welcome({ ...listening, whyNoClasses: why }, interfaces)).toContain(why);
});
