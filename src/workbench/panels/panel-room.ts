import { hasFiles, type BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { Room } from '../room/room.ts';
import type { ExerciseRun } from '../run/exercise-run.ts';
import type { PanelRoom } from './panel.ts';

export interface PanelRoomDeps {
  room: Room;
  session: Pick<ExerciseRun, 'startOver'>;
  files: Pick<BrokerFileDrafts, 'load' | 'apply' | 'applied'>;
}

/** The room for panels: a reset ends the run first, and gives the broker the applied files. */
export function createPanelRoom({ room, session, files }: PanelRoomDeps): PanelRoom {
  return {
    get place() {
      return room.place;
    },
    get answer() {
      return room.info;
    },
    connect: () => room.connect(),
    arm: (rules, replace) => room.arm(rules, replace),
    cut: (client) => room.cut(client),
    disconnect: (...whom) => room.disconnect(...whom),
    clearRetained: (...what) => room.clearRetained(...what),
    state: () => room.state(),
    openLine: (...line) => room.openLine(...line),
    reset(given?: BrokerFiles) {
      if (given) files.apply(given);
      return session.startOver(files.applied);
    },
    operate(deed, on, given) {
      if (given) return room.operate(deed, given, on);
      const written = files.load();
      const reads = deed === 'start' || deed === 'restart';
      if (!reads || !hasFiles(written)) return room.operate(deed, undefined, on);
      files.apply(written);
      return room.operate(deed, written, on);
    },
    // A command that fails before it connects may be the first that makes the room.
    report(...reported) {
      void room.connect().then(
        () => room.reportDevice(...reported),
        () => {},
      );
    },
  };
}
