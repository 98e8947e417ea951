import type { Machines } from '../../../sandbox/protocol/machines.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { FromDevice } from '../device/messages.ts';
import type { Words } from '../i18n/words.ts';
import type { EditedPrograms } from './programs.ts';
import type { ConsoleLine, RunRecord } from './record.ts';
import { RoomClock } from './room-clock.ts';

export interface ConsoleRecorderDeps {
  record: RunRecord;
  programs: Pick<EditedPrograms, 'position'>;
  words: Words;
  /** With machines of its own an exercise has names as a network has them: nothing is to be told. */
  machines?: Machines | undefined;
}

/** Writes the running programs' output into the run's record, timed by the room's clock. */
export class ConsoleRecorder {
  readonly clock = new RoomClock();
  readonly #deps: ConsoleRecorderDeps;
  readonly #said = new Set<string>();
  #began = Date.now();

  constructor(deps: ConsoleRecorderDeps) {
    this.#deps = deps;
  }

  /** Unix time at which the room's clock began, in milliseconds, as far as the page knows it. */
  get began(): number {
    return this.#began;
  }
  /** A run begins: the room's clock starts again. */
  begin(): void {
    this.#began = Date.now();
    this.#said.clear();
    this.clock.clear();
  }
  /**
   * Corrects the start of the room's clock by entries that arrived. A page that comes to a room that
   * has long been running learns its start so; the delay of entries makes the room seem younger,
   * never older. Lines printed before are retimed, so that each stands after the packet it is about.
   */
  syncClock(entries: readonly TraceEntry[]): void {
    const last = entries.at(-1);
    if (!last) return;
    const latest = Math.min(Date.now() - last.at, this.clock.latestStart(entries) ?? Infinity);
    const late = this.#began - latest;
    if (late <= 0) return;
    this.#began = latest;
    this.#deps.record.retime(late);
  }

  /** What the page itself has to say of a program, once a run: a client that is refused tries again and again. */
  warn(device: string, text: string): void {
    if (this.#said.has(`${device} ${text}`)) return;
    this.#said.add(`${device} ${text}`);
    const at = Math.max(0, Date.now() - this.#began);
    this.#deps.record.addLine({ device, level: 'warn', text, at });
  }

  /** Returns the line that it wrote. */
  handle(device: string, message: FromDevice): ConsoleLine | undefined {
    const line = this.#lineOf(device, message);
    if (line) this.#deps.record.addLine(line);
    return line;
  }

  #lineOf(device: string, message: FromDevice): ConsoleLine | undefined {
    const at = Math.max(0, Date.now() - this.#began);
    if (message.type === 'console') {
      const { level, text } = message;
      return { device, level, text, at: Math.max(0, message.at - this.#began) };
    }
    if (message.type === 'mapped' && !this.#said.has(message.url)) {
      this.#said.add(message.url);
      const [, host] = /^\w+:\/\/(cloud|class)\b/.exec(message.url) ?? [];
      // Where an exercise has machines, the text has told of them; not of the class.
      if (this.#deps.machines && host !== 'class') return undefined;
      const key = `workbench.console.mapped${host === undefined ? '' : `-${host}`}`;
      const text = this.#deps.words(key, { url: message.url });
      return { device, level: 'info', text, at };
    }
    if (message.type !== 'failed') return undefined;
    const { message: text, line, column } = message;
    const position = this.#deps.programs.position(`${device}.ts`, line, column);
    return { device, level: 'error', text, at, ...(position && { position }) };
  }
}
