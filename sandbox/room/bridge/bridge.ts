/** One bridge of a broker: its client here and its connection to the other broker (src/bridge.c). */
import type { Duplex } from 'readable-stream';
import type { InnerClient, PassingMessage } from '../../engine/broker.ts';
import type { BridgeConf } from '../../mosquitto/conf/bridge-conf.ts';
import type { LogLine } from '../../mosquitto/conf/problem.ts';
import {
  encodePublish,
  encodeSubscribe,
  encodeUnsubscribe,
  pingreq,
} from '../../mqtt/encode-client.ts';
import { FrameCutter } from '../../mqtt/frame-cutter.ts';
import { isViolation, parseAccepted } from '../../mqtt/packet.ts';
import type { ConnackPacket, MqttVersion, Packet } from '../../protocol/mqtt.ts';
import { connectOf, refusedWords } from './handshake.ts';
import { Restarts } from './restarts.ts';
import { goes, mapTopic, type Way } from './topics.ts';
import { filterFault } from '../../mqtt/topic-syntax.ts';

/** What a bridge needs of its broker and its room. */
export interface BridgeHost {
  readonly inner: InnerClient;
  /** Unacknowledged messages of the other broker to this one. */
  readonly receiveMaximum: number;
  log(level: LogLine['level'], text: string): void;
  /** What is logged of a lost connection. */
  lostWords(clientId: string): string;
  /** Its end of a fresh line, or the words of an error; `no name`: its host is nowhere. */
  dial(address: BridgeConf['addresses'][number]): Duplex | string;
  /** False: the message goes round in a loop, and the bridge is to end. */
  passes: (way: Way, message: PassingMessage, topic: string) => boolean;
  /** The bridge has ended because of a loop. */
  looped(socket: Duplex): void;
}

export class Bridge {
  readonly #conf: BridgeConf;
  readonly #host: BridgeHost;
  readonly #restarts: Restarts;
  #version: MqttVersion;
  #isPrivate: boolean;
  #socket: Duplex | undefined;
  #connected = false;
  #wasTold = false;
  #ended = false;
  #address = 0;
  #alive: ReturnType<typeof setTimeout> | undefined;
  #pinged = false;

  constructor(conf: BridgeConf, host: BridgeHost) {
    this.#conf = conf;
    this.#host = host;
    this.#version = conf.version;
    this.#isPrivate = conf.tryPrivate;
    this.#restarts = new Restarts(conf.restart);
  }

