/** The teacher's live stream, WebSocket `/class/<id>`: the class as it is, then what changes. */
import type { WebSocket } from 'ws';
import type { Classroom } from '../../classroom/classroom.ts';
import type { ClassMessage } from '../../protocol/classroom.ts';
import type { Work } from '../../protocol/work.ts';
import type { Turns } from '../../shared/turns.ts';
import { classMessage } from './answers.ts';

/** What changes in so many milliseconds goes in one message. */
const batchMs = 200;
/** A page that does not read gets no more until it has read; changes are joined meanwhile. */
const mostUnsent = 1_000_000;

/** Sends at the turns of the page's address. */
export function serveLive(socket: WebSocket, classroom: Classroom, id: string, turns: Turns): void {
  const rows = new Map<string, Work>();
  let isChanged = true;
  let isKept: boolean | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const send = (message: ClassMessage): void => socket.send(JSON.stringify(message));
  const wake = (ms = batchMs): void => {
    timer ??= setTimeout(() => turns.run(flush), ms);
  };
  function flush(): void {
    timer = undefined;
    if (socket.readyState !== 1) return;
    if (socket.bufferedAmount > mostUnsent) return wake();
    if (ended) {
      send({ type: 'ended' });
      return socket.close(1000);
    }
    if (isChanged) send(classMessage(classroom, classroom.class(id)));
    if (isKept !== undefined) send({ type: 'kept', isKept });
    if (rows.size > 0) send({ type: 'work', now: classroom.now(), rows: [...rows.values()] });
    rows.clear();
    isChanged = false;
    isKept = undefined;
  }
  const add = (some: Iterable<Work>): void => {
    for (const row of some) rows.set(`${row.member} ${row.exercise}`, row);
  };
  const listening = classroom.listen(id, {
    work(some) {
      add(some);
      wake();
    },
    changed() {
      isChanged = true;
      wake();
    },
    kept(now) {
      isKept = now;
      wake();
    },
    ended() {
      ended = true;
      wake();
    },
  });
  for (const { work } of classroom.class(id).members.values()) add(work.values());
  wake(0);
  socket.on('message', () => socket.close(1008, 'this stream takes no messages'));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearTimeout(timer);
    listening.close();
  });
}
