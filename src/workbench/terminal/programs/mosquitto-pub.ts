/** `mosquitto_pub` (client/pub_client.c and pub_shared.c, 2.0.11). */
import type { MosquittoClient } from '../mosquitto/client.ts';
import { err, reasonString, strerror } from '../mosquitto/codes.ts';
import type { ClientConfig } from '../mosquitto/client-config.ts';
import { makeClient, optionFault, refusalWords } from '../mosquitto/connect.ts';
import { usageOf } from '../mosquitto/usage.ts';
import { errorWriter, failureText, runClient, startClient } from './client-start.ts';
import { interrupted, type Program, type ProgramIo, resolvePath } from './program.ts';
import { linesOf, readAll } from './streams.ts';

const encoder = new TextEncoder();
const reconnectMs = 1_000;

export const mosquittoPub: Program = async (args, io) => {
  const config = startClient('pub', args, io);
  if (typeof config === 'number') return config;
  const complain = errorWriter(config, io);
  const payload = await load(config, io);
  if (typeof payload === 'string') {
    complain(payload);
    return 1;
  }
  if (config.topic === undefined || config.mode === 'none') {
    io.stderr.write('Error: Both topic and message must be supplied.\n');
    io.stdout.write(usageOf('pub', io.mosquitto));
    return 1;
  }
  const wrong = optionFault(config, io);
  if (wrong !== undefined) {
    complain(wrong);
    return 1;
  }
  return new Publisher(config, payload, io, complain).run();
};

/** The payload of -m, -f, -s or -n; a string is an error. */
async function load(config: ClientConfig, io: ProgramIo): Promise<Uint8Array | string> {
  if (config.mode === 'stdin-file') {
    const all = await readAll(io.stdin);
    if (all.length > 0) return all;
    return 'Error: Zero length input.\nError loading input from stdin.\n';
  }
  if (config.mode === 'file') {
    const text = io.files.read(resolvePath(io.cwd, config.file!));
    if (text !== undefined) return encoder.encode(text);
    return `${config.facts.noFile(config.file!)}\nError loading input file "${config.file}".\n`;
  }
  return encoder.encode(config.message ?? '');
}

/** The message of `my_connect_callback` if the library refuses to publish. */
const publishFaults: Record<number, string> = {
  [err.inval]: "Error: Invalid input. Does your topic contain '+' or '#'?\n",
  [err.qosNotSupported]: 'Error: Message QoS not supported on broker, try a lower QoS.\n',
  [err.payloadSize]: 'Error: Message payload is too large.\n',
};

class Publisher {
  readonly #config: ClientConfig;
  readonly #payload: Uint8Array;
  readonly #io: ProgramIo;
  readonly #complain: (text: string) => void;
  readonly #client: MosquittoClient;
  readonly #status = Promise.withResolvers<number>();
  #first = true;
  #published = 0;
  #connackResult = 0;
  #everConnected = false;
  #disconnected = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the lines of stdin: those sent, and the last one's identifier once all are read. */
  #sentMid = -1;
  #publishedMid = -1;
  #lastMid: number | undefined;
  #reading = false;

  constructor(
    config: ClientConfig,
    payload: Uint8Array,
    io: ProgramIo,
    complain: (text: string) => void,
  ) {
    this.#config = config;
    this.#payload = payload;
    this.#io = io;
    this.#complain = complain;
    this.#client = makeClient(config, io, {
      connected: (result) => this.#connected(result),
      published: (mid, reason, text) => this.#publishedOne(mid, reason, text),
      ended: (rc) => this.#ended(rc),
    });
  }

  async run(): Promise<number> {
    const status = await runClient(this.#client, this.#status.promise, {
      io: this.#io,
      facts: this.#config.facts,
      complain: this.#complain,
      // It has no handler: a signal ends it, without a DISCONNECT.
      signalled: () => this.#status.resolve(interrupted),
    });
    clearTimeout(this.#timer);
    return status;
  }

  get #lines(): boolean {
    return this.#config.mode === 'stdin-lines';
  }

  #connected(result: number): void {
    this.#connackResult = result;
    if (result !== 0) {
      this.#complain(failureText(this.#config, result));
      return;
    }
    this.#everConnected = true;
    if (this.#lines) {
      if (!this.#reading) void this.#readLines();
      return;
    }
    const { rc } = this.#publish(this.#payload);
    if (rc === err.success) return;
    const words = publishFaults[rc];
    if (words !== undefined) this.#complain(words);
    this.#disconnect();
  }

  /** With a topic alias the topic is sent once. */
  #publish(payload: Uint8Array): { rc: number; mid: number } {
    const { topic, qos, retain, haveTopicAlias, properties } = this.#config;
    const aliased = haveTopicAlias && !this.#first;
    this.#first = false;
    const sent = this.#client.publish({
      ...(!aliased && topic !== undefined && { topic }),
      payload,
      qos,
      retain,
      properties: properties.publish,
    });
    if (sent.rc === err.success) this.#sentMid = sent.mid;
    return sent;
  }

  #publishedOne(mid: number, reason: number, text?: string): void {
    this.#publishedMid = mid;
    if (reason > 127) {
      this.#complain(`Warning: Publish ${mid} failed: ${reasonString(reason)}.\n`);
      if (text !== undefined) this.#complain(`${text}\n`);
    }
    this.#published += 1;
    if (this.#lines) {
      if (mid === this.#lastMid) this.#disconnect();
    } else if (this.#published < this.#config.repeatCount) {
      this.#timer = setTimeout(() => void this.#publish(this.#payload), this.#config.repeatDelayMs);
    } else this.#disconnect();
  }

  async #readLines(): Promise<void> {
    this.#reading = true;
    for await (const line of linesOf(this.#io.stdin)) {
      const { rc } = this.#publish(line);
      if (rc !== err.success) return this.#finish(rc);
    }
    if (this.#sentMid === -1) return this.#disconnect();
    this.#lastMid = this.#sentMid;
    if (this.#publishedMid === this.#lastMid) this.#disconnect();
  }

  #disconnect(): void {
    if (this.#disconnected) return;
    this.#disconnected = true;
    const { facts, qos } = this.#config;
    if (facts.endsUnsaid && this.#published > 0 && qos > 0 && !this.#lines) {
      return this.#client.endUnsaid();
    }
    this.#client.disconnect(0, this.#config.properties.disconnect);
  }

  #ended(rc: number): void {
    if (rc === err.errno && !this.#everConnected) {
      this.#complain(refusalWords(undefined, this.#config.facts));
      return this.#status.resolve(1);
    }
    if (!this.#lines) return this.#finish(rc);
    // With -l the library's own loop runs, which connects again.
    if (this.#connackResult !== 0) return this.#finish(err.connRefused);
    if (this.#client.disconnected) return this.#finish(err.success);
    const { givesUpLines } = this.#config.facts;
    if (givesUpLines && this.#lastMid !== undefined) return this.#finish(err.success);
    this.#timer = setTimeout(() => {
      this.#client.connect().catch(() => this.#ended(err.connLost));
    }, reconnectMs);
  }

  #finish(rc: number): void {
    if (rc !== err.success) this.#complain(`Error: ${this.#config.facts.spell(strerror(rc))}\n`);
    this.#status.resolve(this.#connackResult || rc);
  }
}
