/**
 * A device without a browser: the same runtime in a Node thread, for the lessons' checks and for
 * tests. The thread is not a prison: only programs of this repository run here.
 */
import { Worker } from 'node:worker_threads';
import { readFromDevice, targetOf } from './guard.ts';
import type { FromDevice, LineTarget, ToDevice } from './messages.ts';
import { withoutTypes } from './without-types.ts';

export interface NodeProgramOptions {
  /** File name without `.ts`. */
  name: string;
  /** The program's own text in TypeScript, with `import … from 'mqtt'` as it is. */
  program: string;
  language?: 'en' | 'zh-tw';
  /** As of a `DeviceHost`; the port is Node's, which has the browser's methods too. */
  openLine(port: MessagePort, target: LineTarget): void;
  /** The room's broker has files of its own (`StartDevice.anyPort`). */
  anyPort?: boolean;
  /** `StartDevice.hosts` */
  hosts?: readonly string[];
  /** `StartDevice.files` */
  files?: Readonly<Record<string, string>> | undefined;
  on(message: FromDevice): void;
  signal: AbortSignal;
  /**
   * How many programs are still loading, from `startingLine(n)`, the same for all of them: none
   * begins before all have loaded. So the programs, and not the load of a machine, decide which of
   * them is first.
   */
  together?: SharedArrayBuffer;
  /** Another build of `node-thread.ts`. */
  thread?: URL;
}
export interface NodeProgram {
  stop(): void;
  send(message: ToDevice): void;
  /** After `ended`, `failed` or `stop`: the thread is gone. */
  readonly done: Promise<void>;
}

/** For the `together` of so many programs. */
export function startingLine(programs: number): SharedArrayBuffer {
  const line = new SharedArrayBuffer(4);
  new Int32Array(line)[0] = programs;
  return line;
}

const source = new URL('./node-thread.ts', import.meta.url);

export function runProgramInNode(options: NodeProgramOptions): NodeProgram {
  const { name, language = 'en', signal, together, thread = source } = options;
  const { anyPort = false, hosts = [], files } = options;
  const program = withoutTypes(options.program);
  signal.throwIfAborted();
  const { port1: control, port2: far } = new MessageChannel();
  const worker = new Worker(thread, {
    workerData: {
      start: { type: 'start', device: name, program, language, anyPort, hosts, files },
      control: far,
      together,
    },
    transferList: [far as never],
    stdout: true,
    stderr: true,
  });
  const lines = new Set<MessagePort>();
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let over = false;

  function stop(): void {
    if (over) return;
    over = true;
    signal.removeEventListener('abort', stop);
    control.close();
    void worker.terminate();
    for (const line of lines) line.dispatchEvent(new MessageEvent('message', { data: null }));
  }
  function finish(last: FromDevice): void {
    if (over) return;
    stop();
    options.on(last);
  }

  signal.addEventListener('abort', stop, { once: true });
  worker.on('error', (error) => finish({ type: 'failed', message: String(error) }));
  // `process.exit()`: a page has no `process`, and says so.
  const exited = 'ReferenceError: process is not defined';
  worker.once('exit', () => finish({ type: 'failed', message: exited }));
  control.onmessage = (event) => {
    const message = over ? null : readFromDevice(event.data);
    if (message?.type === 'ended' || message?.type === 'failed') return finish(message);
    if (message?.type !== 'open-line') return void (message && options.on(message));
    const [line] = event.ports;
    if (!line) return;
    lines.add(line);
    line.addEventListener('message', ({ data }) => void (data === null && lines.delete(line)));
    options.openLine(line, targetOf(message));
  };
  return { stop, send: (message) => control.postMessage(message), done: gone };
}
