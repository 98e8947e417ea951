import { describe, expect, it } from 'vitest';
import type { BrokerDeed, BrokerProcess } from '../../../../sandbox/protocol/process.ts';
import { serviceCommands } from './service.ts';

/** The commands of a terminal whose broker is in this state, and what they asked of it. */
function machine(process: BrokerProcess | undefined, refusal?: string) {
  const asked: BrokerDeed[] = [];
  const commands = new Map(
    serviceCommands(
      {
        process: () => Promise.resolve(process),
        operate: (deed) => {
          asked.push(deed);
          return Promise.resolve(refusal);
        },
        problems: () => ['/etc/mosquitto/mosquitto.conf:3: Error: Unknown configuration variable.'],
        log: () => ['mosquitto version 2.0.21 running'],
      },
      (key) => key,
    ),
  );
  return {
    asked,
    async run(line: string) {
      const [name = '', ...args] = line.split(' ');
      let out = '';
      const output = { write: (text: string) => void (out += text) };
      const status = await commands.get(name)!(args, { stdout: output, stderr: output } as never);
      return { status, out };
    },
  };
}
const running = { state: 'running', pid: 734 } as const;

describe('systemctl and service', () => {
  it.each([
    ['systemctl stop mosquitto', 'stop'],
    ['systemctl start mosquitto.service', 'start'],
    ['systemctl restart mosquitto', 'restart'],
    ['service mosquitto stop', 'stop'],
    ['systemctl kill mosquitto', 'stop'],
    ['systemctl kill -s SIGKILL mosquitto', 'kill'],
    ['systemctl kill --signal=9 mosquitto.service', 'kill'],
    ['systemctl kill mosquitto --signal KILL', 'kill'],
  ] as const)('%s', async (line, deed) => {
    const { asked, run } = machine(running);
    expect(await run(line)).toEqual({ status: 0, out: '' });
    expect(asked).toEqual([deed]);
  });

  it.each([
    [running, '● mosquitto.service', 'Active: active (running)', 0],
    [{ state: 'stopped' }, '○ mosquitto.service', 'Active: inactive (dead)', 3],
    [{ state: 'failed' }, '× mosquitto.service', 'Active: failed', 3],
    [{ state: 'killed' }, '● mosquitto.service', 'auto-restart', 3],
  ] as const)('status of %j', async (process, head, active, status) => {
    const said = await machine(process).run('systemctl status mosquitto');
    expect(said.status).toBe(status);
    for (const text of [head, active, 'mosquitto version 2.0.21 running'])
      expect(said.out).toContain(text);
  });

  it('says why it could not start it', async () => {
    const bad = await machine({ state: 'stopped' }, 'bad-files').run('systemctl start mosquitto');
    expect(bad.status).toBe(1);
    expect(bad.out).toContain('mosquitto.conf:3: Error');
    expect(bad.out).toContain('the control process exited with error code.\n');
    const often = machine({ state: 'stopped' }, 'started-too-often');
    expect((await often.run('systemctl start mosquitto')).out).toContain('attempted too often.');
  });

  it('knows no other unit', async () => {
    const { asked, run } = machine(running);
    for (const line of [
      'stop nginx',
      'kill nginx',
      'kill -s KILL',
      'kill --kill-who=main mosquitto',
    ])
      expect(await run(`systemctl ${line}`)).toEqual({ status: 1, out: 'terminal.systemctl\n' });
    expect(asked).toEqual([]);
  });
});

describe('signals', () => {
  it.each([
    ['kill 734', 'stop'],
    ['kill -TERM 734', 'stop'],
    ['kill -9 734', 'kill'],
    ['kill -s KILL 734', 'kill'],
    ['kill -SIGKILL 734', 'kill'],
    ['kill -USR1 734', 'save'],
    ['pkill mosquitto', 'stop'],
    ['pkill -9 mosquitto', 'kill'],
  ] as const)('%s', async (line, deed) => {
    const { asked, run } = machine(running);
    expect(await run(line)).toEqual({ status: 0, out: '' });
    expect(asked).toEqual([deed]);
  });

  it.each([
    ['kill -9 735', 1, 'sh: kill: No such process\n'],
    ['kill mosquitto', 2, 'sh: kill: Illegal number: mosquitto\n'],
    ['kill -WINCH 734', 1, 'terminal.signal\n'],
    ['pkill nginx', 1, ''],
  ] as const)('%s does nothing', async (line, status, out) => {
    const { asked, run } = machine(running);
    expect(await run(line)).toEqual({ status, out });
    expect(asked).toEqual([]);
  });
});

describe('the process', () => {
  it.each([
    ['pidof mosquitto', '734\n'],
    ['pgrep mosquitto', '734\n'],
    ['pgrep -a mosq', '734 /usr/sbin/mosquitto -c /etc/mosquitto/mosquitto.conf\n'],
  ] as const)('%s', async (line, out) => {
    expect(await machine(running).run(line)).toEqual({ status: 0, out });
    expect(await machine({ state: 'stopped' }).run(line)).toEqual({ status: 1, out: '' });
  });

  it('can’t be reached without power, or outside the sandbox', async () => {
    expect(await machine({ state: 'off' }).run('pidof mosquitto')).toEqual({
      status: 1,
      out: 'terminal.no-power\n',
    });
    const outside = machine(undefined);
    expect((await outside.run('kill 1')).out).toBe('terminal.not-by-this-broker\n');
    expect(outside.asked).toEqual([]);
  });
});
