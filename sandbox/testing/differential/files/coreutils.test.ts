/** The terminal's ls, chmod, chown, cp, mv, rm, cat and printf, and GNU's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, plain, runOurs, runTheirs, whyNoCoreutils, type GivenFile } from './both.ts';

const day = 86_400_000;
const noon = new Date();
noon.setHours(12, 34, 0, 0);
const files: GivenFile[] = [
  { name: 'a', text: 'alpha\n', owner: 'root', group: 'root', bits: 0o644, modified: new Date(2021, 2, 5, 6, 7).getTime() },
  { name: 'b', text: 'beta\nbeta\n', owner: 'mosquitto', group: 'mosquitto', bits: 0o600, modified: noon.getTime() - 30 * day },
  { name: 'c', text: '', owner: 'root', group: 'mosquitto', bits: 0o2664, modified: noon.getTime() - 2 * day },
  { name: 'long', text: 'x'.repeat(20_000), owner: 'nobody', group: 'nogroup', bits: 0o755, modified: noon.getTime() - 300 * day },
]; // prettier-ignore
const last = '; echo rc $?; ls -l a b c d long; cat a b c d';

const lines = [
  'ls -l', 'ls -l a', 'ls -la', 'ls -lA b a', 'ls', 'ls -1 *', 'ls -lh', 'ls -lS', 'ls -lr', 'ls -ltr', 'ls -d .',
  'ls nope a nope2', 'ls -z', 'ls --foo', 'ls a/x', 'ls b/', 'ls -- -l', 'ls a .', "ls ''",
  'chmod 600 a', 'chmod 0640 a b', 'chmod 4755 a', 'chmod 2070 a', 'chmod 1777 a b', 'chmod 6644 long', 'chmod 1644 a',
  'chmod 888 a', 'chmod 77777 a', 'chmod 10600 a', 'chmod u+q a', 'chmod', 'chmod 600', 'chmod 600 nope a', 'chmod 600 a/x',
  'chmod -z 600 a', 'chmod --foo', 'chmod -v 600 a b', 'chmod -c 600 a b', 'chmod -f 600 nope',
  ...['u+x', '+x', '+w', '-w', '-r', '-rw', 'a-r', 'go=', '=', '=r', '=rw', 'u=rwx,g=rx,o=', 'g=u', 'o=g', 'u=o', 'g+s', 'u+s,o+t', '+t', 'a=t', 'ug+rw,o-rwx', 'a+X', 'u+x,a+X', 'u-w+x', 'g=u-w', 'o+rw', 'u=,g=r', 'a=rwxst', 'uo+x', ',', 'u', 'u+', '+', 'rw', 'u=rg', 'u+r,'].map((mode) => `chmod ${mode} a b c long`),
  'chmod a 600', 'chmod a -w', 'chmod -w -v a', 'chmod -- -w c', 'chmod -R 600 a',
  'chown mosquitto a', 'chown mosquitto: a', 'chown mosquitto:mosquitto a b', 'chown root:mosquitto a', 'chown :mosquitto a', 'chown root b',
  'chown nobody: a', 'chown 0:0 b', 'chown 4321 a', 'chown 4321: a', 'chown 4321:5432 a', 'chown root.mosquitto a', 'chown : a', "chown '' a",
  'chown bob a', 'chown root:bob a', 'chown :bob a', 'chown bob:bob a', 'chown', 'chown root', 'chown root nope', 'chown -z root a',
  'chown -v mosquitto: a', 'chown -v root a', 'chown -v mosquitto a b', 'chown -v :mosquitto a', 'chown -c root:root a b', 'chown -v : a', 'chown -v :root a', 'sudo -u nobody chown -v mosquitto: a', 'sudo -u nobody chmod -v 600 a', 'sudo -u nobody chgrp -v root a', 'chown -R mosquitto: a b',
  'chgrp mosquitto a', 'chgrp bob a', 'chgrp', 'chgrp root', 'chgrp root nope', "chgrp '' a", 'chgrp -v root b', 'chgrp -v root a', 'chgrp 77 a',
  'cp a d', 'cp b d', 'cp long d', 'cp c d', 'cp a b', 'cp -p b d', 'cp -p b a', 'cp -a long d', 'cp -v a d', 'cp -n a b', 'cp -f a b',
  'cp', 'cp a', 'cp nope d', 'cp a a', 'cp a ./a', 'cp a nodir/x', 'cp a b nodir', 'cp a b c', 'cp /tmp d', 'cp a a/x', 'cp a d/', 'cp a/ d', 'cp nope a d', 'cp -z a d', 'cp a b .',
  'mv a d', 'mv b a', 'mv -v b d', 'mv -n a b', 'mv', 'mv a', 'mv nope d', 'mv a a', 'mv a nodir/x', 'mv a b nodir', 'mv a d/', 'mv a b c', 'mv a a/x', 'mv -f long a', 'mv /tmp a', 'mv a b .',
  'rm a', 'rm -v a b', 'rm -f nope', 'rm nope a', 'rm', 'rm -f', 'rm /tmp', 'rm .', 'rm -z a', 'rm a/x', 'rm -f a/x', 'rm -rf a b', 'rm *',
  'sudo -u mosquitto cat a', 'sudo -u mosquitto cat b c', 'sudo -u nobody cat b c long', 'chmod 0 b; sudo -u mosquitto cat b', 'chmod 0 b; cat b',
  'sudo -u nobody chmod 600 a', 'sudo -u mosquitto chmod 640 b', 'sudo -u mosquitto chmod 640 long b', 'sudo -u mosquitto chown root b', 'sudo -u nobody chgrp root b',
  'sudo -u nobody rm a', 'sudo -u nobody mv a d', 'sudo -u nobody cp a d', 'sudo -u nobody cp b d', 'sudo -u nobody cp long a', 'sudo -u mosquitto cp a b', 'sudo -u mosquitto ls -l',
  'cat nope', 'cat a/x', 'cat /tmp', 'cat -z', 'cat -n b a', 'cat b - a < a', 'cat --',
  ...[
    "'%s\\n' one two three", "'%s %s\\n' one two three", "'plain\\n'", "'%d %5d|%-5d|%05d\\n' 1 2 3 4", "'%x %X %o %#x\\n' 255 255 8 255", "'%c%c\\n' abc de", "'100%%\\n'",
    "'%b\\n' 'a\\tb'", "'\\101\\x42\\t\\\\\\n'", "'%s' a b; echo", "'%.2s|%5s|%-5s|\\n' abc de f", "'%.3f %e %g\\n' 3.14159 1234.5 0.5", "'%+d % d\\n' 5 6", "'%u\\n' -1", "'%d\\n' 0x10 010",
    "'%d\\n' abc", "'%d\\n' 12abc", "''", "'%y\\n' x", "'%ld %5s%' 3 4", "'a\\n' x y", "'%s\\n'", "'%d\\n'", "'\\303\\244\\n'", "-- '%s\\n' x", "'%*d|\\n' 5 3",
  ].map((rest) => `printf ${rest}`),
  'printf "anna:1\\n" > d; chmod 600 d', 'echo x > b', 'echo x >> b', 'echo x > d',
]; // prettier-ignore

const missing = whyNoCoreutils();
if (missing !== undefined) console.warn(`Not compared with GNU's programs: ${missing}`);

describe.skipIf(missing !== undefined)('the words and deeds of GNU coreutils', () => {
  let made: ReturnType<typeof makeFolder>;
  beforeAll(() => void (made = makeFolder()));
  afterAll(() => made.remove());

  it.each(lines)('%s', async (line) => {
    const whole = /^(?:ls|cat|printf)/.test(line) ? line : line + last;
    const there = runTheirs(made.folder, files, whole);
    expect(plain(await runOurs(made.folder, files, whole))).toEqual(plain(there));
  });
});
