/** `mosquitto_sub` (client/sub_client.c, 2.0.11). */
import { matches } from '../../../../sandbox/mqtt/topic-match.ts';
import type { MosquittoClient } from '../mosquitto/client.ts';
import { err, strerror } from '../mosquitto/codes.ts';
import type { ClientConfig } from '../mosquitto/client-config.ts';
import { makeClient, optionFault, refusalWords } from '../mosquitto/connect.ts';
import type { ReceivedMessage } from '../mosquitto/received-message.ts';
import { printMessage } from '../mosquitto/print.ts';
import { errorWriter, failureText, runClient, startClient } from './client-start.ts';
import type { Program, ProgramIo } from './program.ts';

/** Errors after which a client does not try again (mosquitto_loop_forever). */
const final = new Set<number>([err.protocol, err.inval, err.tls, err.payloadSize, err.eai]);
const reconnectMs = 1_000;

export const mosquittoSub: Program = async (args, io) => {
  const config = startClient('sub', args, io);
  if (typeof config === 'number') return config;
  const complain = errorWriter(config, io);
  if (config.noRetain && config.retainedOnly) {
    io.stderr.write("\nError: Combining '-R' and '--retained-only' makes no sense.\n");
    return 1;
  }
  const wrong = optionFault(config, io);
  if (wrong !== undefined) {
    complain(wrong);
    return 1;
  }
  return new Subscriber(config, io, complain).run();
};

class Subscriber {
  readonly #config: ClientConfig;
  readonly #io: ProgramIo;
  readonly #complain: (text: string) => void;
  readonly #client: MosquittoClient;
  readonly #status = Promise.withResolvers<number>();
  #processes = true;
  #count = 0;
  /** Identifier of the last message that cleared a retained one; 0: none. */
  #lastMid = 0;
  #connackReceived = false;
  #connackResult = 0;
  #timedOut = false;
  #sleep: ReturnType<typeof setTimeout> | undefined;

  constructor(config: ClientConfig, io: ProgramIo, complain: (text: string) => void) {
    this.#config = config;
    this.#io = io;
    this.#complain = complain;
    this.#client = makeClient(config, io, {
      connected: (result) => this.#connected(result),
      subscribed: (mid, granted) => this.#subscribed(mid, granted),
      message: (message) => this.#message(message),
      ended: (rc) => this.#ended(rc),
    });
  }

  async run(): Promise<number> {
    const status = await runClient(this.#client, this.#status.promise, {
      io: this.#io,
      facts: this.#config.facts,
      complain: this.#complain,
      signalled: () => this.#signalled(),
      seconds: this.#config.timeoutSeconds,
      timedOut: () => {
        this.#timedOut = true;
        this.#signalled();
      },
    });
    clearTimeout(this.#sleep);
    return status;
  }

  #connected(result: number): void {
    const { filters, qos, unsubscribes, properties, noRetain, retainAsPublished } = this.#config;
    this.#connackReceived = true;
    this.#connackResult = result;
    if (result !== 0) {
      this.#complain(failureText(this.#config, result));
      this.#disconnect();
      return;
    }
    const retainHandling = noRetain ? 2 : this.#config.retainHandling;
    const options = { retainHandling, retainAsPublished };
    if (filters.length > 0) this.#client.subscribe(filters, qos, options, properties.subscribe);
    for (const filter of unsubscribes) this.#client.unsubscribe(filter, properties.unsubscribe);
  }

  #subscribed(mid: number, granted: number[]): void {
    const { debug, quiet, exitAfterSubscribe } = this.#config;
    if (debug && !quiet) this.#io.stdout.write(`Subscribed (mid: ${mid}): ${granted.join(', ')}\n`);
    if (granted.every((code) => code >= 128)) {
      this.#disconnect();
      this.#complain('All subscription requests were denied.\n');
    }
    if (exitAfterSubscribe) this.#disconnect();
  }

  #message(message: ReceivedMessage): void {
    const { retainedOnly, noRetain, filterOuts, removeRetained, messageCount } = this.#config;
    if (!this.#processes) return;
    if (retainedOnly && !message.retain) return this.#enough();
    if (message.retain && noRetain) return;
    if (filterOuts.some((filter) => matches(filter, message.topic))) return;
    if (removeRetained && message.retain) {
      this.#lastMid = this.#client.publish({
        topic: message.topic,
        payload: new Uint8Array(),
        qos: 1,
        retain: true,
      }).mid;
    }
    const { out, wrong } = printMessage(this.#config, message);
    if (wrong !== undefined) this.#complain(wrong);
    this.#io.stdout.write(out);
    this.#count += 1;
    if (messageCount > 0 && this.#count === messageCount) this.#enough();
  }

  /** While it clears a retained message it does not end, like the real program. */
  #enough(): void {
    this.#processes = false;
    if (this.#lastMid === 0) this.#disconnect();
  }

  #disconnect(reason = 0): void {
    this.#client.disconnect(reason, this.#config.properties.disconnect);
  }

  /** SIGINT, or the alarm of -W. */
  #signalled(): void {
    if (!this.#connackReceived) return this.#status.resolve(255);
    this.#processes = false;
    const connected = this.#sleep === undefined;
    this.#disconnect(4);
    if (!connected) this.#finish(err.success);
  }

  #ended(rc: number): void {
    if (rc === err.errno && !this.#connackReceived) {
      this.#complain(refusalWords(undefined, this.#config.facts));
      return this.#status.resolve(1);
    }
    if (final.has(rc)) return this.#finish(rc);
    if (this.#client.disconnected) return this.#finish(err.success);
    this.#sleep = setTimeout(() => {
      this.#sleep = undefined;
      this.#client.connect().catch(() => this.#ended(err.connLost));
    }, reconnectMs);
  }

  #finish(rc: number): void {
    if (this.#timedOut) {
      this.#complain('Timed out\n');
      return this.#status.resolve(err.timeout);
    }
    if (rc !== err.success) this.#complain(`Error: ${this.#config.facts.spell(strerror(rc))}\n`);
    this.#status.resolve(this.#connackResult || rc);
  }
}
