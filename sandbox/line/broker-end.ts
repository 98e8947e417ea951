/** The broker's end of a line: a duplex stream. The line writes to its other half. */
import { Duplex } from 'readable-stream';
import { concatBytes } from '../shared/bytes.ts';

/** Its event: the client has perhaps spoken, and the line has not read it. It is alive, for all we know. */
export const unread = 'unread';

export interface BrokerEndHost {
  /** Bytes that the broker wrote. */
  fromBroker(bytes: Uint8Array): void;
  /** The broker has read its input: the line may pass more. */
  brokerReads(): void;
  /** The broker closed the line. */
  brokerGone(): void;
}

export class BrokerEnd extends Duplex {
  readonly #host: BrokerEndHost;

  constructor(host: BrokerEndHost) {
    super({ allowHalfOpen: false, decodeStrings: true });
    this.#host = host;
    // The line reports to the room why it ended; no other code handles an error here.
    this.on('error', () => {});
  }

  override _read(): void {
    this.#host.brokerReads();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#host.fromBroker(chunk);
    done();
  }

  /** The broker writes one packet as many small chunks. They are sent as one. */
  override _writev(chunks: { chunk: Uint8Array }[], done: () => void): void {
    this.#host.fromBroker(concatBytes(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#host.brokerGone();
    done(error);
  }
}
