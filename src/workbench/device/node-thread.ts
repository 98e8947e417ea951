/** The inside of `node-worker.ts`'s thread. */
import { registerHooks } from 'node:module';
import { Duplex } from 'node:stream';
import { workerData } from 'node:worker_threads';
import * as library from 'mqtt';
import { MODULES } from '../compile/imports.ts';
import type { FromDevice, StartDevice, ToDevice } from './messages.ts';
import type { DuplexClass } from './runtime/line.ts';
import { prepare } from './runtime/start.ts';
import type { NativeTimers } from './runtime/timers.ts';

const { start, control, together } = workerData as {
  start: StartDevice;
  control: MessagePort;
  together?: SharedArrayBuffer;
};
const file = `${start.device.replace(/[^\w.-]/g, '_')}.ts`;
const url = `retained:///${file}`;

// Same modules as in a browser's worker, found by their bare names from the program alone.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === url) return { url, format: 'module', shortCircuit: true };
    const mapped = context.parentURL === url ? MODULES.get(specifier) : undefined;
    return mapped
      ? { url: mapped, format: 'module', shortCircuit: true }
      : next(specifier, context);
  },
  load(asked, context, next) {
    if (asked !== url) return next(asked, context);
    return { format: 'module', source: start.program, shortCircuit: true };
  },
});

const native: NativeTimers = {
  setTimeout: setTimeout as unknown as NativeTimers['setTimeout'],
  clearTimeout: clearTimeout as unknown as NativeTimers['clearTimeout'],
  setInterval: setInterval as unknown as NativeTimers['setInterval'],
  clearInterval: clearInterval as unknown as NativeTimers['clearInterval'],
};
const device = prepare(
  {
    library,
    Duplex: Duplex as unknown as DuplexClass,
    timers: native,
    makeChannel: () => new MessageChannel(),
    toBytes: (text) => Buffer.from(text),
  },
  {
    file,
    language: start.language,
    anyPort: start.anyPort ?? false,
    hosts: start.hosts ?? [],
    ...(start.files && { files: start.files }),
    post: (message: FromDevice, transfer: MessagePort[] = []) =>
      control.postMessage(message, transfer),
    evaluate: () => import(url),
  },
);
Object.assign(globalThis, device.globals);
Object.defineProperty(globalThis, Symbol.for('retained.mqtt'), { value: device.mqtt });
Object.defineProperty(globalThis, Symbol.for('retained.device'), { value: device.faces });
Object.defineProperty(globalThis, Symbol.for('retained.fs'), { value: device.files.fs });
Object.defineProperty(globalThis, Symbol.for('retained.fs-promises'), {
  value: device.files.promises,
});
process.on('uncaughtException', (error) => device.failed(error));
process.on('unhandledRejection', (reason) => device.failed(reason));
// The page's side ends the thread; until then an open control port keeps it.
control.onmessage = ({ data }: MessageEvent<ToDevice>) => device.hear(data);
if (together) everybodyHere(new Int32Array(together));
await device.run();

/** Reports that this program has loaded, and blocks the thread until the others have. */
function everybodyHere(loading: Int32Array): void {
  Atomics.sub(loading, 0, 1);
  Atomics.notify(loading, 0);
  for (let left = Atomics.load(loading, 0); left > 0; left = Atomics.load(loading, 0)) {
    Atomics.wait(loading, 0, left);
  }
}
