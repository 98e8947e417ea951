import { describe, expect, it } from 'vitest';
import type { FileModes } from '../../protocol/exercise.ts';
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import { readBrokerFiles } from '../files.ts';
import { mayUse, modeOf } from './file-modes.ts';

const files = {
  'mosquitto.conf': 'listener 1883\npassword_file /etc/mosquitto/passwd\n',
  passwd: '',
};
const start = (modes?: FileModes, version?: MosquittoVersion) =>
  readBrokerFiles(files, version, modes);

describe('owner, group and mode', () => {
  it('are the usual ones of a name that has none', () => {
    expect(modeOf(undefined, 'mosquitto.conf')).toEqual({ owner: 'root', group: 'root', bits: 0o644 }); // prettier-ignore
    expect(modeOf({ acl: 'root:adm 640' }, 'passwd')).toEqual({ owner: 'mosquitto', group: 'mosquitto', bits: 0o600 }); // prettier-ignore
    expect(modeOf({ acl: 'root:adm 640' }, 'acl')).toEqual({ owner: 'root', group: 'adm', bits: 0o640 }); // prettier-ignore
  });

  it.each([
    ['mosquitto:root 400', 'mosquitto', true],
    ['mosquitto:root 044', 'mosquitto', false],
    ['root:mosquitto 640', 'mosquitto', true],
    ['root:mosquitto 604', 'mosquitto', false],
    ['root:root 604', 'mosquitto', true],
    ['root:root 600', 'mosquitto', false],
    ['mosquitto:mosquitto 0', 'root', true],
    ['root:nogroup 640', 'nobody', true],
    // Nothing of the kind, as somebody may have sent it.
    ['', 'mosquitto', false],
    ['root:root rwx', 'mosquitto', false],
  ])('of %j let %s read: %s', (passwd, user, may) => {
    expect(mayUse(modeOf({ passwd }, 'passwd'), user, 4)).toBe(may);
  });
});

describe('a password file that the broker’s user may not read', () => {
  it.each<[FileModes, boolean]>([
    [{}, true],
    [{ passwd: 'root:root 600' }, false],
    [{ passwd: 'root:mosquitto 640' }, true],
    [{ '.': 'root:root 700' }, false],
    [{ 'mosquitto.conf': 'root:root 600' }, true],
  ])('%j: the broker starts: %s', (modes, starts) => {
    const { started, problems } = start(modes);
    expect(started).toBe(starts);
    if (!starts)
      expect(problems).toEqual([
        {
          ...{ file: '/etc/mosquitto/mosquitto.conf', line: 0, severity: 'error' },
          text: 'Error: Unable to open pwfile "/etc/mosquitto/passwd".',
        },
      ]);
  });

  it('is not read by a user that it does not belong to, whatever it is usually', () => {
    const conf = { ...files, 'mosquitto.conf': `user nobody\n${files['mosquitto.conf']}` };
    expect(readBrokerFiles(conf).started).toBe(false);
  });

  it('is remarked on by newer ones, if others may read it', () => {
    const remarks = (version: MosquittoVersion) =>
      start({ passwd: 'mosquitto:mosquitto 644' }, version)
        .log.filter(({ level }) => level === 'warning')
        .map(({ text }) => text);
    const remark = [
      'Warning: File /etc/mosquitto/passwd has world readable permissions. Future versions will refuse to load this file.',
      'To fix this, use `chmod 0700 /etc/mosquitto/passwd`.',
    ];
    expect(remarks('2.0.11')).toEqual([]);
    expect(remarks('2.0.21')).toEqual(remark);
    expect(remarks('2.1.2')).toEqual([...remark, '']);
    expect(start({ passwd: 'root:root 644' }).problems.map(({ file, severity }) => [file, severity]))
      .toEqual(Array(3).fill(['/etc/mosquitto/passwd', 'warning'])); // prettier-ignore
  });
});
