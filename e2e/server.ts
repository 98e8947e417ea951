/** The course as a host starts it: `scripts/start.mjs` in a process of its own, on free ports. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface CourseServer {
  /** `http://localhost:<port>` */
  origin: string;
  port: number;
  mqttPort: number;
  /** The data folder; it is removed with the server. */
  data: string;
  /** All that it printed so far. */
  output(): string;
  /** Sends the signal; resolves with the exit code once it has ended. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** @throws Error with its output if it ends before it says that it is open */
export async function startCourse(...flags: string[]): Promise<CourseServer> {
  const data = mkdtempSync(join(tmpdir(), 'retained-e2e-'));
  const free = [
    '--port',
    '0',
    '--mqtt-port',
    '0',
    '--tls-port',
    '0',
    '--host',
    '127.0.0.1',
    '--data',
    data,
  ];
  // Where the global set-up put the pages: what is built meanwhile is no concern of a test.
  const site = process.env['RETAINED_E2E_SITE'];
  if (site) free.push('--pages', site);
  const child = spawn(process.execPath, ['scripts/start.mjs', ...free, ...flags], { cwd: root });
  child.stderr.pipe(process.stderr);
  let output = '';
  const exit = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      // After a SIGKILL the process that serves still stores what it has, and ends by itself.
      rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      resolve(code);
    });
  });
  await isOpen(child, (text) => (output += text));
  const [, port] = /http:\/\/localhost:(\d+)\//.exec(output)!;
  const [, mqttPort] = /MQTT over TCP: port (\d+)/.exec(output)!;
  return {
    origin: `http://localhost:${port}`,
    port: Number(port),
    mqttPort: Number(mqttPort),
    data,
    output: () => output,
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return exit;
    },
  };
}

function isOpen(child: ChildProcess, add: (text: string) => string): Promise<void> {
  return new Promise((resolve, reject) => {
    let all = '';
    const collect = (chunk: Buffer) => {
      all = add(chunk.toString());
      if (all.includes('Ctrl-C stops it.')) resolve();
    };
    child.stdout!.on('data', collect);
    child.stderr!.on('data', collect);
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${all}`)));
  });
}
