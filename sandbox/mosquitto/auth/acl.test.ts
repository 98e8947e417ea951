import { afterEach, describe, expect, it, vi } from 'vitest';
import { AclFile, dollarRule } from './acl.ts';

function acl(text: string): AclFile {
  const { file, problems } = AclFile.parse(text);
  if (!file) throw new Error(JSON.stringify(problems));
  return file;
}

/** user, client id, topic: may read, may write. */
type Row = [
  user: string | undefined,
  clientId: string,
  topic: string,
  read: boolean,
  write: boolean,
];

function holds(text: string, rows: Row[]): void {
  const file = acl(text);
  const got = rows.map(([user, id, topic]): Row => [
    user,
    id,
    topic,
    file.mayRead(user, id, topic),
    file.mayWrite(user, id, topic),
  ]);
  expect(got).toEqual(rows);
}

describe('an acl file', () => {
  it('gives a user what stands under their name, and the nameless what stands above', () => {
    holds('topic read news/#\nuser alice\ntopic a/+\nuser bob\ntopic write a/b\n', [
      [undefined, 'c', 'news/x', true, false],
      [undefined, 'c', 'news', true, false],
      [undefined, 'c', 'a/b', false, false],
      ['alice', 'c', 'news/x', false, false],
      ['alice', 'c', 'a/b', true, true],
      ['alice', 'c', 'a/b/c', false, false],
      ['bob', 'c', 'a/b', false, true],
      ['carol', 'c', 'a/b', false, false],
    ]);
  });

  it('continues a user who is named twice', () => {
    holds('user a\ntopic read x\nuser b\ntopic read y\nuser a\ntopic write x\n', [
      ['a', 'c', 'x', true, true],
      ['b', 'c', 'x', false, false],
    ]);
  });

  it('denies before it allows, wherever the denial stands', () => {
    holds('user a\ntopic #\ntopic deny secret/#\n', [
      ['a', 'c', 'open', true, true],
      ['a', 'c', 'secret/x', false, false],
      ['a', 'c', 'secret', false, false],
    ]);
  });

  it('asks a user’s own lines before patterns', () => {
    holds('pattern deny a/%u\nuser a\ntopic a/a\n', [
      ['a', 'c', 'a/a', true, true],
      ['b', 'c', 'a/b', false, false],
    ]);
  });

  it('puts user name and client id into patterns', () => {
    holds('pattern readwrite %u/%c/#\npattern read %c\npattern read 100%\n', [
      ['a', 'c', 'a/c/x', true, true],
      ['a', 'd', 'a/c/x', false, false],
      [undefined, 'c', '%u/c/x', false, false],
      [undefined, 'c', 'c', true, false],
      ['a', 'c', '100%', true, false],
      // What was put in is not looked at again.
      ['%c', 'c', 'c/c/x', false, false],
      ['%c', 'c', '%c/c/x', true, true],
    ]);
  });

  it('refuses a name that would be a wildcard in a pattern', () => {
    holds('pattern readwrite home/%c/#\nuser +\ntopic own\n', [
      [undefined, '#', 'home/alice/x', false, false],
      [undefined, '+', 'home/alice/x', false, false],
      ['a#', 'c', 'home/c/x', false, false],
      ['+', 'c', 'own', true, true],
    ]);
  });

  it('takes $ only from a rule that begins with it', () => {
    holds('topic #\ntopic read $SYS/#\ntopic read +/x\n', [
      [undefined, 'c', '$SYS/broker/uptime', true, false],
      [undefined, 'c', '$other/x', false, false],
      [undefined, 'c', 'x', true, true],
    ]);
  });

  it('does not read $share of a rule as a shared subscription', () => {
    holds('topic $share/g/secret\n', [[undefined, 'c', 'secret', false, false]]);
  });

  it.each([
    ['topic', 'Error: Empty topic in acl_file "/etc/mosquitto/acl".'],
    ['\nuser', 'Error: Missing username in acl_file "/etc/mosquitto/acl".'],
    ['topic all x', 'Error: Invalid topic access type "all" in acl_file "/etc/mosquitto/acl".'],
    ['topic a/#/b', 'Error: Invalid ACL topic "a/#/b" in acl_file "/etc/mosquitto/acl".'],
    [
      `topic ${'/'.repeat(201)}`,
      `Error: Invalid ACL topic "${'/'.repeat(201)}" in acl_file "/etc/mosquitto/acl".`,
    ],
    ['  # x', 'Error: Invalid line in acl_file "/etc/mosquitto/acl":   #.'],
    ['allow x y', 'Error: Invalid line in acl_file "/etc/mosquitto/acl": allow.'],
  ])('%j stops the broker', (text, words) => {
    const { file, problems } = AclFile.parse(text);
    expect(file).toBeUndefined();
    const line = text.startsWith('\n') ? 2 : 1;
    expect(problems).toEqual([
      { file: '/etc/mosquitto/acl', line, severity: 'error', text: words },
    ]);
  });

  it('warns of a pattern without a place', () => {
    const { problems } = AclFile.parse('pattern read a/#\npattern read %u');
    expect(problems).toMatchObject([
      { line: 1, text: "Warning: ACL pattern 'a/#' does not contain '%c' or '%u'." },
    ]);
  });

  it.each([
    ['topic a\n', 500, 'Error: This sandbox takes at most 500 lines of access.'],
    ['pattern read %c\n', 50, 'Error: This sandbox takes at most 50 patterns.'],
  ])('has a bound for %j', (line, most, words) => {
    expect(AclFile.parse(line.repeat(most)).file).toBeDefined();
    const { file, problems } = AclFile.parse(line.repeat(most + 1));
    expect(file).toBeUndefined();
    expect(problems).toMatchObject([{ line: most + 1, severity: 'error', text: words }]);
  });

  it('names the line that is too long', () => {
    expect(AclFile.parse(`topic ${'a'.repeat(1_018)}`).file).toBeDefined();
    const { file, problems } = AclFile.parse(`topic a\npattern read ${'%c'.repeat(32_000)}\n`);
    expect(file).toBeUndefined();
    const text = 'Error: This sandbox takes at most 1024 characters in a line of access.';
    expect(problems).toMatchObject([{ line: 2, severity: 'error', text }]);
  });

  it('is not read where it is too large', () => {
    expect(AclFile.parse('#'.repeat(65_536)).file).toBeDefined();
    expect(AclFile.parse('#'.repeat(65_537)).file).toBeUndefined();
  });
});

