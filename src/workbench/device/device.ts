/** The page's side of devices: one sandboxed frame, one worker in it for each running program. */
import { PartGone } from '../store/part-gone.ts';
import { Frame, type DeviceUrls } from './frame-host.ts';
import { makeMeter, readFromDevice, targetOf } from './guard.ts';
import { makeIncoming } from './incoming.ts';
import type { FromDevice, LineTarget, ToDevice } from './messages.ts';
import { words } from './runtime/words.ts';

export interface DeviceOptions {
  /** File name without `.ts`. */
  name: string;
  /** The result of `compile`: one ES module whose imports are mapped. */
  program: string;
  language: 'en' | 'zh-tw';
  /** The room's broker has files of its own (`StartDevice.anyPort`). */
  anyPort?: boolean;
  /** `StartDevice.hosts` */
  hosts?: readonly string[];
  /** `StartDevice.files` */
  files?: Readonly<Record<string, string>> | undefined;
  /**
   * A fresh line for each connect and reconnect. `Uint8Array` both ways, `null` for the end of the
   * line; `null` comes too when the device is stopped without a DISCONNECT.
   */
  openLine(port: MessagePort, target: LineTarget): void;
  /** Validated and bounded. `ended` and `failed` are the last one of a device; its worker is gone then. */
  on(message: FromDevice): void;
  signal: AbortSignal;
}
export interface RunningDevice {
  /** Ends the worker and its lines at once, as pulling the plug does. */
  stop(): void;
  send(message: ToDevice): void;
}
export interface DeviceHost {
  /** Loads frame and runtime, and starts a worker that waits; optional, saves time at the first run. */
  warm(): Promise<void>;
  /** Rejects if the frame can't be loaded, or with the signal's reason if it is aborted. */
  start(options: DeviceOptions): Promise<RunningDevice>;
  dispose(): void;
}

export function createDeviceHost(urls: DeviceUrls): DeviceHost {
  let frame: Frame | undefined;
  let nextId = 1;

  function open(): Frame {
    if (!frame?.usable) {
      frame?.dispose();
      frame = new Frame(urls);
    }
    return frame;
  }

  async function start(options: DeviceOptions): Promise<RunningDevice> {
    options.signal.throwIfAborted();
    const id = nextId++;
    // A frame's process can die of a program that used all memory: the second try has a new frame.
    for (let attempt = 1; ; attempt++) {
      const used = open();
      const device = new Device(id, options, used);
      try {
        await used.start(id, device.startMessage(), device.far, (message) => device.broke(message));
        options.signal.throwIfAborted();
        device.began();
        return device;
      } catch (error) {
        device.stop();
        options.signal.throwIfAborted();
        if (attempt === 2 || error instanceof PartGone)
          throw new Error(words(options.language)('device.noFrame'), { cause: error });
        used.giveUp();
      }
    }
  }

  return {
    warm: () => open().ready,
    start,
    dispose: () => frame?.dispose(),
  };
}

/** A device that sends nothing for so long is in an endless loop, or its frame has died. */
const SILENT_MS = 2500;

/**
 * A turn of a program's event loop takes at most so long: what allocates in one turn without an end
 * would take all memory. Counted in ticks of the page: where that stands still, nothing is concluded.
 */
const MAX_TURN_MS = 15_000;
const TICK_MS = 500;

class Device implements RunningDevice {
  readonly far: MessagePort;
  #control: MessagePort;
  #lines = new Set<MessagePort>();
  #meter = makeMeter();
  #incoming: ReturnType<typeof makeIncoming>;
  #silent: ReturnType<typeof setTimeout> | undefined;
  #ticks = 0;
  #clock: ReturnType<typeof setInterval> | undefined;
  #over = false;
  #id: number;
  #options: DeviceOptions;
  #frame: Frame;

