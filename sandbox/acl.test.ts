import { describe, expect, it } from 'vitest';
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

  it('grants every subscription', () => {
    expect(acl('').maySubscribe('a', 'c', '#')).toBe(true);
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

  it('has a bound', () => {
    expect(AclFile.parse('topic a\n'.repeat(500)).file).toBeDefined();
    expect(AclFile.parse('topic a\n'.repeat(501)).file).toBeUndefined();
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
