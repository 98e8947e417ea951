/** Messages between the processes of `bench/class.ts`. Times are epoch milliseconds, with fractions. */
import type { Ports } from '../trust/messages.ts';

export interface ClassPorts extends Ports {
  /** The teacher's. */
  secret: string;
}

/** Learners of one class, all behind one address. */
export interface Group {
  code: string;
  address: string;
  /** Their names are L<first> … */
  first: number;
  size: number;
}

/** What the learners' process is told at its start. */
export interface Assignment {
  /** `course`: rooms over WebSocket, as pages; `mosquitto`: one broker over TCP, without rooms. */
  broker: 'course' | 'mosquitto';
  ports: Ports;
  groups: Group[];
  /** Between two messages of a learner. */
  pauseMs: number;
}

/** Parent → learners, once all are up. */
export interface Begin {
  begin: { seconds: number };
}

/** Learners → parent, at the end. */
export interface Measured {
  /** Publish → delivery, in milliseconds. */
  deliveries: number[];
  /** The exercise's last packet → the page was told that all checks hold, in milliseconds. */
  greens: number[];
  /** When that packet was sent, by the learner's name. */
  deeds: Record<string, number>;
  /** Reasons of what failed, with their counts. */
  failed: Record<string, number>;
  sent: number;
}

export const epoch = (): number => performance.timeOrigin + performance.now();
