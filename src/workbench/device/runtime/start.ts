import type * as Mqtt from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { FromDevice, ToDevice } from '../messages.ts';
import { limitLines } from '../console-limit.ts';
import { fitText } from '../fit-text.ts';
import { makeConsole } from './console.ts';
import { failureOf } from './failure.ts';
import { makeFaces } from './faces.ts';
import { makeFiles } from './files.ts';
import { ProgramLife } from './life.ts';
import type { DuplexClass } from './line.ts';
import { makeMqtt } from './mqtt.ts';
import { moreText, words } from './words.ts';
import { countedTimers, MAX_TIMERS } from './timers.ts';
import type { NativeTimers } from './timers.ts';

export interface RuntimeEnvironment {
  library: typeof Mqtt;
  Duplex: DuplexClass;
  timers: NativeTimers;
  /**
   * Kept from before the program ran, so that a program that replaces the global one gains nothing.
   */
  makeChannel(): MessageChannel;
  /** UTF-8, as a Buffer. */
  toBytes(text: string): Uint8Array;
}
export interface RuntimeOptions {
  /** The program's name in stacks: `publisher.ts`. */
  file: string;
  language: 'en' | 'zh-tw';
  anyPort?: boolean;
  /** `StartDevice.hosts` */
  hosts?: readonly string[];
  /** `StartDevice.files` */
  files?: Readonly<Record<string, string>>;
  post(message: FromDevice, transfer?: MessagePort[]): void;
  /** Evaluates the program; settles when it has been evaluated to its end. */
  evaluate(): Promise<unknown>;
}

const BEAT_MS = 500;
/**
 * Chromium and Firefox report an unhandled rejection in a separate task, after timers that are due:
 * a program with nothing left to do waits this long for it.
 */
const REPORTED_MS = 25;

/**
 * The environment of one program, the same in a browser's worker and in a Node thread. `globals`
 * are set before `run` evaluates the program; `failed` is called with an uncaught exception.
 */
export function prepare(
  { library, Duplex, timers, makeChannel, toBytes }: RuntimeEnvironment,
  options: RuntimeOptions,
) {
  const { post, language, file } = options;
  const t = words(language);
  const fit = (text: string, leftOut = 0): string => fitText(text, moreText(language), leftOut);
  const now = Date.now.bind(Date);
  const counted = countedTimers(timers, {
    changed: () => life.changed(),
    tooMany() {
      const error = new RangeError(t('device.tooManyTimers', { most: String(MAX_TIMERS) }));
      failed(error.message);
      return error;
    },
  });
  const lines = limitLines({
    write: (level, text, at) => post({ type: 'console', level, text, at }),
    leftOut: (count) => t('device.leftOut', { count: String(count) }),
    now,
    later: (callback, ms) => void timers.setTimeout(callback, ms),
  });
  const faces = makeFaces({
    post,
    now,
    later: (callback, ms) => void timers.setTimeout(callback, ms),
    hold: () => life.hold(),
    tooMany: (most) => t('device.tooManyFaces', { most: String(most) }),
  });
  const life = new ProgramLife({
    timers: counted.count,
    soon: (callback) =>
      void timers.setTimeout(() => void timers.setTimeout(callback, REPORTED_MS), 0),
    ended() {
      timers.clearInterval(heart);
      lines.flush();
      faces.flush();
      post({ type: 'ended' });
    },
  });
  const heart = timers.setInterval(() => {
    post({ type: 'alive' });
    life.beat();
  }, BEAT_MS);

  let lineId = 0;
  const clients = new Set<MqttClient>();
  const mqtt = makeMqtt({
    library,
    Duplex,
    anyPort: options.anyPort ?? false,
    hosts: options.hosts ?? [],
    tls: options.files !== undefined,
    openLine(target) {
      const channel = makeChannel();
      // Beside it: a message is not deep (`plain-message.ts`).
      const { tls, ...plain } = target;
      post({ type: 'open-line', id: ++lineId, target: plain, ...(tls && { tls }) }, [
        channel.port2,
      ]);
      return channel.port1;
    },
    flooded() {
      failed(t('device.flood'));
    },
    lineOpened(stream) {
      life.lineOpened();
      stream.once('close', () => life.lineClosed());
    },
    clientMade(client) {
      clients.add(client);
      client.once('end', () => clients.delete(client));
    },
    mapped: (url) => post({ type: 'mapped', url }),
    explain: (verdict) =>
      t(`device.connect.${verdict.why}`, {
        url: verdict.url,
        hosts: (options.hosts ?? []).join(', '),
      }),
  });

  let hasFailed = false;
  function failed(thrown: unknown): void {
    if (hasFailed) return;
    hasFailed = true;
    life.stop();
    timers.clearInterval(heart);
    const failure = failureOf(thrown, file);
    failure.message = fit(failure.message);
    lines.flush();
    faces.flush();
    post(failure);
  }

  /** DISCONNECT for each client that is connected, then the end, whatever the program waits for. */
  async function end(): Promise<void> {
    await Promise.allSettled([...clients].map((client) => client.endAsync()));
    life.finish();
  }

  return {
    mqtt,
    faces: faces.module,
    files: makeFiles(options.files ?? {}, toBytes),
    failed,
    hear(message: ToDevice): void {
      if (message.type === 'end') void end();
      else faces.input(message.face, message.value);
    },
    globals: { ...counted.timers, console: makeConsole(lines.line, now, fit) },
    async run(): Promise<void> {
      try {
        await options.evaluate();
        life.evaluated = true;
        life.changed();
      } catch (thrown) {
        failed(thrown);
      }
    },
  };
}
