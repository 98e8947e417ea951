import type { RoomResponse } from '../../../sandbox/protocol/api.ts';
import type { ConsoleRecorder } from '../run/console-recorder.ts';
import { createLineClosedNotice } from '../notices/line-closed-notice.ts';
import type { RefusedConnections } from '../notices/connection-refused.ts';
import type { Layout } from './layout.ts';
import type { RunRecord } from '../run/record.ts';
import type { RoomClient } from '../room/server-room.ts';
import type { RoomEvents } from '../room/room.ts';
import { errorNotice } from '../notices/room-error.ts';
import type { RoomRequests } from '../room/panel-room.ts';
import type { RunSession } from '../run/session.ts';
import type { Words } from '../i18n/words.ts';

export interface RoomEventsDeps {
  element: HTMLElement;
  record: RunRecord;
  reports: ConsoleRecorder;
  refusals: RefusedConnections;
  language: 'en' | 'zh-tw';
  requests: RoomRequests;
  words: Words;
  /** These three know each other, so they are asked for when something happens. */
  parts(): Pick<Layout, 'toolbar' | 'notices' | 'ownComputer' | 'checks'>;
  session(): RunSession;
  room(): RoomClient;
}

/** What the room's news do to the record and to what is on the screen. */
export function createRoomEvents(given: RoomEventsDeps): RoomEvents {
  const { element, record, reports, refusals, requests, words, language } = given;
  const ends = createLineClosedNotice({
    ...{ language, words },
    show: (notice) => given.parts().notices.show('line', notice),
  });

  /** Why there is no room, as the screen says it. */
  let trouble: string | undefined;

  // A lesson's own programs (`<OwnProgram>`) ask for the room's address; nobody else is told it.
  const tell = (detail: RoomResponse) =>
    element.dispatchEvent(new CustomEvent('retained:room', { detail }));
  element.addEventListener('retained:connect', () => {
    const { room } = given.room();
    if (room) tell(room);
    else
      void given
        .room()
        .connect()
        .catch(() => {});
  });

  return {
    onConnection(connection, error) {
      const { toolbar, notices } = given.parts();
      const quiet = connection === 'off' || connection === 'live';
      toolbar.connection(quiet ? '' : words(`workbench.connection.${connection}`));
      // Each try ends the same way: said once, and the button keeps the focus that it has.
      if (error?.key !== trouble) {
        notices.show('room', error && errorNotice(error, words, () => given.room().retry()));
      }
      trouble = error?.key;
      if (connection === 'lost') given.session().disconnected(error);
    },
    onRoom(answer, how) {
      given.parts().ownComputer.show(answer);
      tell(answer);
      if (how !== 'replaced') return;
      given.session().replaced();
      given.parts().notices.show('replaced', { text: words('workbench.notice.replaced') });
    },
    onReset() {
      record.clear();
      reports.begin();
      refusals.clear();
      ends.clear();
      requests.lineConditions.clear();
      given.parts().checks.clear();
    },
    onEntries(entries) {
      reports.clock(entries);
      record.addEntries(entries);
      void refusals.hear(entries);
      ends.hear(entries);
    },
    onMissing(count) {
      reports.lines.missing();
      record.addMissing(count);
    },
    onLine: (device) => reports.lines.open(device),
    onChecks: (results) => given.parts().checks.show(results),
    onFiles: (answer) => requests.hearFiles(answer),
  };
}
