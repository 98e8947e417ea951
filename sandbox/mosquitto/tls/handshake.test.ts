/**
 * The same certificates shown to a room and to Mosquitto, by the `mqtt` of a program in the page and by MQTT.js in
 * Node: who gets in, as whom, and what a client and the log say of it.
 */
import { connect as connectInNode, type IClientOptions } from 'mqtt';
import * as library from 'mqtt';
import { Duplex } from 'readable-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBroker } from '../../engine/builtin/index.ts';
import { memoryPair } from '../../room/memory-pair.ts';
import { Room } from '../../room/room.ts';
import { withTls } from '../../room/with-tls.ts';
import { PracticeCa } from '../../testing/certificates/practice-ca.ts';
import { startMosquitto, whyNoReference, type StartedMosquitto } from '../../testing/differential/mosquitto.ts'; // prettier-ignore
import { entriesOf } from '../../testing/seen.ts';
import { makeMqtt } from '../../../src/workbench/device/runtime/mqtt.ts';
import type { LineTarget } from '../../../src/workbench/device/messages.ts';
import type { DuplexClass } from '../../../src/workbench/device/runtime/line.ts';

const version = '2.0.11';
const conf = (more: string) => `listener 8883
cafile /etc/mosquitto/ca_certificates/ca.crt
certfile /etc/mosquitto/certs/server.crt
keyfile /etc/mosquitto/certs/server.key
${more}`;
const strict = conf('require_certificate true\nuse_identity_as_username true\n');
const bySubject = conf('require_certificate true\nuse_subject_as_username true\n');
const named = conf('use_identity_as_username true\n');
const noCa = strict.replace(/^cafile.*\n/m, '');

interface Ending {
  connected: boolean;
  code?: string | number | undefined;
  message?: string;
  users: string[];
  log: string[];
}
const isTls = (text: string) => /OpenSSL Error\[\d\]: .*SSL routines|Client <unknown>/.test(text);
/** The library that the OpenSSL of Node has is newer; threads and places in its source differ. */
const words = (message: string) =>
  message
    .replace(/^[0-9A-F]{8,}:/, '')
    .replace(/:\.\.\/deps\/openssl\/[^:]+:\d+/, '')
    .trim();

