/** An unknown error ends the process, and the course is back on the same ports with what it had stored. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jsonLine } from '../../sandbox/shared/log.ts';
import { CRASHED, nextFlags, nodeFlags, supervise, wantsSupervisor } from './supervise.mjs';

const quiet = { say: () => {}, pauseMs: 1 };
let place: string;
const children: ChildProcess[] = [];
beforeEach(() => void (place = mkdtempSync(join(tmpdir(), 'retained-supervise-'))));
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(place, { recursive: true });
});
/** A program that notes its arguments, and what it is told to do then. */
function script(body: string): { path: string; runs(): string[][] } {
  const path = join(place, 'program.mjs');
  const notes = join(place, 'notes');
  writeFileSync(
    path,
    `import { appendFileSync, readFileSync } from 'node:fs';
    appendFileSync(${JSON.stringify(notes)}, JSON.stringify(process.argv.slice(2)) + '\\n');
    const run = readFileSync(${JSON.stringify(notes)}, 'utf8').trim().split('\\n').length;
    ${body}`,
  );
  const runs = () =>
    readFileSync(notes, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as string[]); // prettier-ignore
  return { path, runs };
}

test('after an error of its own it is started again, on the same ports and without a second browser', async () => {
  const { path, runs } = script(`
    if (run === 1) process.send({ port: 5, mqttPort: 6, tlsPort: 7 }, () => process.exit(${CRASHED}));
    else process.exit(0);`);
  const said: string[] = [];
  const code = await supervise(path, ['--browser', '--port', '0'], {
    say: (line) => said.push(line),
    pauseMs: 1,
  });
  expect(code).toBe(0);
  expect(runs()).toEqual([
    ['--browser', '--port', '0'],
    ['--port', '0', '--port', '5', '--mqtt-port', '6', '--tls-port', '7'],
  ]);
  expect(said).toEqual([expect.stringContaining('started again')]);
});

test('killed by the system it is started again, too', async () => {
  const { path, runs } = script(`if (run === 1) process.kill(process.pid, 'SIGKILL');`);
  expect(await supervise(path, [], quiet)).toBe(0);
  expect(runs()).toHaveLength(2);
});

test('the process that serves has the memory flags of the course', async () => {
  const { path } = script(`process.exit(process.execArgv.includes('${nodeFlags[0]}') ? 0 : 3);`);
  expect(await supervise(path, [], quiet)).toBe(0);
});

test('a start that fails is not repeated', async () => {
  const { path, runs } = script('process.exit(1)');
  expect(await supervise(path, [], quiet)).toBe(1);
  expect(runs()).toHaveLength(1);
});

test('one that always crashes is given up, and says so', async () => {
  const { path, runs } = script(`process.exit(${CRASHED})`);
  const said: string[] = [];
  expect(await supervise(path, [], { say: (line) => said.push(line), pauseMs: 1 })).toBe(CRASHED);
  expect(runs()).toHaveLength(5);
  expect(said.at(-1)).toMatch(/5 times .*not started again/);
});

test('who is started again elsewhere, and who only asks something, has no process above', () => {
  const cases: [string, Record<string, string>, boolean][] = [
    ['', {}, true],
    ['--port 5 --log json', {}, true],
    ['--restart no', {}, false],
    ['--restart=no', {}, false],
    ['--restart yes', { RETAINED_RESTART: 'no' }, true],
    ['', { RETAINED_RESTART: 'no' }, false],
    ['doctor --port 5', {}, false],
    ['backup x.zip', {}, false],
    ['--version', {}, false],
    ['--port 5 --help', {}, false],
    ['', { RETAINED_SUPERVISED: 'first' }, false],
  ];
  for (const [args, environment, wants] of cases)
    expect([args, environment, wantsSupervisor(args.split(' ').filter(Boolean), environment)]).toEqual([args, environment, wants]); // prettier-ignore
});

test('with --log json it writes its lines as the log does', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { path } = script(`process.exit(run === 1 ? ${CRASHED} : 0)`);
  await supervise(path, ['--log', 'json'], { pauseMs: 1 });
  const [line] = write.mock.calls.map(([text]) => String(text)).filter((text) => text.includes('restart')); // prettier-ignore
  write.mockRestore();
  const { time, ...rest } = JSON.parse(line!) as { time: string; text: string };
  const text = 'The course is started again (an error of its own).';
  expect(rest.text).toBe(text);
  expect(line).toBe(`${jsonLine({ level: 'warn', event: 'restart', text }, new Date(time))}\n`);
});

