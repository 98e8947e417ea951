/**
 * The device's worker in a browser: bundled with MQTT.js into `runtime.js`, started by the frame as a
 * `data:` module worker, and ready before it knows its program.
 */
import { memory } from './own-memory.ts';
import * as library from 'mqtt';
import { Buffer } from 'buffer';
import { Duplex } from 'readable-stream';
import type { StartDevice, ToDevice } from '../messages.ts';
import { harden } from './hardening.ts';
import type { DuplexClass } from './line.ts';
import { MAX_BUFFER_BYTES } from './memory.ts';
import { plainMessage } from './plain-message.ts';
import { prepare } from './start.ts';
import type { NativeTimers } from './timers.ts';
import { words } from './words.ts';

const scope = globalThis as unknown as Record<string, unknown>;
const Channel = MessageChannel;
const timers: NativeTimers = {
  setTimeout: setTimeout.bind(globalThis) as NativeTimers['setTimeout'],
  clearTimeout: clearTimeout.bind(globalThis) as NativeTimers['clearTimeout'],
  setInterval: setInterval.bind(globalThis) as NativeTimers['setInterval'],
  clearInterval: clearInterval.bind(globalThis) as NativeTimers['clearInterval'],
};
scope['Buffer'] = Buffer;

function start(message: StartDevice, control: MessagePort): void {
  const post = control.postMessage.bind(control) as (
    message: unknown,
    transfer?: MessagePort[],
  ) => void;
  const file = `${message.device.replace(/[^\w.-]/g, '_')}.ts`;
  const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(`${message.program}\n//# sourceURL=${file}`)}`;
  const device = prepare(
    {
      ...{ library, timers },
      Duplex: Duplex as unknown as DuplexClass,
      makeChannel: () => new Channel(),
      toBytes: (text) => Buffer.from(text),
    },
    {
      file,
      language: message.language,
      anyPort: message.anyPort ?? false,
      hosts: message.hosts ?? [],
      ...(message.files && { files: message.files }),
      post(value, transfer = []) {
        const plain = plainMessage(value);
        if (plain) post(plain, transfer);
      },
      evaluate: () => import(/* @vite-ignore */ url),
    },
  );
  Object.assign(scope, device.globals);
  // The program's `import … from 'mqtt'` is a module of one line that takes this (`compile/imports.ts`).
  Object.defineProperty(scope, Symbol.for('retained.mqtt'), { value: device.mqtt });
  Object.defineProperty(scope, Symbol.for('retained.device'), { value: device.faces });
  Object.defineProperty(scope, Symbol.for('retained.fs'), { value: device.files.fs });
  Object.defineProperty(scope, Symbol.for('retained.fs-promises'), {
    value: device.files.promises,
  });
  control.onmessage = ({ data }: MessageEvent<ToDevice>) => device.hear(data);
  // Reported to the learner, so not to the browser's console too.
  addEventListener('error', (event) => {
    event.preventDefault();
    device.failed(event.error ?? event.message);
  });
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    device.failed(event.reason);
  });
  const t = words(message.language);
  memory.onTooMuch = () => {
    const limit = String(MAX_BUFFER_BYTES / 1024 / 1024);
    const error = new RangeError(t('device.memory', { limit }));
    device.failed(error.message);
    return error;
  };
  harden(globalThis, (name) => t('device.refused', { name }));
  void device.run();
}

addEventListener(
  'message',
  (event: MessageEvent<StartDevice>) => {
    const [control] = event.ports;
    if (event.data?.type === 'start' && control) start(event.data, control);
  },
  { once: true },
);