  /** Tries to connect. Returns false if that can't be tried. */
  connect(): boolean {
    const { topics, stateTopic, localClean } = this.#conf;
    const { inner } = this.#host;
    const isBad = (filter: string) => filterFault(filter, false) !== null;
    if (topics.some(({ local, remote }) => isBad(local) || isBad(remote))) return false;
    const out = topics.filter((topic) => goes(topic, 'out'));
    inner.subscribe(out.map(({ local, qos }) => ({ filter: local, qos })));
    // With each try anew: they wait, and come once more when it is connected.
    if (!localClean) inner.sendRetained();
    this.#restarts.tried();
    if (stateTopic !== undefined && !this.#wasTold) this.#tell('0');
    this.#wasTold = true;
    this.#says(1);
    // Its name is looked up meanwhile.
    queueMicrotask(() => this.#ended || this.#dial());
    return true;
  }

  #says(step: 1 | 2): void {
    const { name, addresses } = this.#conf;
    const { host, port } = addresses[this.#address]!;
    this.#host.log('notice', `Connecting bridge (step ${step}) ${name} (${host}:${port})`);
  }

  #dial(): void {
    const { dial, log } = this.#host;
    const found = dial(this.#conf.addresses[this.#address]!);
    if (found === 'no name') return this.#later();
    this.#says(2);
    if (typeof found !== 'string') return this.#open(found);
    log('error', `Error creating bridge: ${found}.`);
    this.#later();
  }

  #open(socket: Duplex): void {
    const cutter = new FrameCutter();
    this.#socket = socket;
    socket.on('data', (chunk: Uint8Array) => {
      for (const frame of cutter.push(chunk).frames) {
        if (this.#socket !== socket) return;
        const packet = parseAccepted(frame, this.#version);
        if (isViolation(packet)) return void socket.destroy();
        this.#received(packet);
      }
    });
    for (const end of ['end', 'close', 'error'])
      socket.on(end, () => this.#socket === socket && this.#lost());
    this.#send(connectOf(this.#conf, this.#version, this.#isPrivate, this.#host.receiveMaximum));
    this.#keepAlive();
  } // prettier-ignore

  #send(frame: Uint8Array): void {
    const socket = this.#socket;
    if (socket && !socket.destroyed) socket.write(frame);
  }

  /** A ping after each keep alive; without an answer to it, the end. */
  #keepAlive(): void {
    clearTimeout(this.#alive);
    this.#alive = setTimeout(() => {
      if (this.#pinged || !this.#connected) return this.#lost();
      this.#pinged = true;
      this.#send(pingreq);
      this.#keepAlive();
    }, this.#conf.keepAlive * 1000);
  }

  #received(packet: Packet): void {
    if (packet.kind === 'CONNACK') return this.#acknowledged(packet);
    if (packet.kind === 'PINGRESP') this.#pinged = false;
    else if (packet.kind === 'DISCONNECT') this.#lost();
    else if (this.#connected) this.#host.inner.receive(packet);
  }

  #acknowledged(packet: ConnackPacket): void {
    const { reasonCode } = packet;
    const { name } = this.#conf;
    const { log } = this.#host;
    if (reasonCode === 0) return this.#on(packet);
    if (this.#version === 5 && reasonCode === 1) {
      this.#version = 4;
      const text = `Warning: Remote bridge ${name} does not support MQTT v5.0, reconnecting using MQTT v3.1.1.`;
      log('notice', text);
    } else {
      if (this.#version < 5 && reasonCode === 1) this.#isPrivate = false;
      log('error', `Connection Refused: ${refusedWords(this.#version, reasonCode)}`);
    }
    this.#lost();
  }

  /** `bridge__on_connect` */
  #on({ properties }: ConnackPacket): void {
    const { topics, stateTopic, stateIsLocal, unsubscribes, maxPacketSize } = this.#conf;
    const { inner } = this.#host;
    const version = this.#version;
    const retain = this.#conf.retains && properties?.retainAvailable !== 0;
    this.#connected = true;
    if (stateTopic !== undefined) {
      const state = { topic: stateTopic, payload: '1', retain };
      if (!stateIsLocal) this.#send(encodePublish(version, state, inner.nextId()));
      this.#tell('1');
    }
    // No Local, Retain As Published.
    const options = version === 5 ? 0x0c : 0;
    for (const topic of topics) {
      const { remote, qos } = topic;
      if (goes(topic, 'in'))
        this.#send(encodeSubscribe(version, inner.nextId(), remote, qos | options));
      else if (unsubscribes) this.#send(encodeUnsubscribe(version, inner.nextId(), remote));
    }
    const largest = Math.min(maxPacketSize || Infinity, properties?.maximumPacketSize ?? Infinity);
    const socket = this.#socket!;
    inner.connect({
      version,
      receiveMaximum: properties?.receiveMaximum,
      maximumPacketSize: Number.isFinite(largest) ? largest : undefined,
      retains: retain,
      send: (frame) => this.#send(frame),
      get unsent() {
        return socket.writableLength;
      },
      topicOf: (message) => this.#pass('out', message),
      localTopic: (message) => this.#pass('in', message),
    });
    this.#restarts.reset();
    if (properties?.serverKeepAlive !== undefined) this.#keepAlive();
  }

  /** The topic of a message at the other end; undefined: it goes round, and no further. */
  #pass(way: Way, message: PassingMessage): string | undefined {
    const topic = mapTopic(this.#conf.topics, way, message.topic);
    if (this.#host.passes(way, message, topic)) return topic;
    this.#loop();
    return undefined;
  }

  /** Its state, to the clients of this broker. */
  #tell(payload: '0' | '1'): void {
    const { stateTopic: topic } = this.#conf;
    const message = { topic, payload: Uint8Array.of(payload.charCodeAt(0)), retain: true };
    this.#host.inner.publish({ ...message, qos: 1 });
  }

  #loop(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { name } = this.#conf;
    const text = `Error: This sandbox has ended the bridge ${name}: a message went round in a loop.`;
    this.#host.log('error', text);
    const socket = this.#socket!;
    // In the middle of a delivery.
    queueMicrotask(() => {
      this.#host.looped(socket);
      this.#close();
    });
  }

  /** The connection is lost, or was not made. */
  #lost(): void {
    this.#close();
    this.#host.log('notice', this.#host.lostWords(this.#conf.localClientId));
    this.#later();
  }

  #close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#connected = this.#pinged = false;
    clearTimeout(this.#alive);
    socket?.destroy();
    this.#host.inner.disconnect();
    // The will of its client here.
    if (this.#conf.stateTopic !== undefined) this.#tell('0');
  }

  #later(): void {
    if (this.#ended || this.#conf.start === 'once') return;
    this.#address = (this.#address + 1) % this.#conf.addresses.length;
    this.#restarts.later(() => this.connect());
  }

  /** The broker ends. `silent`: its machine has no power, and nobody hears of it. */
  end(silent: boolean): void {
    this.#ended = true;
    this.#restarts.stop();
    clearTimeout(this.#alive);
    if (!silent) return this.#close();
    this.#socket = undefined;
    this.#connected = false;
  }
}
