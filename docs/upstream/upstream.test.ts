/**
 * The reports of docs/upstream.md: each program against the installed packages, and against copies
 * with its patch; those without a patch against the room's broker.
 */
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { afterAll, describe, expect, test } from 'vitest';

/** A machine that does much else takes its time for 80 processes. */
const TIMEOUT_MS = 60_000;

const here = import.meta.dirname;
const root = path.join(here, '../..');
const modules = path.join(root, 'node_modules');
// Inside node_modules: what a copied package imports is found there.
mkdirSync(path.join(modules, '.cache'), { recursive: true });
const copies = mkdtempSync(path.join(modules, '.cache/upstream-'));
afterAll(() => rmSync(copies, { recursive: true }));

interface Result {
  code: number;
  output: string;
}

function run(program: string): Promise<Result> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program],
      { timeout: TIMEOUT_MS - 5000 },
      (error, output, errors) => {
        // A program that ends by a signal has no code: -1.
        const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
        resolve({ code, output: code === 0 || output ? output : errors });
      },
    );
  });
}

const page = readFileSync(path.join(root, 'docs/upstream.md'), 'utf8');
const reports = page
  .split(/^### \d+\. /m)
  .slice(1)
  .map((text) => ({
    title: text.slice(0, text.indexOf('\n')),
    program: /\[program\]\(upstream\/([\w-]+)\.mjs\)/.exec(text)?.[1] ?? '',
    patch: /\[patch\]\(upstream\/([\w-]+)\.patch\)/.exec(text)?.[1],
    output: /```text\n([^]*?)```/.exec(text)?.[1] ?? '',
  }));

/** A folder in which the program finds other packages than those that are installed. */
function folderFor(program: string): string {
  const folder = path.join(copies, program);
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  cpSync(path.join(here, `${program}.mjs`), path.join(folder, 'program.mjs'));
  return folder;
}

function patched(program: string): string {
  const folder = folderFor(program);
  const patches = parsePatch(readFileSync(path.join(here, `${program}.patch`), 'utf8'));
  const files = patches.map(({ oldFileName }) => oldFileName!);
  // aedes has to find the copies of what it imports: it is copied, too.
  for (const name of new Set(['aedes', ...files.map((file) => file.split('/')[0]!)])) {
    const from = path.join(modules, name);
    cpSync(from, path.join(folder, 'node_modules', name), {
      recursive: true,
      filter: (file) => !/^(?:dist|docs|test|benchmarks)$/.test(path.relative(from, file)),
    });
  }
  for (const [n, patch] of patches.entries()) {
    const file = path.join(folder, 'node_modules', files[n]!);
    const text = applyPatch(readFileSync(file, 'utf8'), patch);
    if (text === false) throw new Error(`${program}.patch does not fit ${files[n]}`);
    writeFileSync(file, text);
  }
  return path.join(folder, 'program.mjs');
}

const ROOM_BROKER = `
import { createBroker } from '${new URL('../../sandbox/engine/builtin/index.ts', import.meta.url)}';
export const Aedes = {
  async createBroker() {
    const broker = await createBroker();
    return { handle: (stream) => broker.handle(stream, { line: 1 }) };
  },
};
`;

function withRoomBroker(program: string): string {
  const folder = folderFor(program);
  const aedes = path.join(folder, 'node_modules/aedes');
  mkdirSync(aedes);
  writeFileSync(path.join(aedes, 'package.json'), '{ "type": "module", "main": "index.js" }');
  writeFileSync(path.join(aedes, 'index.js'), ROOM_BROKER);
  return path.join(folder, 'program.mjs');
}

test('each program and each patch is in one report, and each report has a program', () => {
  const files = readdirSync(here).filter((file) => /\.(?:mjs|patch)$/.test(file));
  const named = reports.flatMap(({ program, patch }) => [
    `${program}.mjs`,
    ...(patch === undefined ? [] : [`${patch}.patch`]),
  ]);
  expect(named.toSorted()).toEqual(files.toSorted());
  for (const { program, patch } of reports) expect([undefined, program]).toContain(patch);
});

test('the versions of the page are those that are installed', () => {
  const rows = page.matchAll(/^\| \[([\w-]+)\]\S* (?:\(MQTT\.js\) +)?\s*\| ([\w.-]+)\s*\|$/gm);
  const versions = Object.fromEntries([...rows].map(([, name, version]) => [name, version]));
  expect(Object.keys(versions)).toHaveLength(5);
  for (const [name, version] of Object.entries(versions)) {
    const { version: installed } = JSON.parse(
      readFileSync(path.join(modules, name, 'package.json'), 'utf8'),
    ) as { version: string };
    expect({ name, version: installed }).toEqual({ name, version });
  }
});

describe.concurrent.each(reports)('$program', { timeout: TIMEOUT_MS }, (report) => {
  const { program, patch, output } = report;

  test('the fault is still there', async ({ expect }) => {
    const result = await run(path.join(here, `${program}.mjs`));
    const mended = 'Mended: drop the correction in the broker, the program and the report.';
    expect(result.code, mended).not.toBe(0);
    expect(result).toEqual({ code: 1, output });
  });

  if (patch === undefined) {
    test("the room's broker passes the program", async ({ expect }) => {
      expect(await run(withRoomBroker(program))).toMatchObject({ code: 0 });
    });
  } else {
    test('the patch mends it', async ({ expect }) => {
      expect(await run(patched(program))).toMatchObject({ code: 0 });
    });
  }
});
