/** What a client tells its program. */
import type { ReceivedMessage } from './received-message.ts';

export interface ClientEvents {
  /** `result`: return code or reason code of CONNACK. */
  connected(result: number): void;
  subscribed?(mid: number, granted: number[]): void;
  message?(message: ReceivedMessage): void;
  published?(mid: number, reason: number, reasonString?: string): void;
  /** The connection is over; `rc` as `mosquitto_loop` returns it, 0 after a DISCONNECT of ours. */
  ended(rc: number): void;
  /** `-d` */
  log?(text: string): void;
}
