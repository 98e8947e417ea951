/** The process of the course's server, with default limits. Argument: a folder for its files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lesson from '../../lessons/first-message/publish/exercise.ts';
import { start } from '../../sandbox/server/main.ts';
import { freePorts } from '../../sandbox/testing/differential/free-ports.ts';
import type { Ports } from './messages.ts';

const folder = process.argv[2]!;
const site = join(folder, 'site');
await mkdir(site, { recursive: true });
// About the sizes of a lesson and of the editor.
await writeFile(join(site, 'index.html'), `<title>Lesson</title>${'<p>words</p>'.repeat(4000)}`);
await writeFile(join(site, 'editor.js'), `/* ${'x'.repeat(4_000_000)} */`);
// Named ones, as in a class: the server shares no port that the system chose.
const [port, mqttPort, tlsPort] = (await freePorts(3)) as [number, number, number];
const running = await start({
  exercises: { get: async () => lesson },
  site,
  data: join(folder, 'data'),
  host: '127.0.0.1',
  ...{ port, mqttPort, tlsPort },
  openRoom: 'class',
});
process.on('disconnect', () => process.exit());
process.send!({ web: running.port, tcp: running.mqttPort, tls: running.tlsPort! } satisfies Ports);
