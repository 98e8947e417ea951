/** The teacher's page over a learner's shoulder, on the class's broker. The server tells the learner while it is open. */
import { lookerAt } from '../../../sandbox/protocol/class-screen.ts';
import { classTopics, readPresence } from '../../../sandbox/protocol/class-topics.ts';
import { openClassLine } from '../class-line.ts';

export interface LookEvents {
  /** Of the learner: any bytes, as often as the broker lets them. */
  screen(payload: Uint8Array): void;
  presence(isHere: boolean): void;
  connected(isConnected: boolean): void;
}

export function openLook(classId: string, member: string, on: LookEvents): { close(): void } {
  return openClassLine({
    path: `${encodeURIComponent(classId)}/mqtt/${encodeURIComponent(member)}`,
    who: lookerAt(member),
    subscribes: [classTopics.screen(member), classTopics.presence(member)],
    connected: () => on.connected(true),
    lost: () => on.connected(false),
    message({ what, payload }) {
      if (what === 'screen') on.screen(payload);
      if (what === 'presence') on.presence(readPresence(payload));
    },
  });
}
