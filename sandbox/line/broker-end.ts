/** The end of a line that the broker holds: a duplex whose other half is the line itself. */
import { Duplex } from 'readable-stream';
import { concatBytes } from '../shared/bytes.ts';

export interface BrokerEndHost {
  /** Bytes that the broker wrote. */
  fromBroker(bytes: Uint8Array): void;
  /** The broker has read what it was given: more may come. */
  brokerReads(): void;
  /** The broker let go of the line. */
  brokerGone(): void;
}

export class BrokerEnd extends Duplex {
  readonly #host: BrokerEndHost;

  constructor(host: BrokerEndHost) {
    super({ allowHalfOpen: false, decodeStrings: true });
    this.#host = host;
    // The line tells the room why it ended; an error here has nobody else to hear it.
    this.on('error', () => {});
  }

  override _read(): void {
    this.#host.brokerReads();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#host.fromBroker(chunk);
    done();
  }

  /** The broker corks one packet into many small chunks: the wire gets them in one. */
  override _writev(chunks: { chunk: Uint8Array }[], done: () => void): void {
    this.#host.fromBroker(concatBytes(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#host.brokerGone();
    done(error);
  }
}
