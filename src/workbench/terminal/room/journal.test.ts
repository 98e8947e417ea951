import { afterEach, describe, expect, it } from 'vitest';
import { openTerminals } from '../../../../sandbox/testing/terminal-room.ts';

const open = 'listener 1883\nallow_anonymous true\n';
let room: Awaited<ReturnType<typeof openTerminals>> | undefined;
afterEach(async () => {
  await room?.close();
  room = undefined;
});
const machine = async (conf = open) => (room = await openTerminals({ 'mosquitto.conf': conf }));
/** Without the date and Mosquitto's own time, which both must be there. */
const bare = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^[A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d broker /, '> '))
    .map((line) => line.replace(/^> mosquitto: \d{10}: /, '> '));

describe('journalctl', () => {
  it('has what Mosquitto wrote, and what systemd did with it', async () => {
    const { type } = await machine();
    await type('systemctl stop mosquitto');
    await type('systemctl start mosquitto');
    const { text, status } = await type('journalctl -u mosquitto --no-pager');
    expect(status).toBe(0);
    const lines = bare(text);
    for (const line of lines) expect(line).toMatch(/^> /);
    expect(lines).toContain('> Opening ipv4 listen socket on port 1883.');
    expect(lines).toContain('> systemd[1]: Stopped mosquitto.service - Mosquitto MQTT Broker.');
    expect(lines).toContain('> systemd[1]: Started mosquitto.service - Mosquitto MQTT Broker.');
  });

  it('counts lines from the end, and turns them round', async () => {
    const { type } = await machine();
    const all = bare((await type('journalctl -xeu mosquitto.service')).text);
    expect(bare((await type('journalctl -u mosquitto -n 2')).text)).toEqual(all.slice(-2));
    expect(bare((await type('journalctl --unit=mosquitto --lines=2')).text)).toEqual(all.slice(-2));
    expect(bare((await type('journalctl -n2 -ru mosquitto')).text)).toEqual(
      all.slice(-2).reverse(),
    );
  });

  it('follows until Ctrl-C', async () => {
    const { terminal, type } = await machine();
    const typed = terminal()('journalctl -fu mosquitto -n 1');
    await typed.says(' broker ');
    await type('systemctl restart mosquitto');
    await typed.says('Started mosquitto.service');
    typed.interrupt();
    expect(await typed.status).toBe(130);
  });

  it('has nothing of a Mosquitto that writes to a file, or of another service', async () => {
    const { type } = await machine(`${open}log_dest file /var/log/mosquitto/mosquitto.log\n`);
    expect((await type('journalctl -u mosquitto')).text).toBe('-- No entries --\n');
    expect((await type('journalctl -u ssh')).text).toBe('-- No entries --\n');
  });

  it.each(['--since today', '-n', '-n many', '-z', 'mosquitto', '-u'])(
    '%s is refused',
    async (args) => {
      const { type } = await machine();
      expect(await type(`journalctl ${args}`)).toEqual({
        text: '<terminal.journalctl>\n',
        status: 1,
      });
    },
  );
});

describe('nano', () => {
  it.each([
    'nano mosquitto.conf',
    'sudo nano /etc/mosquitto/mosquitto.conf',
    'vim +3 mosquitto.conf',
  ])('%s opens the Files panel', async (line) => {
    const { type, edited } = await machine();
    expect((await type(line)).status).toBe(0);
    expect(edited).toEqual(['mosquitto.conf']);
  });
  it.each(['nano', 'nano notes.txt', 'nano /tmp/acl'])('%s says what it can edit', async (line) => {
    const { type, edited } = await machine();
    expect(await type(line)).toEqual({ text: '<terminal.nano>\n', status: 1 });
    expect(edited).toEqual([]);
  });
});
