/** The counters of `$SYS`. */
import { headerLength } from '../../mqtt/varint.ts';

const PUBLISH = 3;

export class BrokerStats {
  readonly since = Date.now();
  messagesReceived = 0;
  messagesSent = 0;
  bytesReceived = 0;
  bytesSent = 0;
  publishReceived = 0;
  publishSent = 0;
  publishDropped = 0;
  publishBytesReceived = 0;
  publishBytesSent = 0;
  clientsMaximum = 0;
  clientsExpired = 0;

  /** A whole packet from a client. */
  received(frame: Uint8Array): void {
    this.messagesReceived++;
    this.bytesReceived += frame.length;
    if (frame[0]! >> 4 !== PUBLISH) return;
    this.publishReceived++;
    this.publishBytesReceived += frame.length - headerLength(frame);
  }

  /** A whole packet to a client. */
  sent(frame: Uint8Array): void {
    this.messagesSent++;
    this.bytesSent += frame.length;
    if (frame[0]! >> 4 !== PUBLISH) return;
    this.publishSent++;
    this.publishBytesSent += frame.length - headerLength(frame);
  }
}
