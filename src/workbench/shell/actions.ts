import type { ExerciseData } from '../store/exercise-data.ts';
import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { errorNotice } from '../notices/room-error.ts';
import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { LineConditions } from '../room/line-conditions.ts';
import type { MovableRoom } from '../room/movable-room.ts';
import type { RoomPlace } from '../room/room.ts';
import { savePlace } from '../room/room-place.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { ExerciseRun } from '../run/exercise-run.ts';
import type { TextStore } from '../store/drafts.ts';

export interface ActionDeps {
  exercise: string;
  data: Pick<ExerciseData, 'devices'>;
  words: Words;
  model: Model;
  programs: EditedPrograms;
  session: ExerciseRun;
  room: MovableRoom;
  /** Keeps for this tab where its rooms are. */
  tabStore: TextStore;
  files: BrokerFileDrafts;
  conditions: LineConditions;
}

/** The device that a program's file is for. */
export const deviceOf = (file: string): string => file.replace(/\.ts$/, '');

/** What the learner can do with the programs and the run; the results are in the model. */
export function createActions(deps: ActionDeps) {
  const { model, programs, session, room, files } = deps;
  const { notices } = model;
  const many = deps.data.devices.length > 1;
  let undoRestore: (() => void) | undefined;

  function begin(): void {
    model.handleRunRequest();
    programs.editor?.setProblems([]);
  }
  function run(): void {
    begin();
    void session.run(files.applied);
  }

  /** The starters again, of one program or of all; with all, the broker's files and the room, too. */
  function restore(file?: string): void {
    undoRestore = programs.restoreStarters(file);
    const one = file !== undefined && many;
    const text = one
      ? { key: 'workbench.was-reset-one', values: { file } }
      : { key: 'workbench.was-reset' };
    const actions = [{ label: { key: 'workbench.undo' }, action: { do: 'undo' as const } }];
    // The notice of an earlier one is about other texts.
    notices.set('restored', undefined);
    if (undoRestore) notices.set('restored', { text, actions });
    if (one) return;
    files.forget();
    // A room that was never used needs no reset.
    if (room.status === 'off') session.stop();
    else session.startOver(files.applied).catch(() => {});
  }

  async function download(toRoom: boolean): Promise<void> {
    notices.set('download', undefined);
    try {
      const info = toRoom ? await room.connect() : undefined;
      const { download: save } = await import('../download/download.ts');
      await save({
        exercise: deps.exercise,
        programs: programs.files,
        brokerFiles: files.applied,
        room: info,
        words: deps.words,
      });
    } catch (error) {
      notices.set('download', errorNotice(error, { do: 'download', toRoom }));
    }
  }

  return {
    run,
    runOne(file: string): void {
      begin();
      void session.runDevice(file, files.applied);
    },
    stop: () => session.stop(),
    /** Shows the program after (or before) the one that is shown. */
    showNext(step: 1 | -1): void {
      const names = deps.data.devices.map(({ name }) => name);
      const next = names.at((names.indexOf(model.file) + step) % names.length);
      if (next !== undefined) model.showFile(next);
    },
    /** Its clients send DISCONNECT. */
    end: (file: string) => session.stopDevice(deviceOf(file), 'politely'),
    /** Its lines are cut. */
    kill: (file: string) => session.stopDevice(deviceOf(file), 'kill'),
    /** Nothing passes its lines any more, in either direction; they stay open. */
    freeze(file: string, frozen: boolean): void {
      deps.conditions.change({ client: deviceOf(file), frozen }).catch((error: unknown) => {
        notices.set('device', errorNotice(error, { do: 'dismiss', subject: 'device' }));
      });
    },
    applyAndRun(): void {
      files.apply(files.load());
      run();
    },
    restore,
    undoRestore(): void {
      undoRestore?.();
      notices.set('restored', undefined);
    },
    download,
    /** Makes the room; a failure shows in the connection's status. */
    connect: () => void room.connect().catch(() => {}),
    retryConnection: () => room.retry(),
    /** A run that waits for its room goes on in the new one. */
    moveRoom(place: RoomPlace): void {
      const waits = session.state.phase === 'starting';
      savePlace(deps.tabStore, place);
      room.move(place);
      if (!waits) return;
      const moved = notices.get('moved');
      run();
      notices.set('moved', moved);
    },
  };
}
export type Actions = ReturnType<typeof createActions>;
