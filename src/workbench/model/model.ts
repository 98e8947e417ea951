import type { MosquittoVersion } from '../../../sandbox/protocol/mosquitto.ts';
import type { BrokerFileName, CheckResult } from '../../../sandbox/protocol/exercise.ts';
import type { CompileProblem } from '../compile/compiled.ts';
import { brokerLines } from '../notices/broker-lines.ts';
import { RefusedConnections } from '../notices/connection-refused.ts';
import { ClosedLines } from '../notices/line-closed.ts';
import { lineClosedNotice } from '../notices/line-closed-notice.ts';
import { movedNotice } from '../notices/moved.ts';
import { Notices } from '../notices/notices.ts';
import { roomNotice } from '../notices/room-error.ts';
import { problemOf, runNotices } from '../notices/run-notices.ts';
import { unappliedNotice } from '../notices/unapplied-files.ts';
import type {
  ConnectionStatus,
  FilesStatus,
  RoomEvent,
  RoomInfo,
  RoomPlace,
} from '../room/room.ts';
import { ConsoleRecorder } from '../run/console-recorder.ts';
import type { RunRecord } from '../run/record.ts';
import type { RunEvent, RunState } from '../run/run-state.ts';
import { Emitter } from '../store/emitter.ts';
import type { ModelDeps } from './deps.ts';

/** The parts of the model, as its subscribers name them; `record` and `notices` have their own. */
export type ModelPart =
  | 'session'
  | 'connection'
  | 'room'
  | 'checks'
  /** The record has the entries that the results were computed from. */
  | 'checked'
  | 'files'
  | 'file'
  | 'place'
  | 'broker-file'
  | 'mosquitto';

/**
 * The state of one workbench. The events of an exercise run and of a room change it; shell and
 * panels draw it.
 */
export class Model {
  readonly record: RunRecord;
  readonly notices = new Notices();
  session: RunState = { phase: 'idle' };
  connection: ConnectionStatus = 'off';
  room: RoomInfo | undefined;
  /** Where the room is, or will be. */
  roomPlace: RoomPlace;
  /** Results of the checks; empty at the beginning of a run. */
  checks: readonly CheckResult[] = [];
  /** The broker's verdict on its files, of the last reset that had some. */
  filesStatus: FilesStatus | undefined;
  /** Which Mosquitto the room is, once that is known. */
  mosquitto: MosquittoVersion | undefined;
  /** The program that the editor shows. */
  file: string;
  /** The broker's file that was last to be edited. */
  brokerFile: BrokerFileName = 'mosquitto.conf';
  /** The place in a program that was last to be shown. */
  place: CompileProblem | undefined;
  /** Number of the entry that the record needs for the results; undefined if it has it. */
  #awaited: number | undefined;
  readonly #deps: ModelDeps;
  readonly #changes = new Emitter<ModelPart>();
  readonly #console: ConsoleRecorder;
  readonly #refused: RefusedConnections;
  readonly #closedLines = new ClosedLines();

