import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

/** Who may import whom, as the lint rules keep it. */
const eslint = new ESLint();

async function refusal(filePath: string, imported: string): Promise<string | undefined> {
  const [result] = await eslint.lintText(`import '${imported}';\n`, { filePath });
  return result!.messages.find(({ ruleId }) => ruleId === 'no-restricted-imports')?.message;
}

it.each([
  ['sandbox/room/room.ts', './trace.ts'],
  ['sandbox/room/room.ts', 'mqtt'],
  ['sandbox/engine/builtin/index.ts', 'aedes'],
  ['sandbox/server/http.ts', 'node:http'],
  ['sandbox/server/listeners/tcp.ts', 'node:net'],
  ['sandbox/server/main.ts', 'node:path'],
  ['sandbox/room/room.test.ts', 'node:net'],
  ['lessons/first-message/publish/exercise.ts', '../../../sandbox/protocol.ts'],
  ['lessons/first-message/publish/exercise.ts', '../../../sandbox/view.ts'],
  ['src/site/course.ts', '../lessons/course.ts'],
  ['src/workbench/room/server-room.ts', '../../sandbox/batch.ts'],
  ['src/workbench/panels/packets/packets-panel.ts', '../../../sandbox/fields.ts'],
  ['src/workbench/panels/packets/packets-panel.ts', './rows.ts'],
  ['src/workbench/terminal/programs/mosquitto-passwd.ts', '../../../../sandbox/passwd-edit.ts'],
])('%s may import %s', async (file, imported) => {
  expect(await refusal(file, imported)).toBeUndefined();
});

it.each([
  ['sandbox/protocol/protocol.ts', './config.ts'],
  ['sandbox/protocol/protocol.ts', 'ws'],
  ['sandbox/room/room.ts', 'node:events'],
  ['sandbox/room/room.ts', 'aedes'],
  ['sandbox/server/listeners/tcp.ts', 'aedes'],
  ['sandbox/engine/builtin/index.ts', 'node:stream'],
  ['sandbox/server/main.ts', '../lessons/course.ts'],
  ['sandbox/room/scene.ts', '../src/site/course.ts'],
  ['lessons/first-message/publish/exercise.ts', '../../../sandbox/room.ts'],
  ['lessons/first-message/publish/exercise.ts', '../../../src/course.ts'],
  ['src/workbench/room/server-room.ts', '../../sandbox/room.ts'],
  ['src/site/course.ts', 'aedes'],
  ['src/workbench/terminal/programs/mosquitto-sub.ts', '../../../../sandbox/broker.ts'],
  ['src/workbench/panels/packets/packets-panel.ts', '../session.ts'],
  ['src/workbench/panels/packets/packets-panel.ts', '../room-client.ts'],
])('%s may not import %s', async (file, imported) => {
  expect(await refusal(file, imported)).toMatch(/restricted/);
});
