import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Program } from '../programs/program.ts';
import { noInput } from '../programs/streams.ts';
import { RoomDisk } from '../room/room-disk.ts';
import { RoomFiles } from '../room/room-files.ts';
import { Shell } from './shell.ts';
import { utilities } from './utilities.ts';

/** Each argument in its own brackets: what a program is really given. */
const show: Program = (args, io) => {
  io.stdout.write(`${args.map((each) => `[${each}]`).join('')}\n`);
  return Promise.resolve(0);
};

const folder = '/tmp/x';

async function run(line: string, files = new Map<string, string>()) {
  let stdout = '';
  let stderr = '';
  const decoder = new TextDecoder();
  const take = (chunk: string | Uint8Array) =>
    typeof chunk === 'string' ? chunk : decoder.decode(chunk);
  const disk = new RoomDisk({ load: () => ({}), save: () => {}, log: () => '' }, [folder]);
  for (const [path, text] of files) disk.write(path, text);
  const shell = new Shell({
    programs: new Map([...utilities, ['show', show]]),
    files: new RoomFiles(disk),
    connect: () => Promise.reject(new Error('no line')),
    cwd: folder,
    variables: { HOME: '/home/me', TWO: 'two words' },
    message: (key, construct) => `${key} ${construct}`,
  });
  const status = await shell.run(line, {
    stdin: noInput,
    stdout: { write: (chunk) => void (stdout += take(chunk)) },
    stderr: { write: (chunk) => void (stderr += take(chunk)) },
    signal: new AbortController().signal,
    askSecret: () => Promise.resolve(null),
  });
  for (const name of disk.list(folder)!)
    files.set(`${folder}/${name}`, disk.text(`${folder}/${name}`)!);
  return { status, stdout, stderr, files };
}

describe('the same words as sh', () => {
  it.each([
    `show a 'b c' "d e"`,
    `show sensors/# a#b # a comment`,
    `show "$SYS/broker/#"`,
    `show '$SYS/broker/#'`,
    `show $SYS/broker/#`,
    `show \\$SYS/broker/# "\\$SYS/#"`,
    `show "\${SYS}/#" \${SYS}x`,
    `show $UNSET "" '' "$UNSET"`,
    `show $TWO "$TWO" '$TWO' x$TWO`,
    `show 'it'\\''s' it\\'s "it's"`,
    `show '{"t": 21}' {"t":21} "{\\"t\\": 21}"`,
    `show "a\\nb" 'a\\nb' a\\nb`,
    `show "100%" 50% "$" $ "a$"`,
    `show a\\ b a\\\\b "a\\\\b"`,
    `show + +/temperature a/+/b '#'`,
    `show ~ ~/x "~" a~`,
    `show \${UNSET:-fallback} \${TWO:+set} \${UNSET-x} \${TWO:-y}`,
    `A=1; show $A "$A$A" $AB`,
    `show a; show b && show c || show d`,
    `false || show e; false; show $?`,
    `! true; show $?; ! false && show f`,
    `show "two
lines"`,
    `show 台灣/溫度 "é"`,
    `show -m=x --option=value a=b`,
    `echo one two | cat; echo -n x; echo y`,
    `seq 3`,
    `seq 2 2 6`,
    `show {a,b} [x] 'a*'`,
    `show $'a'`,
  ])('%s', async (line) => {
    const ours = await run(line);
    const prelude = `show() { for each in "$@"; do printf '[%s]' "$each"; done; printf '\\n'; }\ncd /\n`;
    const theirs = spawnSync('sh', ['-c', prelude + line], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', HOME: '/home/me', TWO: 'two words' } }); // prettier-ignore
    expect({ stdout: ours.stdout, status: ours.status }).toEqual({
      stdout: theirs.stdout,
      status: theirs.status,
    });
  });
});

describe('files', () => {
  it('are written, appended to and read', async () => {
    const files = new Map<string, string>();
    await run('echo one > a.txt; echo two >> a.txt; cat < a.txt > b.txt', files);
    expect(Object.fromEntries(files)).toEqual({
      '/tmp/x/a.txt': 'one\ntwo\n',
      '/tmp/x/b.txt': 'one\ntwo\n',
    });
  });
  it('match patterns by name', async () => {
    const files = new Map([['/tmp/x/a.conf', ''], ['/tmp/x/b.conf', ''], ['/tmp/x/c', '']]); // prettier-ignore
    expect((await run('show *.conf [bc]* ?', files)).stdout).toBe(
      '[a.conf][b.conf][b.conf][c][c]\n',
    );
  });
  it('that are not there', async () => {
    expect(await run('cat nosuch')).toMatchObject({ status: 1, stderr: 'cat: nosuch: No such file or directory\n' }); // prettier-ignore
    expect(await run('cat < nosuch')).toMatchObject({ status: 2, stderr: 'sh: cannot open nosuch: No such file\n' }); // prettier-ignore
  });
  it('take errors too, and nothing is thrown away elsewhere', async () => {
    const { files, stderr } = await run('cat nosuch 2> err.txt; cat nosuch > /dev/null 2>&1');
    expect(stderr).toBe('');
    expect(files.get('/tmp/x/err.txt')).toBe('cat: nosuch: No such file or directory\n');
  });
});

describe('what it does not have', () => {
  it.each([
    ['nonsense', 127, 'sh: nonsense: not found\n'],
    [`show 'open`, 2, 'sh: Syntax error: unterminated single quote\n'],
    ['if true; then show a; fi', 2, 'sh: no-construct if\n'],
    ['show $(show a)', 2, 'sh: no-construct $(show a)\n'],
    ['show a &', 2, 'sh: no-jobs &\n'],
    ['show a | | show b', 2, expect.stringMatching(/^sh: Syntax error/)],
    ['x'.repeat(20_000), 2, 'sh: line too long\n'],
  ])('%s', async (line, status, stderr) => {
    expect(await run(line)).toMatchObject({ status, stderr });
  });
  it.each([
    [`show 'a`, true],
    [`show a |`, true],
    ['show a \\', true],
    [`show a`, false],
    [`show 'a'`, false],
    ['show a \\\\', false],
  ])('%s is unfinished: %s', (line, unfinished) => {
    expect(Shell.isUnfinished(line)).toBe(unfinished);
  });
});
