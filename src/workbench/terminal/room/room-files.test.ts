import { describe, expect, it } from 'vitest';
import type { BrokerFiles } from '../../../../sandbox/protocol/exercise.ts';
import type { Program } from '../programs/program.ts';
import { noInput } from '../programs/streams.ts';
import { Shell } from '../shell/shell.ts';
import { utilities } from '../shell/utilities.ts';
import { roomCommands } from './commands.ts';
import { modesIn, RoomDisk } from './room-disk.ts';
import { RoomFiles } from './room-files.ts';

const own = { 'mosquitto.conf': 'listener 1883\n', passwd: 'anna:x\n' };

function make(before: BrokerFiles = own) {
  let kept = before;
  const disk = new RoomDisk({
    load: () => kept,
    save: (next) => void (kept = next),
    log: () => 'started\n',
  });
  const files = new RoomFiles(disk);
  const programs = new Map<string, Program>(utilities);
  const shell = new Shell({
    ...{ programs, files, cwd: '/etc/mosquitto', variables: {} },
    connect: () => Promise.reject(new Error('no line')),
    message: (key) => key,
  });
  const room = roomCommands({ programs, shell: () => shell, words: (key: string) => key, machine: {} } as never); // prettier-ignore
  programs.set('sudo', room.get('sudo')!);
  const type = async (line: string): Promise<string> => {
    let said = '';
    const write = (chunk: string | Uint8Array) => void (said += Buffer.from(chunk as string).toString()); // prettier-ignore
    await shell.run(line, {
      ...{ stdin: noInput, stdout: { write }, stderr: { write } },
      signal: new AbortController().signal,
      askSecret: () => Promise.resolve(null),
    });
    return said;
  };
  return { files, disk, type, kept: () => kept };
}

describe('owners and modes of the broker’s files', () => {
  it('are the usual ones, and what is usual is not kept', async () => {
    const { type, kept } = make();
    expect(await type('ls -l')).toMatch(
      /^total 8\n-rw-r--r-- 1 root +root +14 .* mosquitto\.conf\n-rw------- 1 mosquitto mosquitto +7 .* passwd\n$/,
    );
    await type('chmod 644 passwd; chown root passwd');
    expect(kept()).toEqual({ ...own, modes: { passwd: 'root:mosquitto 644' } });
    await type('chmod u=rw,go= passwd; chown mosquitto: passwd');
    expect(kept()).toEqual(own);
  });

  it('stay when the text is changed, and go with the file', async () => {
    const { type, kept } = make({ ...own, modes: { passwd: 'root:adm 640' } });
    await type('echo more >> passwd');
    expect(kept()).toEqual({ ...own, passwd: 'anna:x\nmore\n', modes: { passwd: 'root:adm 640' } });
    await type('rm passwd; ls');
    expect(kept()).toEqual({ 'mosquitto.conf': own['mosquitto.conf'] });
    await type('echo x > acl');
    expect(kept().modes).toEqual({ acl: 'root:root 644' });
  });

  it('come along with a file that is moved, and not with one that is copied over another', async () => {
    const { type, kept } = make();
    await type('cp passwd /tmp/p; mv /tmp/p passwd');
    expect(kept().modes).toEqual({ passwd: 'root:root 600' });
    await type('chown mosquitto: passwd; cp mosquitto.conf passwd');
    expect(kept()).toEqual({ ...own, passwd: own['mosquitto.conf'] });
    await type('cp -p passwd /tmp/p; mv /tmp/p passwd');
    expect(kept()).toEqual({ ...own, passwd: own['mosquitto.conf'] });
  });

  it('say who may do what', async () => {
    const { type } = make();
    const as = (line: string) => type(`sudo -u nobody ${line}`);
    expect(await as('cat passwd')).toBe('cat: passwd: Permission denied\n');
    expect(await as('cat mosquitto.conf')).toBe(own['mosquitto.conf']);
    expect(await as('cp passwd /tmp/p')).toBe("cp: cannot open 'passwd' for reading: Permission denied\n"); // prettier-ignore
    expect(await as('rm passwd')).toBe("rm: cannot remove 'passwd': Permission denied\n");
    expect(await as('cat /var/log/mosquitto/mosquitto.log')).toMatch('Permission denied');
    expect(await type('sudo -u mosquitto cat passwd /var/log/mosquitto/mosquitto.log')).toBe('anna:x\nstarted\n'); // prettier-ignore
    await type('chmod 700 .');
    expect(await as('ls')).toBe("ls: cannot open directory '.': Permission denied\n");
    expect(await as('cat mosquitto.conf')).toBe('cat: mosquitto.conf: Permission denied\n');
    expect(await type('sudo -u carl cat passwd')).toBe('sudo: unknown user carl\n');
    expect(await type('sudo cat passwd; whoami; sudo -u mosquitto whoami')).toBe('anna:x\nroot\nmosquitto\n'); // prettier-ignore
  });

  it('are given to a broker that is started by hand', async () => {
    const { type, files } = make();
    expect(modesIn(files)).toEqual({});
    await type('chmod 0 passwd; chown nobody: .');
    expect(modesIn(files)).toEqual({ '.': 'nobody:nogroup 755', passwd: 'mosquitto:mosquitto 0' });
  });
});

it('files outside have owners, too, and others’ stay in /tmp', async () => {
  const { type } = make();
  expect(await type('ls -ld /tmp /home/learner /etc/mosquitto')).toMatch(
    /^drwxr-xr-x 2 root +root .*\ndrwxr-xr-x 2 learner learner .*\ndrwxrwxrwt 2 root +root .*\n$/,
  );
  expect(await type('echo x > /tmp/x; sudo -u nobody rm /tmp/x')).toBe("rm: cannot remove '/tmp/x': Operation not permitted\n"); // prettier-ignore
  expect(await type('chown nobody: /tmp/x; sudo -u nobody rm -v /tmp/x')).toBe("removed '/tmp/x'\n"); // prettier-ignore
  expect(await type('rm -rf /etc/mosquitto')).toBe("rm: cannot remove '/etc/mosquitto': Device or resource busy\n"); // prettier-ignore
  expect(await type('cp mosquitto.conf x')).toMatch('No such file');
  expect(await type('printf x > more')).toBe('sh: cannot create more: Permission denied\n');
});

it('a change that was made elsewhere has a date, too', () => {
  const { files, disk } = make();
  const path = '/etc/mosquitto/passwd';
  files.change(path, { modified: 1000 });
  expect(files.status(path)?.modified).toBe(1000);
  disk.look();
  expect(files.status(path)?.modified).toBe(1000);
  disk.write(path, 'ben:y\n');
  expect(files.status(path)!.modified).toBeGreaterThan(1000);
});
