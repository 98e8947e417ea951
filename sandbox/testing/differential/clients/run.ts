/** One command line in our shell or in sh(1), both against the same room over TCP. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mosquittoPrograms } from '../../../../src/workbench/terminal/programs/programs.ts';
import {
  ConnectionError,
  type FileSystem,
  type Program,
  type ProgramIo,
} from '../../../../src/workbench/terminal/programs/program.ts';
import type { MosquittoVersion } from '../../../protocol/mosquitto.ts';
import { mosquittoOf } from '../other-mosquittos.ts';
import type { BrokerFiles } from '../../../protocol/exercise.ts';
import { brokerHome, RoomDisk } from '../../../../src/workbench/terminal/room/room-disk.ts';
import { RoomFiles } from '../../../../src/workbench/terminal/room/room-files.ts';
import { noInput, readAll } from '../../../../src/workbench/terminal/programs/streams.ts';
import { Shell } from '../../../../src/workbench/terminal/shell/shell.ts';
import { utilities } from '../../../../src/workbench/terminal/shell/utilities.ts';

export interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}
export interface RunOptions {
  version: MosquittoVersion;
  port: number;
  /** Ctrl-C. */
  signal: AbortSignal;
  /** The shell becomes the program: Ctrl-C then ends only that, as in an interactive shell. */
  exec: boolean;
  /** Standard output as it grows. */
  onOutput(text: string): void;
}
export type Run = (line: string, options: RunOptions) => Promise<Ran>;

const deadlineMs = 15_000;

/** Only the room's port has a listener; other hosts than this machine cannot be resolved. */
const openLine =
  (port: number): ProgramIo['connect'] =>
  (target, events) =>
    new Promise((resolve, reject) => {
      if (!['localhost', '127.0.0.1'].includes(target.host))
        return reject(new ConnectionError('unknown-host'));
      const socket = connect(target.port === 1883 ? port : target.port, '127.0.0.1');
      socket.setNoDelay(true);
      socket.on('connect', () =>
        resolve({ send: (bytes) => socket.write(bytes), close: () => socket.end() }),
      );
      socket.on('data', (bytes) => events.data(bytes));
      socket.on('close', () => events.closed('lost'));
      socket.on('error', () => reject(new ConnectionError('refused')));
    });

/** Those of the broker are kept nowhere, and any other may lie beside them. */
function memoryFiles(): FileSystem {
  let kept: BrokerFiles = {};
  const save = (files: BrokerFiles): void => void (kept = files);
  return new RoomFiles(new RoomDisk({ load: () => kept, save, log: () => '' }, [brokerHome]));
}

/** `cut -c 1-12`, for one of the lines. */
const cut: Program = async (_args, io) => {
  const text = new TextDecoder().decode(await readAll(io.stdin));
  io.stdout.write(text.replace(/^(.{12}).*$/gm, '$1'));
  return 0;
};

export const runOurs: Run = async (line, { version, port, signal, onOutput }) => {
  const out: Uint8Array[] = [];
  const error: Uint8Array[] = [];
  const shell = new Shell({
    programs: new Map([...utilities, ...mosquittoPrograms, ['cut', cut]]),
    files: memoryFiles(),
    mosquitto: () => version,
    connect: openLine(port),
    cwd: '/etc/mosquitto',
    variables: {},
    message: (key) => key,
  });
  const status = await shell.run(line, {
    stdin: noInput,
    stdout: {
      write(chunk) {
        out.push(Buffer.from(chunk));
        onOutput(String(Buffer.concat(out)));
      },
    },
    stderr: { write: (chunk) => void error.push(Buffer.from(chunk)) },
    signal,
    askSecret: () => Promise.resolve(null),
  });
  return { status, stdout: String(Buffer.concat(out)), stderr: String(Buffer.concat(error)) };
};

export const runTheirs: Run = async (line, { version, port, signal, onOutput, exec }) => {
  const installed = mosquittoOf(version);
  if (typeof installed === 'string') throw new Error(installed);
  const directory = await mkdtemp(join(tmpdir(), 'retained-clients-'));
  try {
    const config = join(directory, '.config');
    mkdirSync(config);
    // Where the real clients look for options that every command line has.
    for (const name of ['pub', 'sub', 'rr'])
      await writeFile(join(config, `mosquitto_${name}`), `-p ${port}\n`);
    // Into a pipe its output would come only at its end.
    const child = spawn('stdbuf', ['-oL', 'sh', '-c', `umask 022; ${exec ? 'exec ' : ''}${line}`], {
      cwd: directory,
      // A group of its own, which Ctrl-C reaches as a whole.
      detached: true,
      env: {
        PATH: `${installed.bin}:/usr/bin:/bin`,
        HOME: directory,
        XDG_CONFIG_HOME: config,
        TZ: process.env['TZ'],
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = () => process.kill(-child.pid!, 'SIGINT');
    // A line that never ends must not outlive the test.
    const last = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), deadlineMs);
    signal.addEventListener('abort', stop, { once: true });
    const out: Buffer[] = [];
    const error: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      out.push(chunk);
      onOutput(String(Buffer.concat(out)));
    });
    child.stderr.on('data', (chunk: Buffer) => error.push(chunk));
    const status = await new Promise<number>((resolve) => {
      child.on('close', (code, name) => resolve(name === 'SIGINT' ? 130 : (code ?? -1)));
    });
    clearTimeout(last);
    signal.removeEventListener('abort', stop);
    return { status, stdout: String(Buffer.concat(out)), stderr: String(Buffer.concat(error)) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
