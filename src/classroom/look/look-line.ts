/** The teacher's page over a learner's shoulder, on the class's broker. Its last will says that it has gone. */
import { lookAgainSeconds, lookSeconds } from '../../../sandbox/protocol/class-screen.ts';
import { classTopics, readPresence } from '../../../sandbox/protocol/class-topics.ts';
import { newId, openClassLine, type ClassLine } from '../class-line.ts';

export interface LookEvents {
  /** Of the learner: any bytes, as often as the broker lets them. */
  screen(payload: Uint8Array): void;
  presence(isHere: boolean): void;
  connected(isConnected: boolean): void;
}

/** Retained for a page that the learner opens next; the broker forgets it if nobody says it again. */
const retained = {
  qos: 1,
  retain: true,
  properties: { messageExpiryInterval: lookSeconds },
} as const;

export function openLook(classId: string, member: string, on: LookEvents): { close(): void } {
  const topic = classTopics.look(member);
  const id = newId();
  const began = performance.now();
  const say = (line: ClassLine): void => {
    const seconds = Math.round((performance.now() - began) / 1_000);
    void line.publish(topic, JSON.stringify({ id, seconds }), retained).catch(() => {});
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  const over = new TextEncoder().encode(JSON.stringify({ id, seconds: null }));
  const opened = openClassLine({
    ...{ path: `${encodeURIComponent(classId)}/mqtt`, who: 'teacher' },
    subscribes: [classTopics.screen(member), classTopics.presence(member)],
    will: { topic, payload: over as never, ...retained },
    connected(line) {
      on.connected(true);
      say(line);
      clearInterval(timer);
      timer = setInterval(() => say(line), lookAgainSeconds * 1_000);
    },
    lost() {
      clearInterval(timer);
      on.connected(false);
    },
    message({ what, payload }) {
      if (what === 'screen') on.screen(payload);
      if (what === 'presence') on.presence(readPresence(payload));
    },
  });
  return {
    // Without a DISCONNECT: the broker publishes the last will.
    close() {
      clearInterval(timer);
      opened.close();
    },
  };
}
