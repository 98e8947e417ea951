/** What mosquitto_passwd does to the owner and the mode of its file, and says of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mosquittoVersions } from '../../../protocol/mosquitto.ts';
import { mosquittoOf } from '../other-mosquittos.ts';
import { makeFolder, plain, runOurs, runTheirs, whyNoFiles, type GivenFile } from './both.ts';

const at = new Date(2021, 2, 5).getTime();
const given = (mode: string): GivenFile[] => {
  const [, owner = '', group = '', bits = ''] = /^(.*):(.*) (.*)$/.exec(mode) ?? [];
  // A user whose password nobody needs.
  const text = 'carl:$6$AAAAAAAAAAAAAAAA$AAAA\n';
  return [{ name: 'passwd', text, owner, group, bits: parseInt(bits, 8), modified: at }];
};
const modes = [
  ...['root:root 600', 'root:root 644', 'mosquitto:mosquitto 600', 'mosquitto:mosquitto 644'],
  ...['root:mosquitto 640', 'mosquitto:root 601', 'nobody:nogroup 0', 'mosquitto:mosquitto 222'],
];
const commands = ['-b passwd anna x', '-b passwd carl x', '-c -b passwd anna x', '-D passwd carl', '-D passwd anna', '-b nope anna x', '-c -b new anna x']; // prettier-ignore

describe.each(mosquittoVersions)('mosquitto_passwd of %s', (version) => {
  const installed = mosquittoOf(version);
  const missing = typeof installed === 'string' ? installed : whyNoFiles();
  if (missing !== undefined) console.warn(`Files of mosquitto_passwd ${version} not compared: ${missing}`); // prettier-ignore
  const { bin } = typeof installed === 'string' ? { bin: '' } : installed;
  let made: ReturnType<typeof makeFolder>;
  beforeAll(() => void (made = makeFolder()));
  afterAll(() => made.remove());

  it.skipIf(missing !== undefined).each(
    [
      ...modes.map((mode) => [mode, ''] as const),
      ...['mosquitto:mosquitto 600', 'root:root 644', 'mosquitto:mosquitto 222'].map((mode) => [mode, 'sudo -u mosquitto '] as const),
    ].flatMap(([mode, who]) => commands.map((command) => [mode, `${who}mosquitto_passwd ${command}`] as const)),
  )('%s: %s', async (mode, command) => {
    const line = `${command}; echo rc $?; ls -l`;
    const there = runTheirs(made.folder, given(mode), line, bin);
    const here = await runOurs(made.folder, given(mode), line, version);
    /** Without the size of what was hashed, and letters by chance. */
    const shown = (ran: typeof there) => {
      const { stdout, stderr, status } = plain(ran);
      return { status, stderr: stderr.replace(/(?<=\.backup\.)\w+/, '…'), stdout: stdout.replace(/ +\d+ (now|Mar {2}5 {2}2021) /g, ' $1 ') };
    };
    expect(shown(here)).toEqual(shown(there));
  });
}); // prettier-ignore
