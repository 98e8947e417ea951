/** The process of a course with classes, with its default limits. Argument: a folder for its files. */
import { join } from 'node:path';
import lesson from '../../lessons/first-message/publish/exercise.ts';
import { start } from '../../sandbox/server/main.ts';
import { freePorts } from '../../sandbox/testing/differential/free-ports.ts';
import type { ClassPorts } from './messages.ts';

const folder = process.argv[2]!;
const [port, mqttPort, tlsPort] = (await freePorts(3)) as [number, number, number];
const running = await start({
  exercises: { get: async () => lesson },
  site: folder,
  data: join(folder, 'data'),
  host: '127.0.0.1',
  ...{ port, mqttPort, tlsPort },
});
process.on('disconnect', () => process.exit());
process.send!({
  ...{ web: running.port, tcp: running.mqttPort, tls: running.tlsPort! },
  secret: running.teacherSecret!,
} satisfies ClassPorts);
