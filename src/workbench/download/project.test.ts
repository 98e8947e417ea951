import { expect, test } from 'vitest';
import en from '../../i18n/en/workbench.json' with { type: 'json' };
import { createWords } from '../i18n/words.ts';
import { toBroker } from './broker-address.ts';
import { projectFiles, type ProjectDeps } from './project.ts';

const room = { host: '192.168.1.20', port: 1883, address: 'brave-otter-x7k2m9q4wd' };
const real = 'mqtt://brave-otter-x7k2m9q4wd@192.168.1.20:1883';
const parts = (more: Partial<ProjectDeps> = {}): ProjectDeps => ({
  exercise: 'first-message/publish',
  title: 'Your first message',
  page: 'http://192.168.1.20:4321/en/first-message/',
  programs: [{ name: 'publisher.ts', text: "mqtt.connect('mqtt://localhost');\n" }],
  brokerFiles: undefined,
  room: undefined,
  mqttVersion: '5.16.0',
  words: createWords(en),
  ...more,
});
const manifest = (files: Record<string, string>) =>
  JSON.parse(files['package.json']!) as Record<string, Record<string, unknown>>;

test.each([
  ["connect('mqtt://localhost')", `connect('${real}')`],
  ['connect("mqtt://localhost:1883")', `connect("${real}")`],
  ['connect(`mqtt://127.0.0.1`)', `connect(\`${real}\`)`],
  ["connect('ws://localhost:9001')", `connect('${real}')`],
  // Anything that the page would not take for the room stays as it is.
  ["connect('mqtt://localhost:1884')", "connect('mqtt://localhost:1884')"],
  ["connect('mqtt://localhost.example')", "connect('mqtt://localhost.example')"],
  ["publish('a', 'mqtt://localhost is here')", "publish('a', 'mqtt://localhost is here')"],
  ['connect(\'mqtt://localhost")', 'connect(\'mqtt://localhost")'],
])('%s becomes %s', (program, expected) => {
  expect(toBroker(program, room)).toBe(expected);
});

test('an address of IPv6 stands in brackets', () => {
  expect(toBroker("'mqtt://localhost'", { ...room, host: '::1' })).toContain('@[::1]:1883');
});

test('one program: npm start; nothing that it does not use', () => {
  const files = projectFiles(parts());
  expect(Object.keys(files)).toEqual(['package.json', 'README.md', 'publisher.ts']);
  expect(manifest(files)).toMatchObject({
    scripts: { start: 'node publisher.ts' },
    dependencies: { mqtt: '5.16.0' },
  });
  expect(files['README.md']).toContain('npm start');
  expect(files['README.md']).not.toContain('lets anybody connect to your broker');
});

test('several programs: a script each; the room’s address, and a warning that it is a key', () => {
  const programs = [
    { name: 'lamp.ts', text: "import { lamp } from 'device';\nconnect('mqtt://localhost')" },
    { name: 'phone.ts', text: '' },
  ];
  const files = projectFiles(parts({ programs, room }));
  expect(manifest(files)['scripts']).toEqual({ lamp: 'node lamp.ts', phone: 'node phone.ts' });
  expect(manifest(files)['dependencies']).toEqual({ mqtt: '5.16.0', device: 'file:./device' });
  expect(files['lamp.ts']).toContain(real);
  expect(files['README.md']).toContain('lets anybody connect to your broker');
  expect(files['README.md']).toContain('192.168.1.20, port 1883');
  // The module's types are those of the editor.
  expect(files['device/index.d.ts']).toMatch(/^export interface Lamp \{$/m);
  expect(files['device/index.d.ts']).not.toContain('declare module');
});

test('a broker’s own files come along', () => {
  const files = projectFiles(parts({ brokerFiles: { 'mosquitto.conf': 'listener 1883\n' } }));
  expect(files['broker/mosquitto.conf']).toBe('listener 1883\n');
  expect(files['README.md']).toContain('mosquitto -c broker/mosquitto.conf');
});
