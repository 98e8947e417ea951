import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { FromDevice } from '../device/messages.ts';
import { RoomClock } from './room-clock.ts';
import type { Programs } from './programs.ts';
import type { RunRecord } from './record.ts';
import type { Words } from '../i18n/words.ts';

/** What the running programs say, written into the run's record. */
export class ConsoleRecorder {
  readonly #parts: { record: RunRecord; programs: Programs; words: Words };
  readonly #mapped = new Set<string>();
  /** What is known of the room's clock by the packets that come to the programs. */
  readonly lines = new RoomClock();
  #began = Date.now();

  constructor(parts: { record: RunRecord; programs: Programs; words: Words }) {
    this.#parts = parts;
  }

  /** The room starts its clock again; what the programs print is timed by the same one. */
  begin(): void {
    this.#began = Date.now();
    this.#mapped.clear();
    this.lines.clear();
  }
  /**
   * News of the room. A page that comes to a room that has long been running learns so when it
   * began; news on its way makes it seem younger, never older. What was printed before is timed
   * anew, so that it stands behind the message that it answers.
   */
  clock(entries: readonly TraceEntry[]): void {
    const last = entries.at(-1);
    if (!last) return;
    const latest = Math.min(Date.now() - last.at, this.lines.hear(entries) ?? Infinity);
    const late = this.#began - latest;
    if (late <= 0) return;
    this.#began = latest;
    this.#parts.record.retime(late);
  }

  hear(device: string, message: FromDevice): void {
    const { record, programs, words } = this.#parts;
    const at = Math.max(0, Date.now() - this.#began);
    if (message.type === 'console') {
      const { level, text } = message;
      record.addLine({ device, level, text, at: Math.max(0, message.at - this.#began) });
    }
    if (message.type === 'mapped' && !this.#mapped.has(message.url)) {
      this.#mapped.add(message.url);
      record.addLine({
        device,
        level: 'info',
        text: words('workbench.console.mapped', { url: message.url }),
        at,
      });
    }
    if (message.type === 'failed') {
      const file = `${device}.ts`;
      const position = programs.position(file, message.line, message.column);
      if (position) {
        programs.editor?.revealProblem(file, position.line, position.column, message.message);
      }
      record.addLine({
        device,
        level: 'error',
        text: message.message,
        at,
        ...(position && { position }),
      });
    }
  }
}
