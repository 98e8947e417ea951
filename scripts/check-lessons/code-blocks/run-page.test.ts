import { describe, expect, it } from 'vitest';
import { pahoPython } from '../../test/paho.ts';
import { which } from '../../test/system.ts';
import { parseMdx } from '../page.ts';
import { Findings } from '../report.ts';
import { shows } from './output.ts';
import { runPage } from './run-page.ts';

async function failuresOf(mdx: string): Promise<string[]> {
  const findings = new Findings();
  await runPage(parseMdx(mdx).code, ({ line }) => `line ${line}`, findings);
  return findings.failures;
}
const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`;

describe('what a lesson shows', () => {
  it.each([
    ['a\nb\n', 'a\nb'],
    ['1.23 s\n', '… s'],
    ['a\nx\ny\nb\n', 'a\n…\nb'],
    ['a (b) [c] $SYS\n', 'a (b) [c] $SYS'],
    ['', ''],
  ])('takes %j as %j', (output, shown) => expect(shows(output, shown)).toBe(true));
  it.each([
    ['a\nb\n', 'a'],
    ['axb\n', 'a.b'],
    ['', 'a'],
    ['a\nb\n', 'b\na'],
  ])('refuses %j as %j', (output, shown) => expect(shows(output, shown)).toBe(false));
});

describe.skipIf(!which('mosquitto') || !which('mosquitto_pub'))('blocks of a page', () => {
  it('runs commands against a real broker, side by side, with the usual port', async () => {
    const page = [
      fence('sh run stays', "mosquitto_sub -h localhost -p 1883 -t 'home/#' -v"),
      fence('sh run', "mosquitto_pub -t home/lamp -m 'on'"),
      fence('txt output stays', 'home/lamp on'),
      fence('sh run', "mosquitto_sub -t '$SYS/broker/version' -C 1"),
      fence('txt output', 'mosquitto version …'),
    ];
    expect(await failuresOf(page.join('\n'))).toEqual([]);
  });
  it('catches a command that fails, and output that is not so', async () => {
    const page = [
      fence('sh run', 'mosquitto_pub -t a'),
      fence('sh run', 'echo right'),
      fence('txt output', 'wrong'),
      fence('sh run fails', 'true'),
      fence('sh run stays', 'mosquitto_sub -t a -C 1 -v'),
      fence('sh run', 'mosquitto_pub -t a -m 1'),
      fence('txt output stays', 'a 2'),
    ];
    const failures = await failuresOf(page.join('\n'));
    expect(failures.map((one) => one.split('\n')[0])).toEqual([
      expect.stringMatching(/^line 1: ended with 1: Error: Both topic and message/),
      "line 9: shows what isn't printed:",
      'line 13: ended with 0: ',
      "line 25: shows what isn't printed:",
    ]);
  });
  it('gives a real broker the files, and reports what it prints about bad ones', async () => {
    const page = [
      fence(
        'sh run',
        'sudo mosquitto_passwd -b -c /etc/mosquitto/passwd anna secret\nsudo chmod 644 /etc/mosquitto/passwd',
      ),
      fence('conf run', 'listener 1883\npassword_file /etc/mosquitto/passwd'),
      fence(
        'sh run',
        'sudo mosquitto_passwd -b /etc/mosquitto/passwd ben other\nsudo systemctl restart mosquitto',
      ),
      fence('sh run', 'mosquitto_pub -u ben -P other -t a -m 1'),
      fence('sh run', 'mosquitto_pub -u anna -P secret -t a -m 1'),
      fence('sh run fails', 'mosquitto_pub -t a -m 1'),
      fence('txt output', 'Connection error: Connection Refused: not authorised.\n…'),
      fence('conf run', 'allow_anonymus true'),
    ];
    const failures = await failuresOf(page.join('\n'));
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/^line \d+: must be taken by mosquitto: .*allow_anonymus/s);
  });
  it('reloads it: who is still known stays, who is not is disconnected', async () => {
    const passwd = 'sudo mosquitto_passwd -b -c /etc/mosquitto/passwd anna secret';
    const pub = 'mosquitto_pub -u ben -P other -t a -m';
    const page = [
      fence(
        'sh run',
        `${passwd}\nsudo mosquitto_passwd -b /etc/mosquitto/passwd ben other\nsudo chmod 644 /etc/mosquitto/passwd`,
      ),
      fence('conf run', 'listener 1883\npassword_file /etc/mosquitto/passwd'),
      fence('sh run stays', 'mosquitto_sub -u anna -P secret -t a'),
      fence('sh run', 'sudo systemctl reload mosquitto'),
      fence('sh run', `${pub} 1\nsudo mosquitto_passwd -D /etc/mosquitto/passwd anna\n${pub} 2`),
      fence('sh run', 'sudo systemctl reload mosquitto'),
      fence('txt output stays', '1\n2\nConnection error: Connection Refused: not authorised.\n…'),
    ];
    expect(await failuresOf(page.join('\n'))).toEqual([]);
  });
  it('runs Node with the usual address', async () => {
    const program = [
      "import mqtt from 'mqtt';",
      "const client = await mqtt.connectAsync('mqtt://localhost');",
      "console.log('in');",
      'await client.endAsync();',
    ];
    const page = fence('js run', program.join('\n')) + fence('txt output', 'in');
    expect(await failuresOf(page)).toEqual([]);
  });
  it.skipIf(!pahoPython())('runs Python with the usual port', async () => {
    const program = "import paho.mqtt.publish as publish\npublish.single('a', 'b')\nprint('sent')";
    const page = `${fence('python run', program)}\n${fence('txt output', 'sent')}`;
    expect(await failuresOf(page)).toEqual([]);
    const bad = await failuresOf(fence('python run', "print 'hello'"));
    expect(bad[0]).toMatch(/SyntaxError/);
  });
});
