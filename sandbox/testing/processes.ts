/** Three processes of one course behind HAProxy with the file of `deploy/`, its ports and paths moved. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { StartOptions } from '../server/main.ts';
import { freePorts } from './differential/free-ports.ts';
import { startHaproxy } from './haproxy.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const program = at('../server/classroom/testing/class-process.ts');
const file = at('../../deploy/haproxy-processes.cfg');
export const numbers = [1, 2, 3] as const;

export interface Processes {
  /** Of HAProxy, as readers see it. */
  origin: string;
  mqttPort: number;
  tlsPort: number;
  /** PEM of the authority that signed what HAProxy shows. */
  ca: string;
  /** For the teacher's link. */
  secret: string;
  /** With SIGKILL; resolves when it is gone. */
  kill(number: number): Promise<void>;
  /** SIGSTOP, SIGCONT. */
  signal(number: number, signal: NodeJS.Signals): void;
  /** Of one process, without HAProxy. */
  originOf(number: number): string;
  /** Which has the classes; null: none that answers. */
  holder(): Promise<number | null>;
  /** Where HAProxy sends classes; null: nowhere, or it does not know yet. */
  routed(): Promise<number | null>;
  /** Unless it runs; on the ports and with the data that it had. */
  begin(number: number): Promise<void>;
  end(): Promise<void>;
}

/** @param database the address of PostgreSQL */
export async function startProcesses(database?: string): Promise<Processes> {
  const folder = await mkdtemp(join(tmpdir(), 'retained-processes-'));
  const [http, mqtt, tls, ...own] = (await freePorts(12)) as [number, number, number, ...number[]];
  const portsOf = (number: number): [number, number, number] => [
    own[number - 1]!,
    own[number + 2]!,
    own[number + 5]!,
  ];
  const children = new Map<number, ChildProcess>();
  let secret = '';

  const runs = (child?: ChildProcess): boolean => child?.exitCode === null && child.signalCode === null; // prettier-ignore

  async function begin(number: number): Promise<void> {
    if (runs(children.get(number))) return;
    const [port, mqttPort, tlsPort] = portsOf(number);
    const data = join(folder, String(number));
    await mkdir(data, { recursive: true });
    const options: Partial<StartOptions> = {
      ...{ process: number, data, mqttPort, tlsPort, proxies: ['127.0.0.1'] },
      ...{ proxied: ['mqtt', 'tls'], publicMqttPort: mqtt, publicTlsPort: tls },
      ...(database !== undefined && { database }),
    };
    const args = [program, folder, String(port), JSON.stringify(options)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.set(number, child);
    const line = await Promise.race([
      new Promise<string>((resolve) => {
        // Before it stands what the course logs.
        createInterface(child.stdout!).on('line', (text) => text.startsWith('{') && resolve(text));
      }),
      once(child, 'exit').then(() => Promise.reject(new Error(`process ${number} ended`))),
    ]);
    ({ secret } = { secret, ...(JSON.parse(line) as { secret?: string }) });
  }
  const control = join(folder, 'haproxy.sock');
  /** By HAProxy's own words. */
  async function routed(): Promise<number | null> {
    const socket = connect(control).end('show stat\n');
    const rows = (await text(socket)).split('\n').map((line) => line.split(','));
    const status = rows[0]!.indexOf('status');
    const up = rows.filter(([backend, name, ...more]) => backend === 'classes' && name!.startsWith('process-') && more[status - 2]!.startsWith('UP')); // prettier-ignore
    return up.length === 1 ? Number(up[0]![1]!.slice('process-'.length)) : null;
  }
  const originOf = (number: number): string => `http://127.0.0.1:${portsOf(number)[0]}`;
  async function holder(): Promise<number | null> {
    for (const number of numbers) {
      const answer = await fetch(`${originOf(number)}/healthz/classes`, {
        signal: AbortSignal.timeout(500),
      }).catch(() => null);
      if (answer?.ok) return number;
    }
    return null;
  }
  async function kill(number: number): Promise<void> {
    const child = children.get(number)!;
    if (!runs(child)) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  const ends: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true }),
    () => Promise.all([...children.keys()].map(kill)),
  ];
  const end = async (): Promise<void> => {
    for (const one of ends.splice(0).reverse()) await one();
  };
  try {
    await Promise.all(numbers.map(begin));
    let conf = readFileSync(file, 'utf8').replaceAll('/var/lib/retained/', `${folder}/`);
    // A test may open fewer files than a service of the system.
    conf = conf.replace('maxconn 20000', 'maxconn 1000');
    for (const [from, to] of [
      [80, http],
      [1883, mqtt],
      [8883, tls],
    ] as const)
      // prettier-ignore
      conf = conf.replace(`\n  bind :${from}`, `\n  bind 127.0.0.1:${to}`);
    for (const number of numbers)
      for (const [n, base] of [4320, 11_880, 18_880].entries())
        conf = conf.replaceAll(`127.0.0.1:${base + number}`, `127.0.0.1:${portsOf(number)[n]}`);
    conf = conf.replace('\nglobal\n', `\nglobal\n  stats socket ${control} mode 600\n`);
    ends.push(await startHaproxy(conf, http));
    // HAProxy takes each server for one that is up until it has asked it twice.
    while ((await routed()) === null) await new Promise((resolve) => setTimeout(resolve, 50));
  } catch (error) {
    await end();
    throw error;
  }
  return {
    ...{ origin: `http://127.0.0.1:${http}`, mqttPort: mqtt, tlsPort: tls, secret },
    ca: readFileSync(join(folder, '1', 'tls', 'ca.crt'), 'utf8'),
    ...{ kill, begin, end, holder, routed, originOf },
    signal: (number, signal) => void children.get(number)!.kill(signal),
  };
}