test('it imports nothing of the course', () => {
  for (const [name, may] of [
    ['supervise.mjs', []],
    ['../start.mjs', ['./host/supervise.mjs', './parents.mjs', './start.ts']],
    ['../parents.mjs', []],
  ] as const) {
    // prettier-ignore
    const text = readFileSync(new URL(name, import.meta.url), 'utf8');
    const own = [...text.matchAll(/(?:^import [^;]*?from |\bimport\()'([^']+)'/gm)].map(([, from]) => from!); // prettier-ignore
    expect(own.filter((from) => !from.startsWith('node:'))).toEqual(may);
  }
});

test('flags of the next process without what is not known', () => {
  expect(nextFlags(['--browser', '--base', '/x/'], undefined)).toEqual(['--base', '/x/']);
  expect(nextFlags([], { port: 1, mqttPort: 2, tlsPort: null })).toEqual(['--port', '1', '--mqtt-port', '2']); // prettier-ignore
});

/** A course of its own process with pages of one file; `trouble` can throw. */
function course(trouble: string, ...flags: string[]): ChildProcess {
  const site = join(place, 'site');
  mkdirSync(site, { recursive: true });
  writeFileSync(join(site, 'index.html'), 'page');
  const path = join(place, 'course.ts');
  const at = (module: string) => JSON.stringify(import.meta.resolve(module));
  writeFileSync(
    path,
    `import { command } from ${at('./command.ts')};
    import { runCourse } from ${at('../run-course.ts')};
    import { start } from ${at('../../sandbox/server/main.ts')};
    const host = {
      program: 'x', version: '0', data: ${JSON.stringify(join(place, 'data'))},
      async open(options) {
        const running = await start({
          exercises: { get: async () => null }, site: ${JSON.stringify(site)},
          data: host.data, host: '127.0.0.1', ...options,
        });
        runCourse(running, options);
        ${trouble}
      },
    };
    const code = await command(process.argv.slice(2), process.env, host);
    if (code !== undefined) process.exitCode = code;`,
  );
  const ports = ['--port', '0', '--mqtt-port', '0', '--tls-port', '0'];
  const above = join(place, 'above.mjs');
  writeFileSync(
    above,
    `import { supervise, wantsSupervisor } from ${at('./supervise.mjs')};
    const args = process.argv.slice(2);
    if (wantsSupervisor(args, process.env)) process.exitCode = await supervise(${JSON.stringify(path)}, args);
    else await import(${JSON.stringify(path)});`,
  );
  const child = spawn(process.execPath, [above, ...ports, ...flags]);
  children.push(child);
  return child;
}
const textOf = (child: ChildProcess): { text: string } => {
  const said = { text: '' };
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => (said.text += String(chunk)));
  return said;
};

test('an unknown error: the last line says what happened and nothing of what learners sent', async () => {
  const trouble = `setTimeout(() => { JSON.parse('{"secret-topic') }, 10);`;
  const child = course(trouble, '--restart', 'no', '--log', 'json');
  const said = textOf(child);
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(CRASHED);
  const lines = said.text.trim().split('\n').map((line) => JSON.parse(line) as { event: string; error?: { name: string; frames: string[] } }); // prettier-ignore
  expect(lines.map(({ event }) => event)).toEqual(['open', 'crash']);
  expect(lines.at(-1)!.error).toMatchObject({ name: 'SyntaxError' });
  expect(lines.at(-1)!.error!.frames[0]).toBeTruthy();
  expect(said.text).not.toContain('secret');
}, 120_000);

test('for a person: the same in words, at the end', async () => {
  const child = course(`setTimeout(() => { throw new TypeError('odd'); }, 10);`, '--restart', 'no');
  const said = textOf(child);
  await once(child, 'exit');
  expect(said.text.trim().split('\n').at(-1)).toMatch(/ends because of an error of its own\. Classes are stored/); // prettier-ignore
  expect(said.text).toContain('TypeError: odd');
}, 120_000);

test('with its supervisor it is back on the same port, and SIGTERM ends both', async () => {
  // The first process only.
  const trouble = `if (!process.argv.includes('--mqtt-port', 9)) setTimeout(() => { throw new Error('odd'); }, 300);`;
  const child = course(trouble, '--log', 'json');
  const said = textOf(child);
  const opens = () =>
    [...said.text.matchAll(/"event":"open".*?"port":(\d+)/g)].map(([, port]) => Number(port));
  await expect.poll(() => opens().length, { timeout: 60_000 }).toBe(2);
  const [first, second] = opens();
  expect(second).toBe(first);
  expect(await (await fetch(`http://127.0.0.1:${second}/`)).text()).toBe('page');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  await expect(fetch(`http://127.0.0.1:${second}/`)).rejects.toThrow();
}, 120_000);

test.skipIf(process.platform === 'win32')(
  'a supervisor that is killed takes the course with it',
  async () => {
    const child = course('');
    const said = textOf(child);
    await expect
      .poll(() => /localhost:(\d+)/.exec(said.text)?.[1], { timeout: 60_000 })
      .toBeDefined();
    const port = /127\.0\.0\.1:(\d+)|localhost:(\d+)/.exec(said.text)!.slice(1).find(Boolean);
    child.kill('SIGKILL');
    await expect
      .poll(
        () =>
          fetch(`http://127.0.0.1:${port}/`).then(
            () => 'there',
            () => 'gone',
          ),
        { timeout: 60_000 },
      )
      .toBe('gone');
  },
  120_000,
);
