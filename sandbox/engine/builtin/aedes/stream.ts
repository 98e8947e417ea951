/** The byte stream that aedes reads and writes for one connection: whole packets, one at a time. */
import { Buffer } from 'buffer';
import { Duplex } from 'readable-stream';
import { varintLength, varintValue } from '../../../mqtt/varint.ts';

const NO_BYTES = Buffer.alloc(0);

export class AedesStream<C> extends Duplex {
  readonly connection: C;
  readonly #packet: (packet: Buffer) => void;
  /** The part of its next packet that aedes has written. */
  #written: Buffer = NO_BYTES;

  /** `packet` is called for each whole packet that aedes writes. */
  constructor(connection: C, packet: (packet: Buffer) => void) {
    super();
    this.connection = connection;
    this.#packet = packet;
  }

  /** aedes processes the packet before this returns: packets of one client keep their order. */
  pass(packet: Uint8Array): void {
    this.push(packet);
    this.emit('readable');
  }

  override _read(): void {}

  /** mqtt-packet writes a packet in pieces. */
  override write(piece: unknown, encoding?: unknown): boolean {
    const bytes =
      typeof piece === 'string'
        ? Buffer.from(piece, encoding as BufferEncoding)
        : (piece as Uint8Array);
    const packet = (this.#written = Buffer.concat([this.#written, bytes]));
    const length = varintLength(packet, 1);
    if (length > 0 && packet.length === 1 + length + varintValue(packet, 1, length)) {
      this.#written = NO_BYTES;
      this.#packet(packet);
    }
    // The room's line bounds the bytes that wait for a client that does not read.
    return true;
  }
}
