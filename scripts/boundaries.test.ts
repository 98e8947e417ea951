import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

/** Who may import whom, as the lint rules keep it. */
const eslint = new ESLint();

async function refusal(filePath: string, imported: string): Promise<string | undefined> {
  const [result] = await eslint.lintText(`import '${imported}';\n`, { filePath });
  return result!.messages.find(({ ruleId }) => ruleId === 'no-restricted-imports')?.message;
}

it.each([
  ['sandbox/room.ts', './trace.ts'],
  ['sandbox/room.ts', 'mqtt'],
  ['sandbox/broker.ts', 'aedes'],
  ['sandbox/http.ts', 'node:http'],
  ['sandbox/listeners/tcp.ts', 'node:net'],
  ['sandbox/main.ts', 'node:path'],
  ['sandbox/room.test.ts', 'node:net'],
  ['lessons/first-message/publish/exercise.ts', '../../../sandbox/protocol.ts'],
  ['lessons/first-message/publish/exercise.ts', '../../../sandbox/view.ts'],
  ['src/course.ts', '../lessons/course.ts'],
  ['src/workbench/room-client.ts', '../../sandbox/batch.ts'],
  ['src/workbench/panels/packets.ts', '../../../sandbox/fields.ts'],
  ['src/workbench/panels/packets.ts', './rows.ts'],
  ['src/workbench/terminal/programs/mosquitto-passwd.ts', '../../../../sandbox/passwd-edit.ts'],
])('%s may import %s', async (file, imported) => {
  expect(await refusal(file, imported)).toBeUndefined();
});

it.each([
  ['sandbox/protocol.ts', './config.ts'],
  ['sandbox/protocol.ts', 'ws'],
  ['sandbox/room.ts', 'node:events'],
  ['sandbox/room.ts', 'aedes'],
  ['sandbox/listeners/tcp.ts', 'aedes'],
  ['sandbox/broker.ts', 'node:stream'],
  ['sandbox/main.ts', '../lessons/course.ts'],
  ['sandbox/scene.ts', '../src/course.ts'],
  ['lessons/first-message/publish/exercise.ts', '../../../sandbox/room.ts'],
  ['lessons/first-message/publish/exercise.ts', '../../../src/course.ts'],
  ['src/workbench/room-client.ts', '../../sandbox/room.ts'],
  ['src/course.ts', 'aedes'],
  ['src/workbench/terminal/programs/mosquitto-sub.ts', '../../../../sandbox/broker.ts'],
  ['src/workbench/panels/packets.ts', '../session.ts'],
  ['src/workbench/panels/packets.ts', '../room-client.ts'],
])('%s may not import %s', async (file, imported) => {
  expect(await refusal(file, imported)).toMatch(/restricted/);
});
