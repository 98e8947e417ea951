/**
 * The page that the tests drive: a device host whose lines use a WebSocket, and all its messages.
 */
import { createDeviceHost } from '../../src/workbench/device/device.ts';
import type { RunningDevice } from '../../src/workbench/device/device.ts';
import type { FromDevice } from '../../src/workbench/device/messages.ts';
import { resolveVendor } from '../../src/workbench/editor/vendor.ts';
import { originalPosition } from '../../src/workbench/compile/compiled.ts';
import { createEditor } from '../../src/workbench/editor/create-editor.ts';
import { TEXT_LEFT } from '../../src/workbench/editor/metrics.ts';

const manifest = await fetch('/vendor/manifest.json');
const vendor = resolveVendor((await manifest.json()) as Record<string, string>, '/vendor/');
const host = createDeviceHost(vendor);

function openLine(port: MessagePort): void {
  const socket = new WebSocket(`ws://${location.host}/mqtt`, 'mqtt');
  socket.binaryType = 'arraybuffer';
  const early: Uint8Array<ArrayBuffer>[] = [];
  let ended = false;
  port.onmessage = ({ data }) => {
    if (data === null) {
      ended = true;
      if (socket.readyState === WebSocket.OPEN) socket.close();
    } else if (socket.readyState === WebSocket.OPEN) socket.send(data);
    else early.push(data);
  };
  socket.onopen = () => {
    for (const chunk of early) socket.send(chunk);
    if (ended) socket.close();
  };
  socket.onmessage = ({ data }) => port.postMessage(new Uint8Array(data as ArrayBuffer));
  socket.onclose = () => port.postMessage(null);
}

class Run {
  messages: FromDevice[] = [];
  device?: RunningDevice;
  #waiting: { test(message: FromDevice): boolean; resolve(message: FromDevice): void }[] = [];
  abort = new AbortController();
  on = (message: FromDevice): void => {
    this.messages.push(message);
    for (const { test, resolve } of this.#waiting) if (test(message)) resolve(message);
  };
  /** Resolves with the first message of the type whose text contains `text`. */
  wait(type: FromDevice['type'], text = ''): Promise<FromDevice> {
    const test = (message: FromDevice): boolean =>
      message.type === type && (!text || JSON.stringify(message).includes(text));
    const found = this.messages.find(test);
    return found
      ? Promise.resolve(found)
      : new Promise((resolve) => this.#waiting.push({ test, resolve }));
  }
  get console(): string[] {
    return this.messages.flatMap((message) => (message.type === 'console' ? [message.text] : []));
  }
}

async function run(
  program: string,
  name = 'publisher',
  language: 'en' | 'zh-tw' = 'en',
): Promise<Run> {
  const made = new Run();
  made.device = await host.start({
    name,
    program,
    language,
    openLine,
    on: made.on,
    signal: made.abort.signal,
  });
  return made;
}

const harness = { host, run, vendor, createEditor, originalPosition, textLeft: TEXT_LEFT };
export type HarnessPage = typeof harness;
Object.assign(globalThis, { harness });