describe('what an acl file costs for each message', () => {
  afterEach(() => vi.restoreAllMocks());
  const clients = Array.from({ length: 10 }, (_, i) => `${'c'.repeat(60)}${i}`);

  it('is one expansion for each client and pattern', () => {
    const file = acl('pattern read %c/#\npattern read all/%c/#\npattern read %u/#\n');
    const replaced = vi.spyOn(String.prototype, 'replace');
    for (let message = 0; message < 100; message += 1) {
      for (const client of clients) {
        expect(file.mayRead(undefined, client, `${client}/${message}/${'x'.repeat(20)}`)).toBe(
          true,
        );
        expect(file.mayRead(undefined, client, `other/${message}/${'x'.repeat(80)}`)).toBe(false);
      }
    }
    expect(replaced.mock.calls.filter(([what]) => String(what) === '/%[cu]/g')).toHaveLength(20);
  });

  it('stays so for a whole room with the longest patterns', () => {
    const rest = 'x'.repeat(512 - 2 * 62 - 4);
    const file = acl(
      Array.from({ length: 50 }, (_, i) => `pattern read %c/%c/${rest}${i}`).join('\n'),
    );
    const room = Array.from({ length: 20 }, (_, i) => `${'c'.repeat(60)}${10 + i}`);
    const ask = (topic: string) => {
      for (const client of room) expect(file.mayRead(undefined, client, topic)).toBe(false);
    };
    ask('a'.repeat(512));
    const replaced = vi.spyOn(String.prototype, 'replace');
    for (let i = 0; i < 5; i += 1) ask(`${i}`.repeat(512));
    expect(replaced).not.toHaveBeenCalled();
  });

  it('is none where the pattern would be longer than the topic', () => {
    const file = acl(`pattern read ${'%c'.repeat(500)}\npattern read t\n`);
    const replaced = vi.spyOn(String.prototype, 'replace');
    for (const client of clients) expect(file.mayRead(undefined, client, 't')).toBe(true);
    expect(replaced.mock.results.map(({ value }) => String(value))).toEqual(Array(10).fill('t'));
  });

  it('is one look at a user’s lines, however many of them subscribe', () => {
    const file = acl(`${'topic read a/+/c\n'.repeat(499)}topic read b\n`);
    const compared = vi.spyOn(String.prototype, 'startsWith');
    for (const client of clients) expect(file.mayRead(undefined, client, 'b')).toBe(true);
    // Filter and topic, each with $.
    expect(compared).toHaveBeenCalledTimes(2 * 500);
  });

  it('is one look at the patterns for each client, however often it subscribes', () => {
    const file = acl('pattern read +/%c/a\npattern read +/%c/b\n');
    const ask = () => {
      for (const client of clients)
        expect(file.mayRead(undefined, client, `x/${client}/b`)).toBe(true);
    };
    ask();
    const taken = vi.spyOn(String.prototype, 'split');
    // Each client has a topic that it was asked about last.
    for (let subscription = 0; subscription < 50; subscription += 1) ask();
    expect(taken).not.toHaveBeenCalled();
  });

  it('is no taking apart of rules: the topic alone is split', () => {
    const file = acl(`${'pattern read %c/+/a\n'.repeat(50)}${'topic read a/+/c\n'.repeat(450)}`);
    const ask = (topic: string) => {
      for (const client of clients) expect(file.mayRead(undefined, client, topic)).toBe(false);
    };
    ask('first/topic'.repeat(10));
    const taken = vi.spyOn(String.prototype, 'split');
    ask('second/topic'.repeat(10));
    expect(taken).toHaveBeenCalledTimes(1 + clients.length);
  });

  it.each([
    ['+/+/%c', '//c', true],
    ['+/+/%c/#', '//c', true],
    ['%c/#', 'c', true],
    ['%c%c/#', 'cc/d', true],
    ['%c%c', 'c', false],
    ['#', '', true],
  ])('pattern %j and %j as by its whole text: %s', (pattern, topic, answer) => {
    expect(acl(`pattern read ${pattern}\n`).mayRead(undefined, 'c', topic)).toBe(answer);
  });

  it('holds for all clients, also when there are more than are remembered', () => {
    const file = acl('pattern read home/%c/#\npattern read %u\n');
    for (let i = 0; i < 5_000; i += 1) {
      expect(file.mayRead(undefined, `c${i}`, `home/c${i}/x`)).toBe(true);
      expect(file.mayRead('u', `c${i}`, 'u')).toBe(true);
      expect(file.mayRead(undefined, `c${i}`, `home/c${i + 1}/x`)).toBe(false);
    }
  });
});

describe('topics that begin with $', () => {
  it.each([
    ['write', '$SYS/broker/version', false],
    ['write', '$SYSTEM', false],
    ['write', '$SYS/broker/connection/cloud/state', undefined],
    ['read', '$SYS/broker/version', undefined],
    ['write', '$share/g/a', false],
    ['write', '$other', undefined],
    ['write', 'a', undefined],
  ] as const)('%s %s: %s', (access, topic, answer) => {
    expect(dollarRule(access, topic)).toBe(answer);
  });
});
