/** A server with classes in a process of its own: `node class-process.ts <folder> <port> [options as JSON]`. */
import { join } from 'node:path';
import { start, type StartOptions } from '../../main.ts';
import { testExercises } from './test-exercises.ts';

const [folder = '', port = '0', more = '{}'] = process.argv.slice(2);
const server = await start({
  ...{ exercises: testExercises, site: folder, host: '127.0.0.1', port: Number(port) },
  ...{ mqttPort: 0, tlsPort: 0, data: join(folder, 'data') },
  ...(JSON.parse(more) as Partial<StartOptions>),
});
const { port: own, teacherSecret } = server;
console.log(
  JSON.stringify({ port: own, ...(teacherSecret !== null && { secret: teacherSecret }) }),
);