describe.skipIf(whyNoReference(version) !== undefined)(
  'a listener that asks for certificates',
  () => {
    let ca: PracticeCa;
    let files: Record<string, string>;
    const clients: Record<string, IClientOptions> = {};
    beforeAll(() => {
      ca = new PracticeCa();
      const root = ca.make({ subject: '/CN=House CA' });
      const stranger = ca.make({ subject: '/CN=Stranger CA' });
      const server = ca.make({ subject: '/CN=x', by: root, extensions: 'subjectAltName=DNS:localhost\n' }); // prettier-ignore
      files = {
        'ca_certificates/ca.crt': root.cert,
        'certs/server.crt': server.cert,
        'certs/server.key': server.key,
      };
      const right = ca.make({ subject: '/O=House/CN=meter-17', by: root });
      const strange = ca.make({ subject: '/CN=meter-17', by: stranger });
      const old = ca.make({ subject: '/CN=a', by: root, from: '20240101000000Z', to: '20250101000000Z' }); // prettier-ignore
      const early = ca.make({ subject: '/CN=a', by: root, from: '20490101000000Z', to: '20500101000000Z' }); // prettier-ignore
      const forServers = ca.make({ subject: '/CN=a', by: root, extensions: 'extendedKeyUsage=serverAuth\n' }); // prettier-ignore
      const forged = ca.make({ subject: '/CN=a', by: ca.make({ subject: '/CN=House CA' }) });
      const trusts = { ca: root.cert };
      const shows = ({ cert, key }: { cert: string; key: string }) => ({ ...trusts, cert, key });
      Object.assign(clients, {
        right: shows(right),
        bytes: { ...shows(right), ca: [Buffer.from(root.cert)], cert: Buffer.from(right.cert) },
        none: trusts,
        'no key': { ...trusts, cert: right.cert },
        'the key alone': { ...trusts, key: right.key },
        'a stranger’s': shows(strange),
        'its own authority': shows(ca.make({ subject: '/CN=meter-17' })),
        expired: shows(old),
        early: shows(early),
        forged: shows(forged),
        'for servers': shows(forServers),
        'another key': { ...trusts, cert: right.cert, key: strange.key },
        swapped: { ...trusts, cert: right.key, key: right.cert },
        'names of files': { ...trusts, cert: 'meter-17.crt', key: 'meter-17.key' },
        'trusts nobody': { cert: right.cert, key: right.key },
        'trusts a stranger': { ...shows(right), ca: stranger.cert },
        'looks at nothing': { cert: right.cert, key: right.key, rejectUnauthorized: false },
        'another name': { ...shows(right), host: '127.0.0.1' },
        'without the s': { ...shows(right), protocol: 'mqtt' },
      });
    }, 60_000);
    afterAll(() => ca.remove());

    const ends = (
      connect: typeof connectInNode,
      port: number,
      options: IClientOptions,
    ): Promise<Pick<Ending, 'connected' | 'code' | 'message'>> =>
      new Promise((resolve) => {
        const given: IClientOptions = { protocol: 'mqtts', host: 'localhost', port, reconnectPeriod: 0, clientId: 'c', ...options }; // prettier-ignore
        try {
          let met: { code?: string | number | undefined; message?: string } = {};
          let connected = false;
          const client = connect(given);
          client.on('connect', () => {
            connected = true;
            client.end();
          });
          client.on('error', (error) => {
            met = {
              code: (error as { code?: string | number }).code,
              message: words(error.message),
            };
          });
          client.on('close', () => resolve({ connected, ...met }));
        } catch (error) {
          const { code, message } = error as { code: string; message: string };
          resolve({ connected: false, code, message: words(message) });
        }
      });

    async function inRoom(text: string, options: IClientOptions): Promise<Ending> {
      const room = new Room({
        ...{ code: 'tls', engine: createBroker, mosquitto: version },
        exercise: { devices: [], checks: [], scene: { given: { broker: files, programs: {} } } },
      });
      await room.reset({ 'mosquitto.conf': text });
      const log = () => entriesOf(room, 'log').map(({ text: line }) => line);
      const before = log().length;
      const openLine = (target: LineTarget): MessagePort => {
        const { port1, port2 } = new MessageChannel();
        const [near, far] = memoryPair();
        void withTls({ transport: 'memory', role: 'device', name: 'c', target }).then((info) => {
          const line = room.attach(far, info);
          if (typeof line === 'string') {
            port1.postMessage(line);
            far.destroy();
          }
        });
        near.on('data', (chunk: Uint8Array) => port1.postMessage(Uint8Array.from(chunk)));
        near.on('close', () => port1.postMessage(null));
        port1.onmessage = ({ data }) => (data === null ? near.end() : near.write(data));
        return port2 as unknown as MessagePort;
      };
      const mqtt = makeMqtt({
        ...{ library, openLine, anyPort: true, tls: true, hosts: [] },
        Duplex: Duplex as unknown as DuplexClass,
        ...{ lineOpened() {}, flooded() {}, clientMade() {}, mapped() {} },
        explain: ({ url }) => url,
      });
      const ending = await ends(mqtt.connect, 8883, options);
      const lines = log().slice(before);
      await room.close('stopping');
      return { ...ending, ...seen(lines) };
    }

    /** Until it has said that, or as whom the client is in. */
    async function inMosquitto(text: string, options: IClientOptions, awaited: string[]) {
      const real: StartedMosquitto = await startMosquitto(version, {
        ...files,
        'mosquitto.conf': text,
      });
      const ending = await ends(connectInNode, real.port(8883), options);
      const hasSaid = () =>
        awaited.every((words) => real.logged().some((line) => line.includes(words)));
      while (!hasSaid()) await new Promise((resolve) => setTimeout(resolve, 20));
      await real.stop();
      return { ...ending, ...seen(real.logged()) };
    }
    const seen = (lines: string[]) => ({
      users: lines.flatMap((line) => /New client connected.*u'([^']+)'/.exec(line)?.[1] ?? []),
      log: lines.filter(isTls),
    });
    /** What OpenSSL says, whichever words of Mosquitto stand around it; not of a client that left by itself. */
    const awaitedOf = ({ log, users, code }: Ending): string[] => [
      ...users.map((user) => `u'${user}'`),
      ...log
        .filter(
          (line) =>
            !line.includes('unexpected eof') && code !== 'ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR',
        )
        .flatMap((line) => /error:\w+:SSL routines::.*/.exec(line)?.[0] ?? []),
    ];

    it.each([
      ['right', strict, true],
      ['right', bySubject, true],
      ['bytes', strict, true],
      ['looks at nothing', strict, true],
      ['without the s', strict, true],
      ['none', strict, false],
      ['no key', strict, false],
      ['the key alone', strict, false],
      ['a stranger’s', strict, false],
      ['its own authority', strict, false],
      ['expired', strict, false],
      ['early', strict, false],
      ['for servers', strict, false],
      ['forged', strict, false],
      ['another key', strict, false],
      ['swapped', strict, false],
      ['names of files', strict, false],
      ['trusts nobody', strict, false],
      ['trusts a stranger', strict, false],
      ['another name', strict, false],
      ['right', named, false],
      ['none', named, false],
      ['none', conf('allow_anonymous true\n'), true],
      ['right', noCa, false],
    ] as const)('%s (case %#)', async (client, text, connected) => {
      const room = await inRoom(text, clients[client]!);
      const real = await inMosquitto(text, clients[client]!, awaitedOf(room));
      expect(room.connected).toBe(connected);
      const said = ({ code, message }: Ending) => ({ code, message });
      expect([real.connected, real.users]).toEqual([room.connected, room.users]);
      // A socket that closes with bytes unread may be reset before the alert is read.
      if (real.code !== 'ECONNRESET') expect(said(real)).toEqual(said(room));
      const isAlert = String(room.code).startsWith('ERR_SSL_');
      expect(room.log.at(-1)).toBe(
        isAlert || room.log.length > 0
          ? 'Client <unknown> disconnected: Protocol error.'
          : undefined,
      );
    });
  },
);