  constructor(deps: ModelDeps) {
    this.#deps = deps;
    this.record = deps.record;
    this.file = deps.file;
    this.roomPlace = deps.roomPlace;
    this.#console = new ConsoleRecorder(deps);
    this.#refused = new RefusedConnections(deps.record, deps.language);
    deps.files.onChange(() => this.notices.get('files') && this.#noticeFiles());
  }

  /** Calls `listener` after each change of this part. Returns how to unsubscribe. */
  on(part: ModelPart, listener: () => void): () => void {
    return this.#changes.subscribe((changed) => changed === part && listener());
  }

  /** A run is there that can be stopped. */
  get isActive(): boolean {
    return this.session.phase !== 'idle' && this.session.phase !== 'ended';
  }
  get checkCount(): { passed: number; all: number } {
    const { checkIds } = this.#deps;
    const passed = new Set(this.checks.filter(({ state }) => state === 'true').map(({ id }) => id));
    return { passed: checkIds.filter((id) => passed.has(id)).length, all: checkIds.length };
  }
  /** Unix time at which the room's clock began, in milliseconds, as far as the page knows it. */
  get runBegan(): number {
    return this.#console.began;
  }
  /** Names of devices without a heartbeat. */
  get busy(): readonly string[] {
    return this.session.phase === 'running' ? this.session.busy : [];
  }

  /** The learner pressed Run. */
  handleRunRequest(): void {
    for (const subject of ['replaced', 'moved', 'restored', 'device'] as const) {
      this.notices.set(subject, undefined);
    }
    this.#noticeFiles();
  }

  showFile(file: string): void {
    this.file = file;
    this.#changes.emit('file');
  }
  editBrokerFile(file: BrokerFileName): void {
    this.brokerFile = file;
    this.#changes.emit('broker-file');
  }
  showPlace(place: CompileProblem): void {
    if (place.file !== this.file) this.showFile(place.file);
    this.place = place;
    this.#changes.emit('place');
  }

  handleRun(event: RunEvent): void {
    if (event.type === 'state') this.#handleState(event.state);
    else if (event.type === 'device-state') this.record.setState(event.device, event.state);
    else {
      const line = this.#console.handle(event.device, event.message);
      if (event.message.type !== 'failed' || !line?.position) return;
      this.showPlace({ file: `${event.device}.ts`, ...line.position, message: line.text });
    }
  }

  handleRoom(event: RoomEvent): void {
    switch (event.type) {
      case 'connection':
        this.connection = event.status;
        this.#noticeError(event.error);
        return this.#changes.emit('connection');
      case 'room':
        this.room = event.info;
        // A run that was waiting for its room goes on in the new one.
        if (event.how === 'replaced' && this.session.phase !== 'starting') {
          const key = this.roomPlace === 'browser' ? 'replaced-browser' : 'replaced';
          this.notices.set('replaced', { text: { key: `workbench.notice.${key}` } });
        }
        return this.#changes.emit('room');
      case 'moved':
        return this.#handleMove(event.place);
      case 'reset':
        return this.#handleReset();
      case 'entries': {
        this.#console.syncClock(event.entries);
        this.record.addEntries(event.entries);
        void this.#refused.handle(event.entries);
        for (const line of brokerLines(event.entries, this.#deps.words)) this.record.addLine(line);
        const closed = this.#closedLines.collect(event.entries).at(-1);
        if (closed) this.notices.set('line', lineClosedNotice(closed));
        return this.#noticeChecked();
      }
      case 'missing':
        this.#console.clock.missing();
        return this.record.addMissing(event.count);
      case 'line-opened':
        return this.#console.clock.open(event.line, event.device);
      case 'line-data':
        return this.#console.clock.deliver(event.line, event.bytes);
      case 'shared-refused':
        return this.#console.warn(event.device, this.#deps.words(`workbench.shared.${event.why}`));
      case 'checks':
        return this.#setChecks(event.results, event.last);
      case 'files':
        this.filesStatus = event.status;
        return this.#changes.emit('files');
      case 'mosquitto':
        this.mosquitto = event.version;
        return this.#changes.emit('mosquitto');
    }
  }

  #handleState(state: RunState): void {
    this.session = state;
    const notices = runNotices(state, this.connection === 'lost');
    for (const subject of ['busy', 'problem', 'end'] as const) {
      this.notices.set(subject, notices[subject]);
    }
    const problem = problemOf(state);
    if (problem) this.showPlace(problem);
    this.#changes.emit('session');
  }

  #handleMove(place: RoomPlace): void {
    this.roomPlace = place;
    this.room = undefined;
    this.connection = 'off';
    this.#handleReset();
    this.#noticeError(undefined);
    this.notices.set('replaced', undefined);
    this.notices.set('moved', movedNotice(place));
    this.#changes.emit('connection');
    this.#changes.emit('room');
  }

  #handleReset(): void {
    this.record.clear();
    this.#console.begin();
    this.#refused.clear();
    this.#closedLines.clear();
    this.notices.set('line', undefined);
    this.#setChecks([], undefined);
  }

  #setChecks(results: readonly CheckResult[], last: number | undefined): void {
    this.checks = results;
    this.#awaited = last;
    this.#changes.emit('checks');
    this.#noticeChecked();
  }
  #noticeChecked(): void {
    if (this.#awaited === undefined || !this.record.has(this.#awaited)) return;
    this.#awaited = undefined;
    this.#changes.emit('checked');
  }

  #noticeError(error: unknown): void {
    const notice = error === undefined ? undefined : roomNotice(error, this.roomPlace);
    this.notices.set('room', notice);
  }
  #noticeFiles(): void {
    this.notices.set('files', unappliedNotice(this.#deps.files.unapplied));
  }
}
