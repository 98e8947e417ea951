import type { TabState } from './file-tabs.ts';
import type { RunRecord } from '../run/record.ts';
import type { RoomRequests } from '../room/panel-room.ts';
import type { RunSession } from '../run/session.ts';

export interface DeviceTabsDeps {
  /** File names of the programs. */
  files: readonly string[];
  record: RunRecord;
  session: Pick<RunSession, 'state' | 'stopDevice'>;
  requests: RoomRequests;
  show(file: string, state: TabState): void;
  /** A request that failed, as the reader has to know it. */
  failed(error: unknown): void;
}

/** What each program's tab says of its device, and what its menu does to it. */
export class DeviceTabs {
  readonly #parts: DeviceTabsDeps;
  readonly #stops: (() => void)[];

  constructor(parts: DeviceTabsDeps) {
    this.#parts = parts;
    this.#stops = [
      parts.record.subscribe(() => this.draw()),
      parts.requests.onConditions(() => this.draw()),
    ];
  }

  draw(): void {
    const { files, record, session, requests, show } = this.#parts;
    const busy = session.state.phase === 'running' ? session.state.busy : [];
    for (const file of files) {
      const name = nameOf(file);
      const state = record.states.get(name) ?? 'off';
      const frozen = requests.conditionsOf(name).frozen === true;
      if (state !== 'running') show(file, frozen ? 'frozen' : state);
      else show(file, frozen ? 'frozen' : busy.includes(name) ? 'busy' : 'running');
    }
  }

  /** With its DISCONNECT. */
  end(file: string): void {
    this.#parts.session.stopDevice(nameOf(file), 'politely');
  }
  /** Its line is cut. */
  kill(file: string): void {
    this.#parts.session.stopDevice(nameOf(file), 'kill');
  }
  /** Nothing passes its line any more, either way; the line stays open. */
  freeze(file: string, frozen: boolean): void {
    const { requests, failed } = this.#parts;
    requests.conditions({ client: nameOf(file), frozen }).catch(failed);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }
}

const nameOf = (file: string) => file.replace(/\.ts$/, '');
