/**
 * Test files share their workers' globals (`isolate: false`): timers that a file has left changed would
 * stand still in the next. Vitest runs this before each file.
 */
import { vi } from 'vitest';

const names = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'Date',
];
const kept = Symbol.for('retained.timers');
const scope = globalThis as unknown as Record<string | symbol, unknown>;

vi.useRealTimers();
const first = (scope[kept] ??= Object.fromEntries(names.map((name) => [name, scope[name]])));
for (const [name, real] of Object.entries(first as Record<string, unknown>)) {
  if (scope[name] === real) continue;
  console.error(`An earlier test file has left ${name} changed.`);
  scope[name] = real;
}
