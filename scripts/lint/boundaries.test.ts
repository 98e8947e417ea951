import { ESLint } from 'eslint';
import { expect, it } from 'vitest';
import { folderOf, isTest, whyNot } from './boundaries.js';
import { folders } from './folders.js';
import { circles, importGraph, sourceFiles } from './import-graph.ts';

const course = sourceFiles('sandbox', 'src', 'lessons');

it.each([
  ['sandbox/room/room.ts', './trace.ts'],
  ['sandbox/room/scene.ts', 'mqtt'],
  ['sandbox/line/line.ts', '../mqtt/packet.ts'],
  ['sandbox/server/listeners/tcp.ts', 'node:net'],
  ['sandbox/room/room.test.ts', 'node:net'],
  ['sandbox/mosquitto/engine-options.ts', '../engine/broker.ts'],
  ['sandbox/room/room.ts', '../engine/broker.ts'],
  ['sandbox/server/main.ts', '../engine/builtin/index.ts'],
  ['lessons/first-message/publish/exercise.ts', '../../../sandbox/checks/view.ts'],
  ['src/site/course.ts', '../../lessons/course.ts'],
  ['src/workbench/room/server-room.ts', '../../../sandbox/protocol/trace-batch.ts'],
  ['src/workbench/panels/wire/wire-panel.ts', '../detail/packet-detail.ts'],
  ['src/workbench/panels/wire/wire-panel.ts', '../panel.ts'],
  [
    'src/workbench/terminal/programs/mosquitto-passwd.ts',
    '../../../../sandbox/mosquitto/auth/passwd-edit.ts',
  ],
])('%s may import %s', (file, imported) => {
  expect(whyNot(file, imported)).toBeUndefined();
});

it.each([
  ['sandbox/protocol/trace.ts', '../shared/config.ts'],
  ['sandbox/protocol/trace.ts', 'ws'],
  ['sandbox/room/room.ts', 'node:events'],
  ['sandbox/room/room.ts', 'aedes'],
  ['sandbox/server/listeners/tcp.ts', 'aedes'],
  ['sandbox/line/line.ts', '../engine/broker.ts'],
  ['sandbox/engine/builtin/index.ts', '../../line/line.ts'],
  ['sandbox/engine/builtin/index.ts', 'aedes'],
  ['sandbox/engine/builtin/aedes/lifecycle.ts', '../connection.ts'],
  ['sandbox/engine/outside/index.ts', '../builtin/index.ts'],
  ['sandbox/engine/outside/index.ts', 'node:net'],
  ['sandbox/room/room.ts', '../engine/builtin/index.ts'],
  ['sandbox/rooms/rooms.ts', '../engine/builtin/index.ts'],
  ['sandbox/mosquitto/engine-options.ts', '../engine/builtin/index.ts'],
  ['sandbox/server/main.ts', '../../lessons/course.ts'],
  ['sandbox/room/scene.ts', '../../src/site/course.ts'],
  ['lessons/first-message/publish/exercise.ts', '../../../sandbox/room/room.ts'],
  ['src/workbench/room/server-room.ts', '../../../sandbox/room/room.ts'],
  ['src/workbench/run/exercise-run.ts', '../ui/dom.ts'],
  ['src/workbench/panels/packets/packets-panel.ts', '../../shell/toolbar.ts'],
  ['src/workbench/panels/wire/wire-panel.ts', '../packets/packet-row.ts'],
  ['src/workbench/panels/wire/wire-panel.ts', '../registry.ts'],
  ['src/workbench/panels/detail/packet-detail.ts', '../panel.ts'],
  ['src/workbench/trace/packet-rows.ts', '../panels/panel.ts'],
])('%s may not import %s', (file, imported) => {
  expect(whyNot(file, imported)).toMatch(/may not import|no Node modules/);
});

it('ESLint reports an import that crosses a boundary', async () => {
  const [result] = await new ESLint().lintText(`import '../../shared/config.ts';\nimport 'ws';\n`, {
    filePath: 'sandbox/mqtt/rules/rule.ts',
  });
  const rules = result!.messages.map(({ ruleId, line }) => `${line} ${ruleId}`);
  expect(rules).toEqual(['1 retained/boundaries', '2 retained/boundaries']);
});

it.each([
  ['sandbox/room/scene.ts', "Buffer.from('x'); setImmediate(() => process.exit());", 3],
  ['src/workbench/run/record.ts', 'process.exit(); document.title;', 2],
  ['sandbox/room/scene.ts', "import { Buffer } from 'buffer';\nBuffer.from('x');", 0],
  ['sandbox/room/scene.test.ts', "Buffer.from('x');", 0],
  ['sandbox/testing/seen.ts', "Buffer.from('x');", 0],
  ['sandbox/server/main.ts', "Buffer.from('x'); process.exit();", 0],
])('%s: ESLint reports globals that a browser does not have: %s', async (filePath, text, count) => {
  const [result] = await new ESLint().lintText(`${text}\n`, { filePath });
  const found = result!.messages.filter(({ ruleId }) => ruleId === 'no-restricted-globals');
  expect(found).toHaveLength(count);
});

it('gives every folder a rule, and every rule a folder', () => {
  expect(course.filter((file) => !isTest(file) && !folderOf(file))).toEqual([]);
  const used = new Set(course.filter((file) => !isTest(file)).map(folderOf));
  expect(Object.keys(folders).filter((folder) => !used.has(folder))).toEqual([]);
  const own = (parent: string, depth: number) =>
    course
      .filter(
        (file) => file.startsWith(`${parent}/`) && file.split('/').length > depth && !isTest(file),
      )
      .map((file) => file.split('/').slice(0, depth).join('/'));
  const roles = new Set([
    ...own('sandbox', 2),
    ...own('src', 2),
    ...own('src/workbench', 3),
    ...own('src/workbench/panels', 4),
  ]);
  expect([...roles].filter((role) => !(role in folders))).toEqual([]);
});

it('has no circle of imports between files', () => {
  expect(circles(importGraph(course.filter((file) => !isTest(file))))).toEqual([]);
});

it('finds a circle', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b', 'd']],
    ['d', []],
  ]);
  expect(circles(graph)).toEqual([['b', 'c']]);
});