  constructor(id: number, options: DeviceOptions, frame: Frame) {
    this.#id = id;
    this.#options = options;
    this.#frame = frame;
    const { language, on } = options;
    this.#incoming = makeIncoming({
      language,
      on: (message) => {
        if (!this.#over || message.type === 'ended' || message.type === 'failed') on(message);
      },
    });
    const { port1, port2 } = new MessageChannel();
    this.#control = port1;
    this.far = port2;
    port1.onmessage = (event) => this.#receive(event);
    // The worker is gone, and perhaps its frame's whole process: out of memory, most likely.
    port1.addEventListener('close', () => {
      if (this.#over) return;
      frame.giveUp();
      this.broke('');
    });
    options.signal.addEventListener('abort', this.stop, { once: true });
    this.#expect();
  }

  /** Chromium does not close the ports of a process that has died, so the frame is asked. */
  #expect(): void {
    clearTimeout(this.#silent);
    this.#silent = setTimeout(() => void this.#askFrame(), SILENT_MS);
  }
  async #askFrame(): Promise<void> {
    const isAlive = await this.#frame.isAlive();
    if (this.#over) return;
    if (isAlive) return this.#expect();
    this.#frame.giveUp();
    this.broke('');
  }

  /** The worker has its program: from now on there is a heartbeat. */
  began(): void {
    if (!this.#over) this.#clock = setInterval(() => this.#tick(), TICK_MS);
  }
  /** A program that prints in an endless loop sends messages, but no heartbeat. */
  #tick(): void {
    if (++this.#ticks * TICK_MS < MAX_TURN_MS) return;
    const seconds = String(MAX_TURN_MS / 1000);
    this.broke(words(this.#options.language)('device.endless', { seconds }));
  }

  startMessage() {
    const { name, program, language, anyPort = false, hosts = [], files } = this.#options;
    const more = files ? { files } : {};
    return { type: 'start' as const, device: name, program, language, anyPort, hosts, ...more };
  }

  send(message: ToDevice): void {
    if (!this.#over) this.#control.postMessage(message);
  }

  stop = (): void => {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#silent);
    clearInterval(this.#clock);
    this.#options.signal.removeEventListener('abort', this.stop);
    this.#frame.stop(this.#id);
    this.#control.close();
    // The worker is terminated and cannot close its lines: their other ends are closed here.
    for (const line of this.#lines) line.dispatchEvent(new MessageEvent('message', { data: null }));
    this.#lines.clear();
  };

  broke(message: string): void {
    this.#finish({
      type: 'failed',
      message: message.slice(0, 1000) || this.#text('device.unknownWorkerError'),
    });
  }

  #receive(event: MessageEvent): void {
    if (this.#over) return;
    this.#expect();
    const message = readFromDevice(event.data);
    if (message?.type === 'alive') this.#ticks = 0;
    if (this.#meter.tooMany(message)) {
      this.#flood();
    } else if (message?.type === 'open-line') {
      const [line] = event.ports;
      if (line) this.#open(line, targetOf(message));
    } else if (message?.type === 'ended' || message?.type === 'failed') {
      this.#finish(message);
    } else if (message) {
      this.#incoming.receive(message);
    }
  }

  #open(line: MessagePort, target: LineTarget): void {
    this.#lines.add(line);
    // A port has no back pressure: `while (true) await client.publishAsync(…)` would fill the page.
    line.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.data === null) this.#lines.delete(line);
      const length = event.data instanceof Uint8Array ? event.data.length : 0;
      if (!this.#over && this.#meter.tooMany(null, length)) this.#flood();
    });
    this.#options.openLine(line, target);
  }

  #finish(last: FromDevice): void {
    if (this.#over) return;
    this.#incoming.flush();
    this.stop();
    this.#incoming.receive(last);
  }

  #flood(): void {
    this.#finish({ type: 'failed', message: this.#text('device.flood') });
  }

  #text(key: 'device.flood' | 'device.unknownWorkerError'): string {
    return words(this.#options.language)(key);
  }
}
