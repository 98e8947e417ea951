/**
 * The simulated machine of one page's code blocks: a home folder, `/etc/mosquitto`, `/var/lib/mosquitto`
 * and port 1883. Before a block runs they are replaced by a temporary folder and free ports; its output is
 * mapped back, so that it reads as in the lesson.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../sandbox/testing/differential/free-ports.ts';

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const python = fileURLToPath(new URL('./python', import.meta.url));

/** `sudo` changes nothing here, and the broker is no service: the page's runner does what was asked. */
const stand = {
  sudo: '#!/bin/sh\nexec "$@"\n',
  systemctl:
    '#!/bin/sh\ncase "$1" in restart|reload|start) echo "$1" > "$RETAINED_RESTART";; esac\n',
};

export interface TestMachine {
  /** Folder that stands for `/etc/mosquitto`. */
  etc: string;
  home: string;
  /** Holds `restart`, `start` or `reload` when a block has asked for that. */
  restart: string;
  env: NodeJS.ProcessEnv;
  /** The free port that stands for one of the lesson's. */
  port(port: number): Promise<number>;
  /** Maps a lesson's text to this machine. */
  moved(text: string): string;
  /** And back. */
  back(text: string): string;
  remove(): void;
}

export async function makeTestMachine(): Promise<TestMachine> {
  const folder = mkdtempSync(join(tmpdir(), 'retained-blocks-'));
  const [etc, home, bin, saved] = ['etc', 'home', 'bin', 'saved'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  for (const path of [join(etc, 'conf.d'), join(home, '.config'), bin, saved]) {
    mkdirSync(path, { recursive: true });
  }
  // Mosquitto gives up root before it reads its files.
  for (const path of [folder, etc, join(etc, 'conf.d')]) chmodSync(path, 0o755);
  // And saves as the user mosquitto.
  chmodSync(saved, 0o777);
  for (const [name, text] of Object.entries(stand)) {
    writeFileSync(join(bin, name), text, { mode: 0o755 });
  }
  symlinkSync(modules, join(home, 'node_modules'));
  const ports = new Map<number, number>([[1883, await freePort()]]);
  const plain = ports.get(1883)!;
  // Where the clients read default options; later ones win.
  for (const name of ['pub', 'sub', 'rr']) {
    writeFileSync(join(home, '.config', `mosquitto_${name}`), `-p ${plain}\n`);
  }
  const restart = join(folder, 'restart');
  return {
    etc,
    home,
    restart,
    env: {
      PATH: `${bin}:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin:/usr/sbin`,
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      LANG: 'C.UTF-8',
      PYTHONUNBUFFERED: '1',
      PYTHONPATH: python,
      // What `<OwnProgram>` fills in on the page: here it is the real broker, which accepts every
      // client.
      HOST: 'localhost',
      PORT: String(plain),
      ROOM: 'reader',
      RETAINED_PORT_1883: String(plain),
      RETAINED_RESTART: restart,
    },
    async port(port) {
      if (!ports.has(port)) ports.set(port, await freePort());
      return ports.get(port)!;
    },
    moved(text) {
      let moved = text.replaceAll('/etc/mosquitto', etc).replaceAll('/var/lib/mosquitto', saved);
      for (const [port, real] of ports) {
        moved = moved.replaceAll(new RegExp(`\\b${port}\\b`, 'g'), String(real));
      }
      // A URL without a port means 1883.
      return moved.replaceAll(/\b(mqtt:\/\/(?:localhost|127\.0\.0\.1))(?![:\w.])/g, `$1:${plain}`);
    },
    back(text) {
      let back = text
        .replaceAll(etc, '/etc/mosquitto')
        .replaceAll(saved, '/var/lib/mosquitto')
        .replaceAll(home, '~');
      for (const [port, real] of ports) back = back.replaceAll(String(real), String(port));
      return back;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
