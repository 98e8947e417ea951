/**
 * Debian's mosquitto in the place of a room: the same programs and the same scene, every packet
 * recorded on its way. It tells nothing of its state, and obeys no faults.
 */
import { connect } from 'node:net';
import type { Duplex } from 'readable-stream';
import { evaluate } from '../../../sandbox/checks/evaluate.ts';
import { startMosquitto, type Reference } from '../../../sandbox/testing/differential/mosquitto.ts';
import { FrameCutter } from '../../../sandbox/mqtt/frame-cutter.ts';
import type { LineInfo } from '../../../sandbox/line/line-info.ts';
import { memoryPair } from '../../../sandbox/room/memory-pair.ts';
import { parsePacket } from '../../../sandbox/mqtt/packet.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { Direction, MqttVersion } from '../../../sandbox/protocol/mqtt.ts';
import { startActor } from '../../../sandbox/room/scene.ts';
import type { NewEntry } from '../../../sandbox/protocol/trace.ts';
import { Trace } from '../../../sandbox/room/trace.ts';
import { join } from './memory.ts';
import type { RoomSource, RoomUnderTest } from './room-under-test.ts';

export const mosquitto: RoomSource = {
  name: 'mosquitto',
  overTcp: false,
  async open(_id, exercise, files) {
    const reference = await startMosquitto(files);
    return openRoom(exercise, reference);
  },
  close: async () => {},
};

async function openRoom(exercise: Exercise, reference: Reference): Promise<RoomUnderTest> {
  const trace = new Trace({ entries: 5_000, bytes: 2_000_000 });
  const lines = new Lines(reference, (entry) => {
    trace.append(entry);
    under.onChange?.();
  });
  const view = (): View => ({ entries: trace.all(), state: { clients: [], retained: [] } });
  const stops: (() => void)[] = [];
  const under: RoomUnderTest = {
    device: (device, state) => lines.append({ type: 'device', device, state }),
    openLine: (...line) => join(lines, ...line),
    tcp: undefined,
    reset: () => Promise.reject(new Error('its files are given once')),
    onChange: undefined,
    entries: () => trace.all(),
    streamed: () => evaluate(exercise, view()),
    view: async () => view(),
    async close() {
      for (const stop of stops) stop();
      lines.cut();
      await reference.stop();
    },
  };
  const { retained = [], actors = [] } = exercise.scene;
  const scene = retained.map((message) => ({ ...message, retain: true }));
  const all = [...(scene.length > 0 ? [{ name: 'scene', publishes: scene }] : []), ...actors];
  for (const actor of all) {
    const running = startActor(actor, () => {
      const [client, server] = memoryPair();
      lines.attach(server, { transport: 'memory', role: 'actor', name: actor.name });
      return client;
    });
    stops.push(() => running.stop());
    await running.ready;
    // What the scene holds comes from nobody in the room.
    if (actor.name === 'scene' && scene.length > 0) {
      running.stop();
      trace.reset();
    }
  }
  return under;
}

/** Lines to the broker, each cut into packets both ways. */
class Lines {
  readonly append: (entry: NewEntry) => void;
  readonly #reference: Reference;
  readonly #open = new Set<{ destroy(): void }>();
  #count = 0;

  constructor(reference: Reference, append: (entry: NewEntry) => void) {
    this.#reference = reference;
    this.append = append;
  }

  attach(stream: Duplex, { role, name, target }: LineInfo): void {
    const line = ++this.#count;
    const socket = connect(this.#reference.port(target?.port ?? 1883), '127.0.0.1');
    socket.setNoDelay(true);
    const seen = { version: 4 as MqttVersion };
    const tap = { 'to-broker': new FrameCutter(), 'to-client': new FrameCutter() };
    const record = (direction: Direction, chunk: Uint8Array) => {
      for (const frame of tap[direction].push(chunk).frames) {
        const packet = parsePacket(frame, seen.version, direction);
        if ('kind' in packet && packet.kind === 'CONNECT') seen.version = packet.version;
        const bytes = Uint8Array.from(frame);
        this.append({
          type: 'packet',
          line,
          direction,
          version: seen.version,
          bytes,
          fate: 'passed',
        });
      }
    };
    this.append({
      type: 'line-opened',
      line,
      transport: 'tcp',
      role,
      ...(name !== undefined && { name }),
    });
    this.#open.add(socket);
    stream.on('data', (chunk: Uint8Array) => {
      record('to-broker', chunk);
      socket.write(chunk);
    });
    stream.on('close', () => socket.end());
    stream.on('end', () => socket.end());
    socket.on('data', (chunk) => {
      record('to-client', chunk);
      if (!stream.destroyed) stream.write(Uint8Array.from(chunk));
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#open.delete(socket);
      this.append({ type: 'line-closed', line, by: 'client' });
      stream.destroy();
    });
  }

  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
